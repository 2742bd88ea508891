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
    add_ons: frozenset[str]


@dataclass(frozen=True)
class Platform:
    default_queue: str
    environments: dict[str, Environment]

    def flavors(self, task: Task) -> dict[str, Flavor]:
        """What the task's template means, by environment. Nothing where there is none."""
        offers = {name: each.flavors.get(task.template) for name, each in self.environments.items()}
        return {name: flavor for name, flavor in offers.items() if flavor}

    def queue(self, task: Task) -> str:
        if task.queue_label or not task.template:
            return task.queue_label or self.default_queue
        return " or ".join(sorted({flavor.queue for flavor in self.flavors(task).values()}))

    def places(self, task: Task) -> list[str]:
        """The environments that the task can run in."""
        return [
            name
            for name, each in self.environments.items()
            if task.template in {"", *each.flavors} and task.add_on in {"", *each.add_ons}
        ]

    def missing(self, name: str, task: Task) -> str:
        """Why no environment runs it. Nothing when one does."""
        if self.places(task):
            return ""
        if task.add_on and not any(task.add_on in each.add_ons for each in self.environments.values()):
            return f"{name} runs nowhere: no environment has addOns.{task.add_on}"
        if not self.flavors(task) and task.template:
            known = ", ".join(sorted({flavor for each in self.environments.values() for flavor in each.flavors}))
            rule = f"pod_template_name must be a flavor of an environment: {known}"
            return f'{name} runs nowhere: {rule}; got "{task.template}"'
        return f"{name} runs nowhere: no environment has both {task.template} and addOns.{task.add_on}"


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
                frozenset(each["addOns"]),
            )
            for name, each in facts["environments"].items()
        },
    )
