"""The sweep every weekday morning, and a mail when it fails or has become worse.

pyflyte register examples/workflows/*.py --activate-launchplans
"""

from datetime import datetime

from flytekit import CronSchedule, Email, LaunchPlan, Resources, task, workflow
from flytekit.models.core.execution import WorkflowExecutionPhase

from images import PYTHON
from sweep import Trial, sweep


@task(container_image=PYTHON, requests=Resources(cpu="500m", mem="1Gi"))
def judge(best: Trial, least_accuracy: float, scheduled_at: datetime) -> str:
    """Fails the execution, and so sends the mail, when the best model is not good enough."""
    verdict = f"{scheduled_at:%Y-%m-%d}: accuracy {best.accuracy:.3f}, at least {least_accuracy:.3f} expected"
    if best.accuracy < least_accuracy:
        raise ValueError(verdict)
    return verdict


@workflow
def morning_check(scheduled_at: datetime, least_accuracy: float = 0.9) -> str:
    return judge(best=sweep(), least_accuracy=least_accuracy, scheduled_at=scheduled_at)


weekday_mornings = LaunchPlan.get_or_create(
    morning_check,
    name="scheduled.weekday_mornings",
    # In UTC. Flyte passes the time that the run was due, which is not the time that it started.
    schedule=CronSchedule(schedule="0 5 * * 1-5", kickoff_time_input_arg="scheduled_at"),
    fixed_inputs={"least_accuracy": 0.95},
    notifications=[
        Email(
            phases=[
                WorkflowExecutionPhase.FAILED,
                WorkflowExecutionPhase.TIMED_OUT,
                WorkflowExecutionPhase.ABORTED,
            ],
            recipients_email=["ml-oncall@acme.example"],
        )
    ],
)
