"""The measure on a cluster gives the digits that it gives in one process, also when a worker dies on the way."""

import threading
import time

import pytest

import policy
from data_access.engine import engines
from tests.engine_rows import rows, university

pytest.importorskip("pyspark", reason="make test-spark installs PySpark")
pytestmark = pytest.mark.spark

from data_access.engine import on_spark  # noqa: E402
from tests.spark import cluster  # noqa: E402

EVENTS = 200_000
# On one machine a worker that does not answer is gone: nothing is waited for as on a network.
IMPATIENT = {
    "spark.executor.memory": "900m",
    "spark.executor.heartbeatInterval": "5s",
    "spark.network.timeout": "60s",
    "spark.shuffle.io.maxRetries": "1",
    "spark.shuffle.io.retryWait": "1s",
}


def test_a_cluster_that_loses_a_worker_on_the_way_comes_to_the_same_digits(tmp_path):
    rules, relations = policy.current().engagement, university(EVENTS).relations
    here = rows(engines.over(relations, rules))
    assert len(here) > 10_000
    shared, logs = tmp_path / "shared", tmp_path / "cluster"
    shared.mkdir()
    logs.mkdir()
    on_spark.lay(relations, shared)
    with cluster.running(logs) as running:
        spark = on_spark.session(running.address, **IMPATIENT)
        try:
            assert rows(on_spark.over(spark, shared, rules)) == here
            executors = spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1
            assert executors == 2
            killer = threading.Thread(target=_kill_when_busy, args=(spark, running))
            killer.start()
            again = rows(on_spark.over(spark, shared, rules))
            killer.join()
            assert again == here
            assert running.workers[1].poll() is not None
        finally:
            spark.stop()


def _kill_when_busy(spark, running):
    """Kill the second worker once tasks run."""
    tracker = spark.sparkContext.statusTracker()
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for stage in tracker.getActiveStageIds():
            found = tracker.getStageInfo(stage)
            if found and found.numActiveTasks:
                running.kill(1)
                return
        time.sleep(0.01)
    raise TimeoutError("no task ran")
