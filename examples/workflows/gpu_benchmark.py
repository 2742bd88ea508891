"""How fast is one GPU? Matrix products and memory, beside the CPU of the same node.

pyflyte run --remote examples/workflows/gpu_benchmark.py gpu_benchmark
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from flytekit import Deck, Resources, task, workflow

from images import TORCH
from report import bar_chart, html_table, text_table

if TYPE_CHECKING:
    import torch


@dataclass
class Measurement:
    """What one device reached in one test."""

    device: str
    test: str
    value: float
    unit: str


def measure() -> list[Measurement]:
    """Every GPU of the pod, and the CPU."""
    import torch

    if not torch.cuda.is_available():
        raise RuntimeError("no GPU here: the task needs requests=Resources(gpu=…) and a flavor's pod template")
    results = measure_device(torch.device("cpu"), "CPU", size=2048)
    for index in range(torch.cuda.device_count()):
        name = f"{torch.cuda.get_device_name(index)} #{index}"
        results += measure_device(torch.device("cuda", index), name, size=8192)
    return results


def measure_device(device: torch.device, name: str, size: int) -> list[Measurement]:
    """`size`: of the square matrices; large enough to keep the device busy, small enough to take seconds."""
    import torch

    kinds = {"float32": torch.float32, "bfloat16": torch.bfloat16}
    return [
        *(Measurement(name, f"matmul {kind}", matmul(device, dtype, size), "TFLOP/s") for kind, dtype in kinds.items()),
        Measurement(name, "memory copy", memory_copy(device), "GB/s"),
        *([Measurement(name, "host to device", host_to_device(device), "GB/s")] if device.type == "cuda" else []),
    ]


def matmul(device: torch.device, dtype: torch.dtype, size: int) -> float:
    """TFLOP/s of a square matrix product: 2·n³ operations."""
    import torch

    a, b = (torch.randn(size, size, device=device, dtype=dtype) for _ in range(2))
    return 2 * size**3 / seconds(lambda: a @ b, device) / 1e12


def memory_copy(device: torch.device, size: int = 1 << 28) -> float:
    """GB/s within the device's memory: each byte is read and written."""
    import torch

    source = torch.ones(size, dtype=torch.uint8, device=device)
    target = torch.empty_like(source)
    return 2 * size / seconds(lambda: target.copy_(source), device) / 1e9


def host_to_device(device: torch.device, size: int = 1 << 28) -> float:
    """GB/s from pinned host memory."""
    import torch

    source = torch.ones(size, dtype=torch.uint8, pin_memory=True)
    target = torch.empty(size, dtype=torch.uint8, device=device)
    return size / seconds(lambda: target.copy_(source, non_blocking=True), device) / 1e9


def seconds(work: Callable[[], object], device: torch.device, runs: int = 10) -> float:
    """Median time of one run. A GPU works behind Python's back, so each run ends when the GPU says so."""
    import torch

    def once() -> float:
        started = time.perf_counter()
        work()
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        return time.perf_counter() - started

    once()  # the first one loads kernels
    return median(once() for _ in range(runs))


def show(results: list[Measurement]) -> None:
    """A table in the log; a table and a plot for each test in the Deck."""
    titles = ["device", "test", "value"]
    rows = [[each.device, each.test, f"{each.value:,.4g} {each.unit}"] for each in results]
    print(text_table(titles, rows))
    tests = {each.test: each.unit for each in results}
    plots = [
        bar_chart(test, unit, {each.device: each.value for each in results if each.test == test})
        for test, unit in tests.items()
    ]
    Deck("Benchmark", "".join([html_table(titles, rows), *plots]))


@task(
    container_image=TORCH,
    # The flavor, and all that a task says about GPUs but their number.
    pod_template_name="l4",
    requests=Resources(gpu="1", cpu="4", mem="16Gi"),
    enable_deck=True,
    deck_fields=(),
)
def benchmark() -> list[Measurement]:
    results = measure()
    show(results)
    return results


@workflow
def gpu_benchmark() -> list[Measurement]:
    return benchmark()
