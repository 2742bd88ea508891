"""The search of `sweep` with Ray Tune: one task, whose trials share the nodes of a Ray cluster of its own.

Needs `addOns.ray`. Registered where flytekitplugins-ray is installed.

pyflyte run --remote examples/workflows/ray_tune.py ray_tune
"""

from flytekit import Resources, task, workflow
from flytekitplugins.ray import HeadNodeConfig, RayJobConfig, WorkerNodeConfig

from images import RAY
from sweep import Trial

# Given to every node: of a node without parameters Flyte v1.16.8 may take those of another task (flyteorg/flyte#7851).
START = {"disable-usage-stats": "true"}


def accuracy(penalty: float, gamma: float) -> float:
    """A support vector machine on handwritten digits, by 5-fold cross-validation."""
    from sklearn.datasets import load_digits
    from sklearn.model_selection import cross_val_score
    from sklearn.svm import SVC

    images, digits = load_digits(return_X_y=True)
    return float(cross_val_score(SVC(C=penalty, gamma=gamma), images, digits, cv=5).mean())


@task(
    task_config=RayJobConfig(
        # The head only directs: no CPU of it is for trials.
        head_node_config=HeadNodeConfig(
            ray_start_params={**START, "num-cpus": "0"},
            requests=Resources(cpu="2", mem="8Gi"),
            limits=Resources(cpu="2", mem="8Gi"),
        ),
        worker_node_config=[
            WorkerNodeConfig(
                group_name="trials",
                # One number: a queue gives a cluster as a whole, and refuses one that grows.
                replicas=4,
                min_replicas=4,
                max_replicas=4,
                ray_start_params=START,
                requests=Resources(cpu="4", mem="8Gi"),
                limits=Resources(cpu="4", mem="8Gi"),
            )
        ],
    ),
    container_image=RAY,
    # Of the pod that hands in the job: small, it only waits.
    requests=Resources(cpu="1", mem="2Gi"),
)
def search(trials: int) -> Trial:
    """An exception here is repeated as a failure of the system, with all nodes; a trial that fails is only left out."""
    from ray import tune

    def trial(point: dict[str, float]) -> dict[str, float]:
        return {"accuracy": accuracy(**point)}

    space = {"penalty": tune.loguniform(0.1, 100.0), "gamma": tune.loguniform(1e-4, 1e-1)}
    tuner = tune.Tuner(trial, param_space=space, tune_config=tune.TuneConfig(num_samples=trials))
    best = tuner.fit().get_best_result("accuracy", mode="max")
    return Trial(best.config["penalty"], best.config["gamma"], best.metrics["accuracy"])


@workflow
def ray_tune(trials: int = 32) -> Trial:
    return search(trials=trials)
