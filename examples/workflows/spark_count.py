"""Counts words with Spark: the driver hands out files, the executors count.

Needs `addOns.spark`. Registered where flytekitplugins-spark is installed.

pyflyte run --remote examples/workflows/spark_count.py spark_count
"""

import sysconfig
from operator import add, itemgetter
from pathlib import Path

from flytekit import current_context, task, workflow
from flytekitplugins.spark import Spark

from images import SPARK


def files() -> list[str]:
    """Something to read that every image has: the sources of Python's standard library."""
    library = Path(sysconfig.get_paths()["stdlib"])
    return [path.read_text(errors="ignore") for path in sorted(library.glob("*.py"))]


@task(
    # Of Spark these are the sizes, and `requests` would be ignored. Spark adds a tenth or more of memory of its own.
    task_config=Spark(
        spark_conf={
            "spark.driver.cores": "1",
            "spark.driver.memory": "2g",
            "spark.executor.cores": "2",
            "spark.executor.memory": "4g",
            "spark.executor.instances": "2",
        },
        # Where they are in the image that SPARK is made from.
        executor_path="/usr/bin/python3",
        applications_path="local:///usr/local/bin/entrypoint.py",
    ),
    container_image=SPARK,
)
def count(top: int) -> dict[str, int]:
    words = current_context().spark_session.sparkContext.parallelize(files(), 8).flatMap(str.split)
    counts = words.map(lambda word: (word, 1)).reduceByKey(add)
    return dict(counts.top(top, key=itemgetter(1)))


@workflow
def spark_count(top: int = 10) -> dict[str, int]:
    return count(top=top)
