"""The measure on a Spark cluster: for a group of universities that has outgrown one machine. An optional extra."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession

from data_access.engine import rating
from data_access.engine.dialects import Spark, written
from data_access.engine.inputs import named
from policy.engagement import Engagement

_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "8",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    # The rule breaks its own plan where counts and what was counted are joined again (Spark 4.3).
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.RemoveRedundantAliases",
}


def session(master: str, **settings: str) -> SparkSession:
    """A session on the cluster at `master`, such as `spark://127.0.0.1:7077` or `local[2]`."""
    builder = SparkSession.builder.master(master).appName("Learner Analytics")
    for name, value in (_SETTINGS | settings).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def lay(relations: Mapping[str, pa.Table], folder: Path) -> None:
    """Lay the relations of `engine.inputs` into a folder that every worker reads, as Parquet."""
    for name, relation in relations.items():
        pq.write_table(relation, folder / f"{name}.parquet")


def over(spark: SparkSession, folder: Path, rules: Engagement) -> pa.Table:
    """Rate whoever the relations in that folder tell of: the same text as everywhere, the same digits."""
    for path in folder.glob("*.parquet"):
        spark.read.parquet(str(path)).createOrReplaceTempView(path.stem)
    rated = spark.sql(written(rating.module_weeks(named(), rules), Spark())).toArrow()
    return rated.cast(pa.schema([(name, pa.int64()) for name in rating.COLUMNS]))
