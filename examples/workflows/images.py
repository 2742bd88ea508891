"""The images that tasks run in, and where they lie.

An image's tag is the hash of what it is made of: a changed line makes a new image, an unchanged one is never built
twice. Code is not part of an image; `pyflyte run` and `pyflyte register` send it along.
"""

import os
import re
import sys
from pathlib import Path

import flytekit
from flytekit import ImageSpec
from flytekit.image_spec.default_builder import create_docker_context

# The `registry_url` of your environment's data stack. A fork edits this line; CI sets IMAGE_REGISTRY for the others.
DEFAULT_REGISTRY = "us-central1-docker.pkg.dev/acme-ml-dev/flyte-dev"

# A project of a domain has two parts: `acme.example/ml`.
_REGISTRY = re.compile(r"[a-z0-9-]+-docker\.pkg\.dev/([a-z0-9-]+(\.[a-z0-9-]+)+/)?[a-z0-9-]+/[a-z0-9-]+")


def registry() -> str:
    """The Artifact Registry repository that images are pushed to and pulled from."""
    value = os.environ.get("IMAGE_REGISTRY", DEFAULT_REGISTRY)
    if not _REGISTRY.fullmatch(value):
        raise ValueError(
            f'IMAGE_REGISTRY must be REGION-docker.pkg.dev/PROJECT/REPOSITORY, got "{value}"; '
            "it is the registry_url among the outputs of the environment's data stack"
        )
    return value


def image(name: str, *packages: str, apt: tuple[str, ...] = ()) -> ImageSpec:
    """An image of Python, flytekit and the given packages. Pin them: the tag knows only what is written."""
    return ImageSpec(
        name=name,
        registry=registry(),
        python_version="3.12",
        apt_packages=list(apt) or None,
        # flytekit would add itself, but without changing the tag: an upgrade would go on running the old image.
        packages=[f"flytekit=={flytekit.__version__}", *packages],
    )


PYTHON = image("python")
PILLOW = image("pillow", "pillow==12.3.0")
LEARN = ("scikit-learn==1.7.2", "scipy==1.15.3", "numpy==2.2.6")
SCIKIT_LEARN = image("scikit-learn", *LEARN)
# flytekit's PodTemplate is made of the classes of Kubernetes' client, in the pod too, which loads the same file.
KUBERNETES = image("kubernetes", "kubernetes==34.1.0")
# 2.10 is the last that brings CUDA 12, which every driver of Autopilot's runs; CUDA 13 needs driver 580.
TORCH = image("torch", "torch==2.10.0", "numpy==2.2.6")
# Plugins of Flyte have flytekit's own version.
TORCH_ELASTIC = image(
    "torch-elastic", f"flytekitplugins-kfpytorch=={flytekit.__version__}", "torch==2.10.0", "numpy==2.2.6"
)
# KubeRay asks its nodes for their health with wget.
RAY = image("ray", f"flytekitplugins-ray=={flytekit.__version__}", "ray[default,tune]==2.52.0", *LEARN, apt=("wget",))
# Java, Spark and its entrypoint are flytekit's own: an image of Python alone cannot be a driver.
SPARK = ImageSpec(
    name="spark",
    registry=registry(),
    base_image=f"cr.flyte.org/flyteorg/flytekit:spark-{flytekit.__version__}",
    python_exec="/usr/bin/python3",
    packages=[f"flytekitplugins-spark=={flytekit.__version__}"],
)

ALL = (PYTHON, PILLOW, SCIKIT_LEARN, TORCH, TORCH_ELASTIC, RAY, SPARK, KUBERNETES)


def write_contexts(folder: Path) -> None:
    """Writes what `docker build` needs for each image: `<folder>/<name>/Dockerfile`, and its full name in `image`."""
    for spec in ALL:
        context = folder / spec.name
        context.mkdir(parents=True)
        create_docker_context(spec, context)
        (context / "image").write_text(spec.image_name())


if __name__ == "__main__":
    for spec in ALL:
        print(spec.image_name())
    if len(sys.argv) > 1:
        write_contexts(Path(sys.argv[1]))
