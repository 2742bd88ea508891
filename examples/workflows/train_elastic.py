"""The training of `train_ddp` on four nodes: 32 H100s that come together or not at all, as one job in the queue.

Needs `addOns.training`, and PyTorch where it is registered: pip install "flytekitplugins-kfpytorch[elastic]"

pyflyte run --remote examples/workflows/train_elastic.py train_elastic
"""

from flytekit import Resources, task, workflow
from flytekitplugins.kfpytorch import CleanPodPolicy, Elastic, RunPolicy

from checkpoints import execution_folder
from images import TORCH_ELASTIC
from train_ddp import Trained, Training, result, worker


@task(
    task_config=Elastic(
        nnodes=4,
        nproc_per_node=8,
        # When one node fails the others go too. They would run on, paid, while their quota is free again.
        run_policy=RunPolicy(clean_pod_policy=CleanPodPolicy.RUNNING),
        # The nodes of a gang can be minutes apart.
        rdzv_configs={"join_timeout": 1800, "timeout": 1800},
        # `shared_memory` below says how much.
        increase_shared_mem=False,
    ),
    container_image=TORCH_ELASTIC,
    # Queue and priority follow from it. Where Kubernetes is older than 1.36 the job is refused, with what to write.
    pod_template_name="h100-dws",
    # Of each node.
    requests=Resources(gpu="8", cpu="200", mem="1700Gi"),
    shared_memory="64Gi",
    # A node that fails, fails the job, and that counts. A job that the queue takes its nodes from keeps its attempt.
    retries=2,
)
def train(job: Training, checkpoints: str) -> Trained:
    """Runs in each of the 32 processes. What the first returns is the task's; what the others return is dropped."""
    folder = checkpoints or execution_folder()
    losses = worker(job, folder)
    return result(folder, losses)


@workflow
def train_elastic(job: Training = Training(), checkpoints: str = "") -> Trained:
    """`checkpoints`: the folder of an earlier run, to go on with it."""
    return train(job=job, checkpoints=checkpoints)
