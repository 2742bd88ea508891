"""Images, reports and checkpoints."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from flytekit import current_context

import images
from checkpoints import Checkpoints
from gpu_benchmark import Measurement, show
from report import bar_chart, html_table, text_table


@pytest.mark.parametrize("value", ["", "docker.io/acme", "us-central1-docker.pkg.dev/acme", "us-docker.pkg.dev/a/b/c"])
def test_a_registry_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("IMAGE_REGISTRY", value)
    with pytest.raises(ValueError) as refusal:
        images.registry()
    assert str(refusal.value) == (
        f'IMAGE_REGISTRY must be REGION-docker.pkg.dev/PROJECT/REPOSITORY, got "{value}"; '
        "it is the registry_url among the outputs of the environment's data stack"
    )


def test_the_registry_comes_from_the_environment_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAGE_REGISTRY", "europe-west4-docker.pkg.dev/acme.example/ml/flyte-prod")
    assert images.image("any").image_name().startswith("europe-west4-docker.pkg.dev/acme.example/ml/flyte-prod/any:")


def test_another_flytekit_is_another_image(monkeypatch: pytest.MonkeyPatch) -> None:
    before = images.image("any").tag
    monkeypatch.setattr("flytekit.__version__", "1.16.99")
    assert images.image("any").tag != before


def test_build_contexts_hold_what_the_images_are_named_after(tmp_path: Path) -> None:
    images.write_contexts(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "kubernetes",
        "pillow",
        "python",
        "ray",
        "scikit-learn",
        "spark",
        "torch",
        "torch-elastic",
    ]
    assert (tmp_path / "torch" / "image").read_text() == images.TORCH.image_name()
    # Without it PyTorch does not find the driver that GKE mounts.
    assert "/usr/local/nvidia/lib64" in (tmp_path / "torch" / "Dockerfile").read_text()
    assert "torch==2.10.0" in (tmp_path / "torch" / "requirements_uv.txt").read_text()


def test_checkpoints_keep_the_newest(tmp_path: Path) -> None:
    folder = f"file://{tmp_path}/run"
    checkpoints = Checkpoints(folder, keep=2)
    assert checkpoints.latest() is None
    for step in (1, 2, 10):
        checkpoints.save(step, str(step).encode())
    # Another attempt, on another node.
    assert Checkpoints(folder).latest() == b"10"
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == ["step-0000000002.pt", "step-0000000010.pt"]


def test_checkpoints_do_not_take_other_files_for_theirs(tmp_path: Path) -> None:
    (tmp_path / "step-1.pt.tmp").write_bytes(b"half")
    assert Checkpoints(str(tmp_path)).latest() is None


@pytest.mark.parametrize(
    "prefix, folder",
    [
        ("gs://acme-dev-data/data/x1/exec7-n0-0", "gs://acme-dev-data/checkpoints/vision-development/exec7-n0"),
        # Another attempt of it, elsewhere in the bucket.
        ("gs://acme-dev-data/data/k9/exec7-n0-12", "gs://acme-dev-data/checkpoints/vision-development/exec7-n0"),
        # Another node, and two tasks of a map.
        ("gs://acme-dev-data/data/x1/exec7-n1-0", "gs://acme-dev-data/checkpoints/vision-development/exec7-n1"),
        ("gs://b/data/x1/exec7-n0-0-n3-0", "gs://b/checkpoints/vision-development/exec7-n0-0-n3"),
        ("gs://b/data/x1/exec7-n0-0-n4-1/", "gs://b/checkpoints/vision-development/exec7-n0-0-n4"),
        # Too long for Flyte, so a hash.
        ("gs://b/data/x1/fh2k6zq1", "gs://b/checkpoints/vision-development/fh2k6zq1"),
        ("/tmp/flyte/raw", "/tmp/flyte/raw/checkpoints/exec7"),
    ],
)
def test_checkpoints_have_a_folder_for_each_node_and_all_its_attempts(
    monkeypatch: pytest.MonkeyPatch, prefix: str, folder: str
) -> None:
    checkpoints = importlib.import_module("checkpoints")
    context = current_context()
    monkeypatch.setattr(type(context), "raw_output_prefix", prefix)
    for name, value in {"_name": "exec7", "_project": "vision", "_domain": "development"}.items():
        monkeypatch.setattr(context.execution_id, name, value)
    assert checkpoints.execution_folder() == folder


def test_the_benchmark_shows_a_table_and_plots(capsys: pytest.CaptureFixture[str]) -> None:
    show([Measurement("CPU", "memory copy", 12.5, "GB/s"), Measurement("NVIDIA L4 #0", "memory copy", 240.0, "GB/s")])
    assert capsys.readouterr().out.splitlines() == [
        "device        test         value",
        "------------  -----------  ---------",
        "CPU           memory copy  12.5 GB/s",
        "NVIDIA L4 #0  memory copy  240 GB/s",
    ]
    deck = current_context().decks[-1]
    assert deck.name == "Benchmark"
    assert deck.html.count("<rect") == 2 and "<table>" in deck.html


def test_reports_of_nothing_and_of_markup() -> None:
    assert text_table(["a"], []) == "a\n-"
    assert "&lt;b&gt;" in html_table(["a"], [["<b>"]])
    assert "&lt;b&gt;" in bar_chart("<b>", "", {"zero": 0.0})
