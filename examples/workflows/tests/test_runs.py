"""The CPU workflows, run here: the same code, without a cluster."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import pytest
from PIL import Image

from map_resize import find_images, map_resize
from scheduled import judge, morning_check
from sweep import Trial, sweep
from with_secret import with_secret

WORKFLOWS = Path(__file__).parent.parent
MONDAY = datetime(2026, 11, 2, 5, tzinfo=timezone.utc)


def run(workflow: str, *args: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The workflow that has its module's name, by the command that people use."""
    pyflyte = Path(sys.executable).with_name("pyflyte")
    command = [pyflyte, "run", WORKFLOWS / f"{workflow}.py", workflow, *args]
    return subprocess.run(command, capture_output=True, text=True, env=env)


def test_hello_as_people_run_it() -> None:
    outcome = run("hello", "--name", "Ada")
    assert outcome.returncode == 0, outcome.stderr
    assert "Hello, Ada, from " in outcome.stdout


def test_the_first_run_without_an_image_of_ones_own() -> None:
    outcome = run("first_run", "--name", "Ada")
    assert outcome.returncode == 0, outcome.stderr
    assert "Hello, Ada, from " in outcome.stdout and "3" in outcome.stdout


def test_map_resize_of_made_up_images() -> None:
    with Image.open(map_resize(samples=5, width=64).download()) as sheet:
        assert sheet.size == (4 * 64, 2 * 64)


def test_map_resize_of_a_folder(tmp_path: Path) -> None:
    for name in ("b.png", "a.jpg"):
        Image.new("RGB", (200, 100), "red").save(tmp_path / name)
    (tmp_path / "notes.txt").write_text("no image")
    assert [Path(str(image.path)).name for image in find_images(folder=str(tmp_path), samples=0)] == ["a.jpg", "b.png"]
    with Image.open(map_resize(folder=str(tmp_path), width=50).download()) as sheet:
        red, _, _ = sheet.getpixel((75, 12))
        assert sheet.size == (200, 50) and red > 200


def test_map_resize_of_a_folder_without_images(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"folder must hold files of .jpg, .jpeg, .png, .webp; .* holds none"):
        find_images(folder=str(tmp_path), samples=0)


def test_with_secret_reads_a_file_as_its_template_mounts_it(tmp_path: Path) -> None:
    (tmp_path / "wandb").mkdir()
    # With the line break that docs/secrets.md's command adds.
    (tmp_path / "wandb/api-key").write_text("a-key\n")
    outcome = run("with_secret", env={**os.environ, "FLYTE_SECRETS_DEFAULT_DIR": str(tmp_path)})
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.count(hashlib.sha256(b"a-key").hexdigest()[:12]) == 2


def test_with_secret_fails_without_one() -> None:
    with pytest.raises(ValueError, match=r"Unable to find secret for key api-key in group wandb"):
        with_secret()


def test_sweep_picks_the_best() -> None:
    best = sweep(penalties=[1.0], gammas=[1.0, 0.001])
    assert (best.penalty, best.gamma) == (1.0, 0.001)
    assert best.accuracy > 0.95


def test_morning_check_passes_on_a_good_morning() -> None:
    assert morning_check(scheduled_at=MONDAY).startswith("2026-11-02: accuracy 0.9")


def test_morning_check_fails_when_the_model_has_become_worse() -> None:
    with pytest.raises(ValueError, match=r"accuracy 0\.500, at least 0\.950 expected"):
        judge(best=Trial(1.0, 0.1, 0.5), least_accuracy=0.95, scheduled_at=MONDAY)
