"""Checkpoints of a training that may lose its node at any time.

Flyte's own (`current_context().checkpoint`) know only the attempt just before. One that was preempted before its first
checkpoint loses all that went before it; and a job on several nodes that the queue takes its nodes from starts again
within the same attempt, so that it finds none. These lie in one folder of the data bucket for all attempts.
"""

import re
from pathlib import PurePosixPath

import fsspec
from flytekit import current_context

_NAME = re.compile(r"step-(\d{10})\.pt")


def execution_folder() -> str:
    """A folder of the data bucket for this node of this execution, the same for each attempt and each of its pods.

    Flyte names an attempt's outputs after execution, node and attempt: `.../abc-n0-2`. A task of a map is a node of its
    own, and two projects may have executions of one name. Where nested workflows make that name longer than 50
    characters it is a hash, and each attempt has a folder of its own.
    """
    context = current_context()
    execution, outputs = context.execution_id, context.raw_output_prefix.rstrip("/")
    bucket = re.match(r"gs://[^/]+", outputs)
    if not bucket:
        return f"{outputs}/checkpoints/{execution.name}"
    attempt = outputs.rsplit("/", 1)[-1]
    node = re.sub(r"-\d+$", "", attempt) if attempt.startswith(f"{execution.name}-") else attempt
    return f"{bucket.group()}/checkpoints/{execution.project}-{execution.domain}/{node}"


class Checkpoints:
    """The checkpoints of one training, oldest to newest by step. Any URL that fsspec knows."""

    def __init__(self, folder: str, keep: int = 2) -> None:
        self._files, self._folder = fsspec.url_to_fs(folder)
        self._keep = keep

    def latest(self) -> bytes | None:
        """The newest, or nothing at a fresh start."""
        paths = self._paths()
        return self._files.cat_file(paths[-1]) if paths else None

    def save(self, step: int, content: bytes) -> None:
        """An object in a bucket is there whole or not at all, so a node that dies here leaves the one before."""
        self._files.makedirs(self._folder, exist_ok=True)
        self._files.pipe_file(f"{self._folder}/step-{step:010d}.pt", content)
        for old in self._paths()[: -self._keep]:
            self._files.rm_file(old)

    def _paths(self) -> list[str]:
        if not self._files.exists(self._folder):
            return []
        self._files.invalidate_cache(self._folder)
        paths = self._files.ls(self._folder, detail=False)
        return sorted(path for path in paths if _NAME.fullmatch(PurePosixPath(path).name))
