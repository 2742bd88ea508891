"""Packages the workflows as `pyflyte register` does, and reads back what Flyte would be told."""

from __future__ import annotations

import io
import tarfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import without_torch
from click.testing import CliRunner
from flyteidl.admin.launch_plan_pb2 import LaunchPlan
from flyteidl.admin.task_pb2 import TaskSpec
from flyteidl.admin.workflow_pb2 import WorkflowSpec
from flyteidl.core.execution_pb2 import WorkflowExecution
from flyteidl.core.tasks_pb2 import Resources
from flytekit.clis.sdk_in_container.pyflyte import main as pyflyte
from google.protobuf.json_format import MessageToDict

HERE = Path(__file__).parent.parent

# A module without a task or a workflow is a helper of the others.
MODULES = sorted(path.stem for path in HERE.glob("*.py") if "from flytekit import" in path.read_text())

# The add-on that runs a task, by the type that Flyte has for it: other types are plain pods.
ADD_ONS = {
    "pytorch": "training",
    "tensorflow": "training",
    "ray": "ray",
    "spark": "spark",
    "dask": "dask",
    "mpi": "mpi",
}

QUEUE_LABEL = "kueue.x-k8s.io/queue-name"

Message = TypeVar("Message", TaskSpec, WorkflowSpec, LaunchPlan)


@dataclass(frozen=True)
class Task:
    """What a task asks of the platform. Defaults: what one gets that asks for nothing."""

    image: str
    cpu: str = ""
    memory: str = ""
    template: str = ""
    gpus: int = 0
    # Set by a label of the task's own; nearly always the template decides.
    queue_label: str = ""
    accelerator: str = ""
    retries: int = 0
    timeout: timedelta = timedelta()
    cache: str = ""
    spot: bool = False
    shared_memory: str = ""
    deck: bool = False
    # What a template of the task's own mounts, by path.
    files: dict[str, str] = field(default_factory=dict)
    # What must be on in the environment, and how many nodes of the template the task has.
    add_on: str = ""
    nodes: int = 1


@dataclass(frozen=True)
class Schedule:
    """A launch plan that runs by itself."""

    workflow: str
    cron: str
    time_input: str
    mails: dict[str, list[str]]
    fixed_inputs: list[str]


@dataclass(frozen=True)
class Package:
    """Everything that one registration tells Flyte, by name."""

    tasks: dict[str, Task]
    images: set[str]
    # Workflow and the tasks that it maps over, with how many run at a time.
    maps: dict[str, int]
    schedules: dict[str, Schedule]
    # Files of the archive that a pod unpacks into /root.
    code: set[str]


def package(folder: Path) -> Package:
    """With the code beside the image (`--copy auto`), as `pyflyte run` and `pyflyte register` have it."""
    archive = folder / "package.tgz"
    without_torch.load("train_elastic")
    modules = [argument for module in MODULES for argument in ("--pkgs", module)]
    outcome = CliRunner().invoke(
        pyflyte, [*modules, "package", "--source", str(HERE), "--copy", "auto", "--output", str(archive)]
    )
    if outcome.exit_code != 0:
        raise AssertionError(f"pyflyte package failed:\n{outcome.output}") from outcome.exception
    with tarfile.open(archive) as files:
        contents = {member.name: files.extractfile(member).read() for member in files if member.isfile()}

    code = next(content for name, content in contents.items() if name.startswith("fast"))
    with tarfile.open(fileobj=io.BytesIO(code)) as files:
        names = set(files.getnames())

    # The kind stands in the file's name: 1 a task, 2 a workflow, 3 a launch plan.
    def specs(kind: int, message: type[Message]) -> list[Message]:
        return [message.FromString(content) for name, content in contents.items() if name.endswith(f"_{kind}.pb")]

    tasks = specs(1, TaskSpec)
    return Package(
        tasks={name_of(spec): task_of(spec) for spec in tasks},
        images={container_of(spec)["image"] for spec in tasks},
        maps={
            workflow.template.id.name: node.array_node.parallelism
            for workflow in specs(2, WorkflowSpec)
            for node in workflow.template.nodes
            if node.HasField("array_node")
        },
        schedules={
            plan.id.name: schedule_of(plan)
            for plan in specs(3, LaunchPlan)
            if plan.spec.entity_metadata.schedule.WhichOneof("ScheduleExpression")
        },
        code=names,
    )


def name_of(spec: TaskSpec) -> str:
    """A map task's own name ends in a hash of its code; `map_resize.map_resize_<hash>-arraynode` becomes shorter."""
    module, name = spec.template.id.name.split(".", 1)
    args = container_of(spec)["args"]
    return f"{module}.map({args[args.index('task-name') + 1]})" if name.endswith("-arraynode") else f"{module}.{name}"


def pod_of(spec: TaskSpec) -> dict[str, Any]:
    """The pod of a task with a template of its own, in Kubernetes' words."""
    return MessageToDict(spec.template.k8s_pod.pod_spec)


def container_of(spec: TaskSpec) -> dict[str, Any]:
    """The container that the task runs in, in Kubernetes' words."""
    template = spec.template
    if template.HasField("k8s_pod"):
        primary = template.config["primary_container_name"]
        return next(each for each in pod_of(spec)["containers"] if each["name"] == primary)
    names = {Resources.CPU: "cpu", Resources.MEMORY: "memory", Resources.GPU: "nvidia.com/gpu"}
    container = template.container
    requests = {names[entry.name]: entry.value for entry in container.resources.requests}
    return {"image": container.image, "args": list(container.args), "resources": {"requests": requests}}


def files_of(spec: TaskSpec) -> dict[str, str]:
    if not spec.template.HasField("k8s_pod"):
        return {}
    volumes = {volume["name"]: volume for volume in pod_of(spec).get("volumes", [])}
    return {mount["mountPath"]: source_of(volumes[mount["name"]]) for mount in container_of(spec)["volumeMounts"]}


def source_of(volume: dict[str, Any]) -> str:
    if "secret" in volume:
        return f"Secret {volume['secret']['secretName']}"
    return f"{volume['csi']['driver']} {volume['csi']['volumeAttributes']['secretProviderClass']}"


def task_of(spec: TaskSpec) -> Task:
    template = spec.template
    metadata = template.metadata
    container = container_of(spec)
    requests = container["resources"]["requests"]
    return Task(
        image=container["image"].rsplit("/", 1)[-1].split(":")[0],
        cpu=requests.get("cpu", ""),
        memory=requests.get("memory", ""),
        template=metadata.pod_template_name,
        gpus=int(requests.get("nvidia.com/gpu", 0)),
        queue_label=metadata.metadata.labels.get(QUEUE_LABEL, ""),
        accelerator=template.extended_resources.gpu_accelerator.device,
        retries=metadata.retries.retries,
        timeout=metadata.timeout.ToTimedelta(),
        cache=metadata.discovery_version if metadata.discoverable else "",
        spot=metadata.interruptible,
        shared_memory=template.extended_resources.shared_memory.size_limit,
        deck=metadata.generates_deck.value,
        files=files_of(spec),
        add_on=ADD_ONS.get(template.type, ""),
        nodes=nodes_of(MessageToDict(template.custom)),
    )


def nodes_of(custom: dict[str, Any]) -> int:
    """Pods of one task that get what it asks for: a job's workers. Those of Ray say themselves what they ask for."""
    return int(custom.get("workerReplicas", {}).get("replicas", 1))


def schedule_of(plan: LaunchPlan) -> Schedule:
    metadata = plan.spec.entity_metadata
    return Schedule(
        workflow=plan.spec.workflow_id.name,
        cron=metadata.schedule.cron_schedule.schedule,
        time_input=metadata.schedule.kickoff_time_input_arg,
        mails={
            address: [WorkflowExecution.Phase.Name(phase) for phase in notification.phases]
            for notification in metadata.notifications
            for address in notification.email.recipients_email
        },
        fixed_inputs=sorted(plan.spec.fixed_inputs.literals),
    )
