"""Trains a small language model on all GPUs of a node (PyTorch DDP), and goes on where it was after losing the node.

pyflyte run --remote examples/workflows/train_ddp.py train_ddp
"""

from __future__ import annotations

import io
import math
import os
import sys
import sysconfig
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from flytekit import Resources, current_context, task, workflow
from flytekit.types.file import FlyteFile

from checkpoints import Checkpoints, execution_folder
from images import TORCH

if TYPE_CHECKING:
    import torch


@dataclass
class Training:
    """A run's settings. Sizes are of the model; `batch` is for each GPU."""

    epochs: int = 20
    steps_per_epoch: int = 200
    batch: int = 64
    context: int = 256
    width: int = 512
    layers: int = 8
    learning_rate: float = 3e-4


@cache
def corpus() -> bytes:
    """What the model learns to write: the sources of Python's standard library, which every image has."""
    library = Path(sysconfig.get_paths()["stdlib"])
    return b"".join(path.read_bytes() for path in sorted(library.glob("*.py")))


def byte_model(job: Training) -> torch.nn.Module:
    """A causal transformer that predicts the next byte."""
    import torch
    from torch import nn

    class ByteModel(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bytes = nn.Embedding(256, job.width)
            self.positions = nn.Embedding(job.context, job.width)
            layer = nn.TransformerEncoderLayer(
                job.width, nhead=8, dim_feedforward=4 * job.width, dropout=0.0, batch_first=True, norm_first=True
            )
            self.layers = nn.TransformerEncoder(layer, job.layers, enable_nested_tensor=False)
            self.head = nn.Linear(job.width, 256)
            mask = nn.Transformer.generate_square_subsequent_mask(job.context)
            self.register_buffer("mask", mask, persistent=False)

        def forward(self, text: torch.Tensor) -> torch.Tensor:
            positions = torch.arange(text.shape[1], device=text.device)
            hidden = self.bytes(text) + self.positions(positions)
            return self.head(self.layers(hidden, mask=self.mask, is_causal=True))

    return ByteModel()


def windows(job: Training, rank: int, world: int, epoch: int) -> torch.utils.data.DataLoader:
    """This GPU's share of an epoch: random windows of the corpus, the same ones whenever the epoch is repeated."""
    import torch
    from torch.utils.data import DataLoader, TensorDataset

    text = torch.frombuffer(bytearray(corpus()), dtype=torch.uint8)
    places = torch.Generator().manual_seed(epoch * world + rank)
    starts = torch.randint(len(text) - job.context - 1, (job.steps_per_epoch * job.batch,), generator=places)
    samples = text[starts[:, None] + torch.arange(job.context + 1)]
    # Batches come from other processes through /dev/shm, which is 64 MB unless the task asks for more.
    return DataLoader(TensorDataset(samples), batch_size=job.batch, num_workers=2, pin_memory=torch.cuda.is_available())


def worker(job: Training, folder: str) -> list[float]:
    """One process for each GPU: all read the newest checkpoint, the first one writes the next.

    Returns the loss of each epoch, in bits per byte.
    """
    import torch
    import torch.distributed as dist
    from torch.nn.functional import cross_entropy
    from torch.nn.parallel import DistributedDataParallel

    on_gpu = torch.cuda.is_available()
    dist.init_process_group("nccl" if on_gpu else "gloo")
    rank, world = dist.get_rank(), dist.get_world_size()
    # Of several nodes each counts its GPUs from 0.
    device = torch.device("cuda", int(os.environ["LOCAL_RANK"])) if on_gpu else torch.device("cpu")
    if on_gpu:
        torch.cuda.set_device(device)

    torch.manual_seed(0)
    model = DistributedDataParallel(byte_model(job).to(device), device_ids=[device.index] if on_gpu else None)
    optimizer = torch.optim.AdamW(model.parameters(), lr=job.learning_rate)
    losses: list[float] = []

    checkpoints = Checkpoints(folder)
    if saved := checkpoints.latest():
        state = torch.load(io.BytesIO(saved), map_location=device, weights_only=True)
        model.module.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        losses = state["losses"]
    # Nobody writes before everybody has read.
    dist.barrier()

    for epoch in range(len(losses), job.epochs):
        total = torch.zeros((), device=device)
        for (text,) in windows(job, rank, world, epoch):
            text = text.to(device, dtype=torch.long, non_blocking=True)
            with torch.autocast(device.type, dtype=torch.bfloat16, enabled=on_gpu):
                guess = model(text[:, :-1])
            loss = cross_entropy(guess.float().flatten(0, 1), text[:, 1:].flatten())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            total += loss.detach()
        dist.all_reduce(total)
        losses.append(total.item() / world / job.steps_per_epoch / math.log(2))
        if rank == 0:
            print(f"epoch {epoch + 1} of {job.epochs}: {losses[-1]:.3f} bits per byte", flush=True)
            state = {
                "model": model.module.state_dict(),
                "optimizer": optimizer.state_dict(),
                "losses": losses,
            }
            content = io.BytesIO()
            torch.save(state, content)
            checkpoints.save(epoch + 1, content.getvalue())

    dist.destroy_process_group()
    return losses


def run_workers(job: Training, folder: str, processes: int) -> list[float]:
    """What `torchrun` does, in Python: one process for each GPU of this node; if one fails, all end."""
    from torch.distributed.launcher.api import LaunchConfig, elastic_launch

    # The processes import this module by its name; `pyflyte run` has taken its folder off the path again.
    sys.path.append(str(Path(__file__).parent))
    config = LaunchConfig(
        min_nodes=1,
        max_nodes=1,
        nproc_per_node=processes,
        rdzv_backend="c10d",
        rdzv_endpoint="localhost:0",
        max_restarts=0,
        start_method="spawn",
    )
    return elastic_launch(config, worker)(job, folder)[0]


class Trained(NamedTuple):
    """The weights, and the loss of each epoch in bits per byte."""

    model: FlyteFile
    losses: list[float]


def result(folder: str, losses: list[float]) -> Trained:
    """The newest checkpoint's weights, as a file of the task's outputs."""
    import torch

    state = torch.load(io.BytesIO(Checkpoints(folder).latest() or b""), map_location="cpu", weights_only=True)
    path = Path(current_context().working_directory) / "model.pt"
    torch.save(state["model"], path)
    return Trained(FlyteFile(str(path)), losses)


@task(
    container_image=TORCH,
    # Spot: a third of the price, and a node that may go. No timeout: it counts the waiting of every attempt.
    pod_template_name="l4-spot",
    requests=Resources(gpu="4", cpu="40", mem="160Gi"),
    # Batches and NCCL go through /dev/shm. It is memory of the task, so keep it below `mem`.
    shared_memory="16Gi",
    retries=2,
)
def train(job: Training, checkpoints: str) -> Trained:
    import torch

    folder = checkpoints or execution_folder()
    print(f"checkpoints: {folder}")
    return result(folder, run_workers(job, folder, processes=max(torch.cuda.device_count(), 1)))


@workflow
def train_ddp(job: Training = Training(), checkpoints: str = "") -> Trained:
    """`checkpoints`: the folder of an earlier run, to go on with it."""
    return train(job=job, checkpoints=checkpoints)
