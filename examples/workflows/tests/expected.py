"""What each task asks of the platform: change it here when you change it there, and add your own."""

from datetime import timedelta

from registered import Schedule, Task

SMALL = {"cpu": "500m", "memory": "1Gi"}

TASKS = {
    # In Flyte's own image, which `--image` names.
    "first_run.greet": Task(image="flytekit", **SMALL),
    "first_run.letters": Task(image="flytekit", cache="1", **SMALL),
    "hello.greet": Task(image="python", **SMALL),
    "gpu_benchmark.benchmark": Task(image="torch", template="l4", gpus=1, cpu="4", memory="16Gi", deck=True),
    "queued_gpu.benchmark_node": Task(
        image="torch",
        template="h100-dws",
        gpus=8,
        cpu="200",
        memory="1700Gi",
        retries=2,
        timeout=timedelta(days=3, hours=1),
        deck=True,
    ),
    "map_resize.find_images": Task(image="pillow", cpu="1", memory="2Gi"),
    "map_resize.resize": Task(image="pillow", cpu="1", memory="1Gi", retries=3, cache="1", spot=True),
    "map_resize.map(resize)": Task(image="pillow", cpu="1", memory="1Gi", retries=3, cache="1", spot=True),
    "map_resize.contact_sheet": Task(image="pillow", cpu="1", memory="2Gi", deck=True),
    "train_ddp.train": Task(
        image="torch", template="l4-spot", gpus=4, cpu="40", memory="160Gi", retries=2, shared_memory="16Gi"
    ),
    "train_elastic.train": Task(
        image="torch-elastic",
        template="h100-dws",
        gpus=8,
        cpu="200",
        memory="1700Gi",
        retries=2,
        shared_memory="64Gi",
        add_on="training",
        nodes=4,
    ),
    "spark_count.count": Task(image="spark", add_on="spark"),
    "ray_tune.search": Task(image="ray", cpu="1", memory="2Gi", add_on="ray"),
    "sweep.train": Task(image="scikit-learn", cpu="2", memory="2Gi", retries=2, cache="1"),
    "sweep.search": Task(image="python", **SMALL),
    "sweep.pick": Task(image="python", **SMALL, deck=True),
    "scheduled.judge": Task(image="python", **SMALL),
    "with_secret.from_kubernetes": Task(image="kubernetes", files={"/etc/secrets/wandb": "Secret wandb"}, **SMALL),
    "with_secret.from_secret_manager": Task(
        image="kubernetes", files={"/etc/secrets/wandb": "secrets-store-gke.csi.k8s.io wandb"}, **SMALL
    ),
}

# The queue that follows from the template, by the environments' own pod templates.
WHOLE_NODES = {"queued_gpu.benchmark_node", "train_elastic.train"}
QUEUES = {name: "h100-dws" if name in WHOLE_NODES else "tasks" for name in TASKS}

MAPS = {"map_resize.map_resize": 10}

SCHEDULES = {
    "scheduled.weekday_mornings": Schedule(
        workflow="scheduled.morning_check",
        cron="0 5 * * 1-5",
        time_input="scheduled_at",
        mails={"ml-oncall@acme.example": ["FAILED", "TIMED_OUT", "ABORTED"]},
        fixed_inputs=["least_accuracy"],
    )
}
