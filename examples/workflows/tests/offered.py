"""What the environments offer to tasks: queues, flavors and registries, as `npm run workflows -- check` reads them."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

from registered import Task


@dataclass(frozen=True)
class Flavor:
    """A flavor of an environment, and so a pod template."""

    queue: str
    # DWS and ladders give whole nodes, and only after a while.
    waits_for_nodes: bool
    # The most CPU and memory (GiB) of a pod, by its number of GPUs.
    pods: dict[int, tuple[float, float]]


@dataclass(frozen=True)
class Environment:
    registry: str
    flavors: dict[str, Flavor]


@dataclass(frozen=True)
class Platform:
    default_queue: str
    environments: dict[str, Environment]

    def flavors(self, template: str) -> dict[str, Flavor]:
        """By environment: the same name may mean something else in another one."""
        found = {name: each.flavors[template] for name, each in self.environments.items() if template in each.flavors}
        if not found:
            known = ", ".join(sorted({name for each in self.environments.values() for name in each.flavors}))
            raise AssertionError(f'pod_template_name must be a flavor of an environment: {known}; got "{template}"')
        return found

    def queue(self, task: Task) -> str:
        if task.queue_label or not task.template:
            return task.queue_label or self.default_queue
        return " or ".join(sorted({flavor.queue for flavor in self.flavors(task.template).values()}))

    def places(self, task: Task) -> list[str]:
        """The environments that the task can run in."""
        return [name for name, each in self.environments.items() if task.template in {"", *each.flavors}]


def platform() -> Platform | None:
    """Nothing when pytest is run by hand."""
    if "PLATFORM" not in os.environ:
        return None
    facts = json.loads(os.environ["PLATFORM"])
    return Platform(
        facts["defaultQueue"],
        {
            name: Environment(
                each["registry"],
                {
                    flavor: Flavor(
                        raw["queue"],
                        raw["waitsForNodes"],
                        {pod["gpus"]: (pod["cpu"], pod["memoryGib"]) for pod in raw["pods"]},
                    )
                    for flavor, raw in each["flavors"].items()
                },
            )
            for name, each in facts["environments"].items()
        },
    )
