"""A key that a task needs, as a file: from a Kubernetes Secret of its namespace, or from Secret Manager.

pyflyte run --remote -p vision -d development examples/workflows/with_secret.py with_secret

Who puts the key there, and how: docs/secrets.md. A template of one's own brings its volume and nothing else: the
rest of the pod is the platform's, and `pod_template_name="l4"` beside it gives the same task a GPU.
"""

import hashlib

from flytekit import PodTemplate, Resources, current_context, task, workflow
from kubernetes.client import (
    V1Container,
    V1CSIVolumeSource,
    V1PodSpec,
    V1SecretVolumeSource,
    V1Volume,
    V1VolumeMount,
)

from images import KUBERNETES


def with_files_of(volume: V1Volume) -> PodTemplate:
    """The volume, where flytekit looks for secrets: /etc/secrets/<group>/<key>."""
    mount = V1VolumeMount(name=volume.name, mount_path=f"/etc/secrets/{volume.name}", read_only=True)
    container = V1Container(name="primary", volume_mounts=[mount])
    return PodTemplate(
        primary_container_name=container.name, pod_spec=V1PodSpec(containers=[container], volumes=[volume])
    )


KUBERNETES_SECRET = with_files_of(V1Volume(name="wandb", secret=V1SecretVolumeSource(secret_name="wandb")))

SECRET_MANAGER = with_files_of(
    V1Volume(
        name="wandb",
        csi=V1CSIVolumeSource(
            driver="secrets-store-gke.csi.k8s.io",
            read_only=True,
            volume_attributes={"secretProviderClass": "wandb"},
        ),
    )
)


def fingerprint() -> str:
    """Tells two keys apart without showing either: an output of a task is there for all to read."""
    key = current_context().secrets.get("wandb", "api-key")
    return hashlib.sha256(key.encode()).hexdigest()[:12]


@task(container_image=KUBERNETES, pod_template=KUBERNETES_SECRET, requests=Resources(cpu="500m", mem="1Gi"))
def from_kubernetes() -> str:
    return fingerprint()


@task(container_image=KUBERNETES, pod_template=SECRET_MANAGER, requests=Resources(cpu="500m", mem="1Gi"))
def from_secret_manager() -> str:
    return fingerprint()


@workflow
def with_secret() -> tuple[str, str]:
    return from_kubernetes(), from_secret_manager()
