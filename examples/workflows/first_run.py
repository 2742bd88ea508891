"""The first run of a new platform, with nothing to build: the tasks run in an image that Flyte publishes.

`npm run platform -- connect dev` prints the command, with the environment's mirror of that image. The platform's own check
is `npm run platform -- verify dev --run`: it runs this, and looks at what came back.
"""

import socket

from flytekit import Resources, task, workflow

# No container_image: the one that `--image` names.


@task(requests=Resources(cpu="500m", mem="1Gi"))
def greet(name: str) -> str:
    """The greeting, and the pod that it came from."""
    return f"Hello, {name}, from {socket.gethostname()}"


@task(requests=Resources(cpu="500m", mem="1Gi"), cache=True, cache_version="1")
def letters(name: str) -> int:
    """Run a second time with the same name, it starts no pod: the answer comes from the cache."""
    return len(name)


@workflow
def first_run(name: str = "world") -> tuple[str, int]:
    return greet(name=name), letters(name=name)
