"""What Flyte is told about each task, against what is expected, and against what the environments offer."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import expected
import pytest
from offered import Environment, Flavor, Platform
from registered import Package, Task

import images


def test_every_task_is_expected(packaged: Package) -> None:
    new = [f"{name}: add it to tests/expected.py" for name in packaged.tasks if name not in expected.TASKS]
    gone = [
        f"{name}: no such task; take it out of tests/expected.py"
        for name in expected.TASKS
        if name not in packaged.tasks
    ]
    assert new + gone == []


@pytest.mark.parametrize("name", expected.TASKS)
def test_task_asks_for_what_is_expected(packaged: Package, name: str) -> None:
    assert packaged.tasks[name] == expected.TASKS[name]


@pytest.mark.parametrize("name", expected.QUEUES)
def test_task_waits_in_the_expected_queue(packaged: Package, platform: Platform, name: str) -> None:
    assert platform.queue(packaged.tasks[name]) == expected.QUEUES[name]


def test_maps_leave_room_for_others(packaged: Package) -> None:
    assert packaged.maps == expected.MAPS


def test_schedules_and_their_mails(packaged: Package) -> None:
    assert packaged.schedules == expected.SCHEDULES


def test_images_are_in_the_registry_under_the_hash_of_what_they_hold(packaged: Package) -> None:
    flytes = {name for name in packaged.images if name.startswith("cr.flyte.org/flyteorg/flytekit:")}
    ours = packaged.images - flytes
    assert len(flytes) == 1 and ours == {spec.image_name() for spec in images.ALL}
    assert all(re.fullmatch(re.escape(images.registry()) + r"/[a-z-]+:[\w-]{22}", name) for name in ours)


def test_the_default_registry_is_that_of_an_environment(platform: Platform) -> None:
    assert images.DEFAULT_REGISTRY in {each.registry for each in platform.environments.values()}


def test_every_task_runs_somewhere(packaged: Package, platform: Platform) -> None:
    """One whose add-on is off everywhere is not wrong: the table says what it needs."""
    missing = [platform.missing(name, task) for name, task in packaged.tasks.items() if not task.add_on]
    assert [each for each in missing if each] == []


def test_gpus_fit_the_nodes_of_their_flavor(packaged: Package, platform: Platform) -> None:
    assert [problem for name, task in with_gpus(packaged) for problem in misfits(name, task, platform)] == []


def misfits(name: str, task: Task, platform: Platform) -> Iterable[str]:
    # An accelerator alone is the Flyte way; of flytekit's, "nvidia-h100" and "nvidia-h200" are no GPUs of GKE's.
    if not task.template and not task.accelerator:
        yield f"{name}: a GPU needs pod_template_name= or accelerator=, to say which"
    if task.accelerator in {"nvidia-h100", "nvidia-h200"}:
        yield f"{name}: accelerator must be a GPU of GKE's, got {task.accelerator}; use pod_template_name="
    if not task.memory.endswith("Gi"):
        yield f'{name}: mem must be in "Gi", got "{task.memory}"'
        return
    for environment, flavor in platform.flavors(task).items():
        where = f"{name} on {task.template} in {environment}"
        if task.gpus not in flavor.pods:
            yield f"{where}: gpu must be one of {', '.join(map(str, flavor.pods))}, got {task.gpus}"
            continue
        cpu, memory_gib = flavor.pods[task.gpus]
        if float(task.cpu) > cpu:
            yield f"{where}: cpu must be at most {cpu} with gpu={task.gpus}, got {task.cpu}"
        if float(task.memory[:-2]) > memory_gib:
            yield f"{where}: mem must be at most {memory_gib}Gi with gpu={task.gpus}, got {task.memory}"


def test_timeouts_leave_time_to_wait(packaged: Package, platform: Platform) -> None:
    """Flyte counts from the moment a task is queued."""
    short = [
        f"{name}: timeout must be a day or more where nodes are waited for, got {task.timeout}"
        for name, task in with_gpus(packaged)
        if task.timeout and task.timeout < timedelta(days=1)
        if any(flavor.waits_for_nodes for flavor in platform.flavors(task).values())
    ]
    assert short == []


def test_misfits_name_the_task_and_what_it_may_ask_for() -> None:
    node = Flavor(queue="h100-dws", waits_for_nodes=True, pods={8: (206, 1795)})
    prod = Environment("registry", {"h100-dws": node}, frozenset())
    platform = Platform("tasks", {"prod": prod})

    def task(**differs: object) -> Task:
        return Task(**{"image": "torch", "template": "h100-dws", "gpus": 8, "cpu": "200", "memory": "1700Gi"} | differs)

    assert list(misfits("a.b", task(), platform)) == []
    assert list(misfits("a.b", task(gpus=4), platform)) == ["a.b on h100-dws in prod: gpu must be one of 8, got 4"]
    assert list(misfits("a.b", task(cpu="208", memory="2000Gi"), platform)) == [
        "a.b on h100-dws in prod: cpu must be at most 206 with gpu=8, got 208",
        "a.b on h100-dws in prod: mem must be at most 1795Gi with gpu=8, got 2000Gi",
    ]
    assert platform.missing("a.b", task(add_on="training")) == "a.b runs nowhere: no environment has addOns.training"
    assert platform.missing("a.b", task(template="a100")) == (
        'a.b runs nowhere: pod_template_name must be a flavor of an environment: h100-dws; got "a100"'
    )
    assert platform.missing("a.b", task()) == ""


def with_gpus(packaged: Package) -> list[tuple[str, Task]]:
    return [(name, task) for name, task in packaged.tasks.items() if task.gpus]


def test_the_code_that_travels_has_the_helpers_too(packaged: Package) -> None:
    """pyflyte sends only what is loaded at registration: a module that a task imports when it runs would be missing."""
    assert packaged.code >= {path.name for path in Path(images.__file__).parent.glob("*.py")}


def test_nothing_loads_torch_before_it_runs(packaged: Package) -> None:
    assert "torch" not in sys.modules
