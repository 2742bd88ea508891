"""Runs examples/workflows/first_run.py twice on a platform, by Flyte's API, and says what happened: a line of JSON each time.

Arguments: project, domain, image, seconds. Whatever happens, no execution is left running, and those that ran are archived.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from flyteidl.admin import execution_pb2
from flyteidl.core.catalog_pb2 import CACHE_HIT
from flyteidl.core.execution_pb2 import WorkflowExecution
from flytekit.configuration import Config, ImageConfig, SerializationSettings
from flytekit.remote import FlyteRemote, FlyteWorkflowExecution

sys.path.insert(0, str(Path(__file__).parents[3] / "examples" / "workflows"))
import first_run  # noqa: E402

SUCCEEDED = WorkflowExecution.SUCCEEDED
PAUSE = 3.0


def say(event: str, **facts: Any) -> None:
    print(json.dumps({"event": event, **facts}), flush=True)


def main(project: str, domain: str, image: str, seconds: str) -> None:
    remote = FlyteRemote(Config.auto(), default_project=project, default_domain=domain)
    version = f"verify-{int(time.time())}"
    settings = SerializationSettings(
        image_config=ImageConfig.auto(img_name=image), project=project, domain=domain, version=version
    )
    workflow = remote.fast_register_workflow(first_run.first_run, settings, version)
    say("registered", version=version)
    ends = time.monotonic() + float(seconds)
    started: list[FlyteWorkflowExecution] = []
    try:
        # A name of its own: the first run finds nothing in the cache, the second one what the first has left.
        for _ in range(2):
            execution = remote.execute(workflow, inputs={"name": version}, wait=False)
            started.append(execution)
            say("started", execution=execution.id.name)
            watch(remote, execution, ends)
    finally:
        for execution in started:
            put_away(remote, execution)


def watch(remote: FlyteRemote, execution: FlyteWorkflowExecution, ends: float) -> None:
    began = time.monotonic()
    while not execution.is_done and time.monotonic() < ends:
        time.sleep(PAUSE)
        execution = remote.sync_execution(execution, sync_nodes=True)
    closure = execution.closure
    nodes = execution.node_executions or {}
    say(
        "ended" if execution.is_done else "late",
        execution=execution.id.name,
        succeeded=closure.phase == SUCCEEDED,
        seconds=round(time.monotonic() - began),
        cached=[name for name, node in nodes.items() if cache_status(node) == CACHE_HIT],
        outputs=[outputs(execution, key) for key in ("o0", "o1")] if closure.phase == SUCCEEDED else [],
        error=closure.error.message if closure.error else "",
    )
    if closure.phase != SUCCEEDED:
        sys.exit(1)


def cache_status(node: Any) -> int:
    metadata = node.closure.task_node_metadata
    return metadata.cache_status if metadata else 0


def outputs(execution: FlyteWorkflowExecution, key: str) -> Any:
    return execution.outputs.get(key) if execution.outputs else None


def put_away(remote: FlyteRemote, execution: FlyteWorkflowExecution) -> None:
    """Ended, and out of the console's lists. Flyte has no way to forget an execution."""
    if not remote.sync_execution(execution).is_done:
        remote.terminate(execution, "platform verify ended")
    state = execution_pb2.ExecutionUpdateRequest(
        id=execution.id.to_flyte_idl(), state=execution_pb2.ExecutionState.EXECUTION_ARCHIVED
    )
    remote.client._stub.UpdateExecution(state, metadata=remote.client._metadata)  # noqa: SLF001 -- flytekit has no public way
    say("archived", execution=execution.id.name)


if __name__ == "__main__":
    main(*sys.argv[1:])
