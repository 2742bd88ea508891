"""A hyper-parameter sweep: a dynamic workflow makes one task for each point of the grid, and the best one wins.

pyflyte run --remote examples/workflows/sweep.py sweep --penalties '[1.0, 10.0]' --gammas '[0.0005, 0.001]'
"""

from dataclasses import dataclass
from itertools import product

from flytekit import Cache, Deck, Resources, dynamic, task, workflow

from images import PYTHON, SCIKIT_LEARN
from report import bar_chart


@dataclass
class Trial:
    """A point of the grid, and how well it reads digits that it has not seen."""

    penalty: float
    gamma: float
    accuracy: float


@task(container_image=SCIKIT_LEARN, requests=Resources(cpu="2", mem="2Gi"), cache=Cache(version="1"), retries=2)
def train(penalty: float, gamma: float) -> Trial:
    """A support vector machine on handwritten digits, by 5-fold cross-validation: the same each time, so cached."""
    from sklearn.datasets import load_digits
    from sklearn.model_selection import cross_val_score
    from sklearn.svm import SVC

    images, digits = load_digits(return_X_y=True)
    scores = cross_val_score(SVC(C=penalty, gamma=gamma), images, digits, cv=5)
    return Trial(penalty, gamma, float(scores.mean()))


@dynamic(container_image=PYTHON, requests=Resources(cpu="500m", mem="1Gi"))
def search(penalties: list[float], gammas: list[float]) -> list[Trial]:
    """Runs in a pod of its own, which makes the trials' tasks and ends; they run side by side, as far as quota goes."""
    return [train(penalty=penalty, gamma=gamma) for penalty, gamma in product(penalties, gammas)]


@task(container_image=PYTHON, requests=Resources(cpu="500m", mem="1Gi"), enable_deck=True, deck_fields=())
def pick(trials: list[Trial]) -> Trial:
    ranked = sorted(trials, key=lambda trial: trial.accuracy, reverse=True)
    bars = {f"C {trial.penalty:g}, gamma {trial.gamma:g}": trial.accuracy for trial in ranked}
    Deck("Trials", bar_chart("Accuracy", "", bars))
    return ranked[0]


@workflow
def sweep(penalties: list[float] = [0.1, 1.0, 10.0], gammas: list[float] = [0.0005, 0.001]) -> Trial:
    return pick(trials=search(penalties=penalties, gammas=gammas))
