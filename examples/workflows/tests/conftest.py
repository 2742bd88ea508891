"""Packages once for all tests, and prints what was found as a table."""

from __future__ import annotations

import offered
import pytest
from flytekit.image_spec.default_builder import DefaultImageBuilder
from registered import Package, Task, package

from report import text_table

TITLES = [
    "task",
    "image",
    "queue",
    "template",
    "gpus",
    "cpu",
    "memory",
    "nodes",
    "add-on",
    "retries",
    "timeout",
    "cache",
    "runs in",
]
PACKAGED = pytest.StashKey[Package]()


@pytest.fixture(scope="session")
def platform() -> offered.Platform:
    found = offered.platform()
    if found is None:
        pytest.skip("queues and flavors come from src/environments: npm run workflows -- check")
    return found


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Package:
    with pytest.MonkeyPatch.context() as patch:
        # Where Docker is at hand flytekit would look for the images, and build what it does not find.
        patch.setattr(DefaultImageBuilder, "should_build", lambda self, spec: False)
        result = package(tmp_path_factory.mktemp("package"))
    request.config.stash[PACKAGED] = result
    return result


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    found, platform = config.stash.get(PACKAGED, None), offered.platform()
    if found and platform:
        rows = [row(name, task, platform) for name, task in sorted(found.tasks.items())]
        terminalreporter.write_line(f"\n{text_table(TITLES, rows)}\n")
        for missing in filter(None, (platform.missing(name, task) for name, task in sorted(found.tasks.items()))):
            terminalreporter.write_line(missing)


def row(name: str, task: Task, platform: offered.Platform) -> list[str]:
    places = platform.places(task)
    values = [
        task.image,
        places and platform.queue(task),
        task.template or (task.spot and "(spot)"),
        task.gpus,
        task.cpu,
        task.memory,
        task.nodes if task.nodes > 1 else "",
        task.add_on,
        task.retries,
        task.timeout,
        task.cache,
    ]
    return [name, *(str(value or "-") for value in values), " ".join(places) or "nowhere"]
