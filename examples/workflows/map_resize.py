"""Resizes a folder of images, one small task each, on Spot nodes; what was resized once comes from the cache.

pyflyte run --remote examples/workflows/map_resize.py map_resize --folder gs://BUCKET/photos
"""

import base64
from functools import partial
from pathlib import Path

import fsspec
from flytekit import Cache, Deck, Resources, current_context, map_task, task, workflow
from flytekit.types.file import FlyteFile

from images import PILLOW

IMAGE_TYPES = (".jpg", ".jpeg", ".png", ".webp")


@task(container_image=PILLOW, requests=Resources(cpu="1", mem="2Gi"))
def find_images(folder: str, samples: int) -> list[FlyteFile]:
    """The images of a folder, by name; without a folder as many made-up ones as asked for."""
    if not folder:
        return [FlyteFile(str(path)) for path in make_samples(samples)]
    files, root = fsspec.url_to_fs(folder)
    names = sorted(name for name in files.find(root) if name.lower().endswith(IMAGE_TYPES))
    if not names:
        raise ValueError(f"folder must hold files of {', '.join(IMAGE_TYPES)}; {folder} holds none")
    return [FlyteFile(files.unstrip_protocol(name) if "://" in folder else name) for name in names]


def make_samples(count: int) -> list[Path]:
    from PIL import Image

    folder = Path(current_context().working_directory)
    paths = [folder / f"sample-{index}.png" for index in range(count)]
    for index, path in enumerate(paths):
        across, down = Image.linear_gradient("L").rotate(90), Image.radial_gradient("L")
        hue = Image.new("L", across.size, 255 * index // max(count, 1))
        Image.merge("HSV", (hue, across, down)).convert("RGB").resize((1024, 768)).save(path)
    return paths


@task(
    container_image=PILLOW,
    requests=Resources(cpu="1", mem="1Gi"),
    # The same file and width again cost nothing. A new version when the code below makes something else.
    cache=Cache(version="1", serialize=True),
    retries=3,
    # On Spot. A node that goes is a system failure: the platform repeats it without counting it as a retry.
    interruptible=True,
)
def resize(image: FlyteFile, width: int) -> FlyteFile:
    from PIL import Image, ImageOps

    with Image.open(image.download()) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
        small = upright.resize((width, max(1, round(upright.height * width / upright.width))), Image.Resampling.LANCZOS)
    path = Path(current_context().working_directory) / f"{Path(str(image.path)).stem}-{width}.jpg"
    small.save(path, quality=85)
    return FlyteFile(str(path))


@task(container_image=PILLOW, requests=Resources(cpu="1", mem="2Gi"), enable_deck=True, deck_fields=())
def contact_sheet(images: list[FlyteFile], width: int, columns: int = 4) -> FlyteFile:
    """All of them on one sheet, which the Deck shows."""
    from PIL import Image, ImageOps

    rows = -(-len(images) // columns)
    sheet = Image.new("RGB", (columns * width, rows * width), "white")
    for index, image in enumerate(images):
        with Image.open(image.download()) as opened:
            tile = ImageOps.contain(opened, (width, width))
        sheet.paste(tile, (index % columns * width, index // columns * width))
    path = Path(current_context().working_directory) / "contact-sheet.jpg"
    sheet.save(path, quality=85)
    Deck("Contact sheet", f"<img src='data:image/jpeg;base64,{base64.b64encode(path.read_bytes()).decode()}'>")
    return FlyteFile(str(path))


@workflow
def map_resize(folder: str = "", samples: int = 8, width: int = 256) -> FlyteFile:
    images = find_images(folder=folder, samples=samples)
    # At most ten at a time: the rest wait in Flyte, so that the team's queue stays open to others.
    small = map_task(partial(resize, width=width), concurrency=10)(image=images)
    return contact_sheet(images=small, width=width)
