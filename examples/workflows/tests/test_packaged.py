"""What Flyte is told about each task, against what is expected, and against what the environments offer."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import expected
import pytest
from offered import Flavor, Platform
from registered import Package, Task

import images


def test_every_task_is_expected(packaged: Package) -> None:
    assert sorted(packaged.tasks) == sorted(expected.TASKS)


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
    assert packaged.images == {spec.image_name() for spec in images.ALL}
    assert all(re.fullmatch(re.escape(images.registry()) + r"/[a-z-]+:[\w-]{22}", name) for name in packaged.images)


def test_the_default_registry_is_that_of_an_environment(platform: Platform) -> None:
    assert images.DEFAULT_REGISTRY in {each.registry for each in platform.environments.values()}


def test_gpus_fit_the_nodes_of_their_flavor(packaged: Package, platform: Platform) -> None:
    for name, task in with_gpus(packaged):
        # An accelerator alone is the Flyte way; of flytekit's, "nvidia-h100" and "nvidia-h200" are no GPUs of GKE's.
        assert task.template or task.accelerator, f"{name} asks for a GPU without saying which"
        assert task.accelerator not in {"nvidia-h100", "nvidia-h200"}, name
        for environment, flavor in flavors_of(task, platform):
            where = f"{name} on {task.template} in {environment}"
            assert task.gpus in flavor.pods, f"{where}: gpu must be one of {[*flavor.pods]}, got {task.gpus}"
            cpu, memory_gib = flavor.pods[task.gpus]
            assert float(task.cpu) <= cpu, f"{where}: cpu must be at most {cpu}, got {task.cpu}"
            assert task.memory.endswith("Gi"), where
            assert float(task.memory[:-2]) <= memory_gib, f"{where}: mem must be at most {memory_gib}Gi"


def test_timeouts_leave_time_to_wait(packaged: Package, platform: Platform) -> None:
    """Flyte counts from the moment a task is queued."""
    for name, task in with_gpus(packaged):
        if task.timeout and any(flavor.waits_for_nodes for _, flavor in flavors_of(task, platform)):
            assert task.timeout >= timedelta(days=1), name


def flavors_of(task: Task, platform: Platform) -> Iterable[tuple[str, Flavor]]:
    return platform.flavors(task.template).items() if task.template else []


def with_gpus(packaged: Package) -> list[tuple[str, Task]]:
    return [(name, task) for name, task in packaged.tasks.items() if task.gpus]


def test_the_code_that_travels_has_the_helpers_too(packaged: Package) -> None:
    """pyflyte sends only what is loaded at registration: a module that a task imports when it runs would be missing."""
    assert packaged.code >= {path.name for path in Path(images.__file__).parent.glob("*.py")}


def test_nothing_loads_torch_before_it_runs(packaged: Package) -> None:
    assert "torch" not in sys.modules
