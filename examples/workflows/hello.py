"""The first run: one task, on CPU, through the team's queue.

pyflyte run --remote examples/workflows/hello.py hello --name Ada
"""

import socket

from flytekit import Resources, task, workflow

from images import PYTHON


@task(container_image=PYTHON, requests=Resources(cpu="500m", mem="1Gi"))
def greet(name: str) -> str:
    """The greeting, and the pod that it came from."""
    return f"Hello, {name}, from {socket.gethostname()}"


@workflow
def hello(name: str = "world") -> str:
    return greet(name=name)
