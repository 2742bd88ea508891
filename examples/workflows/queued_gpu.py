"""The benchmark on a whole node of H100s, which first waits in the queue until Google has one.

pyflyte run --remote examples/workflows/queued_gpu.py queued_gpu
"""

from datetime import timedelta

from flytekit import Resources, task, workflow

from gpu_benchmark import Measurement, measure, show
from images import TORCH

# Flyte's clock starts when the task is queued, not when it runs: a timeout without the wait kills what waits for a GPU.
# How long a task may run once it has its node is the flavor's `maxRunDuration`.
WAITING = timedelta(days=3)
RUNNING = timedelta(hours=1)


@task(
    container_image=TORCH,
    # DWS gives whole nodes: as many GPUs as the flavor's nodes have.
    pod_template_name="h100-dws",
    requests=Resources(gpu="8", cpu="200", mem="1700Gi"),
    # Of failures that the task raises as FlyteRecoverableException. A lost node is the platform's to repeat, 6 times.
    retries=2,
    timeout=WAITING + RUNNING,
    enable_deck=True,
    deck_fields=(),
)
def benchmark_node() -> list[Measurement]:
    results = measure()
    show(results)
    return results


@workflow
def queued_gpu() -> list[Measurement]:
    return benchmark_node()
