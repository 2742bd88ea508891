"""Lets modules with `Elastic` tasks be read where PyTorch, which is gigabytes, is not installed.

The plugin loads it when a task is defined, to read `nnodes`, and for nothing else of what Flyte is told.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from types import ModuleType, SimpleNamespace

import pytest


def nodes(text: str) -> tuple[int, int]:
    """As `torch.distributed.run.parse_min_max_nnodes`: "4" or "2:4"."""
    least, _, most = text.partition(":")
    return int(least), int(most or least)


def load(module: str) -> None:
    """Imports a module, with as much of PyTorch as flytekit and its plugin look at. Real PyTorch is left alone."""
    if importlib.util.find_spec("torch"):
        importlib.import_module(module)
        return
    torch, distributed, run = (ModuleType(name) for name in ("torch", "torch.distributed", "torch.distributed.run"))
    vars(torch).update(
        distributed=distributed,
        Tensor=type("Tensor", (), {}),
        nn=SimpleNamespace(Module=type("Module", (), {})),
        optim=SimpleNamespace(Optimizer=type("Optimizer", (), {})),
    )
    vars(distributed)["run"] = run
    vars(run)["parse_min_max_nnodes"] = nodes
    with pytest.MonkeyPatch.context() as patch:
        for each in (torch, distributed, run):
            patch.setitem(sys.modules, each.__name__, each)
        importlib.import_module(module)
