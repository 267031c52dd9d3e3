"""The relations of students as tables of a database, by the keys and with the index that the stored ones have."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv
from sqlalchemy import BigInteger, Column, Connection, Index, MetaData, Table

from bench import engine_data
from data_access.engine.inputs import columns

_KEYS = {"facts": ("student", "module", "day"), "registered": ("student", "module"), "work": ()}


def filled(connection: Connection, folder: Path) -> dict[str, Table]:
    """The three tables with everybody in them."""
    tables = {name: _table(name, key) for name, key in _KEYS.items()}
    for table in tables.values():
        table.create(connection)
    fill = _copied if connection.dialect.name == "postgresql" else _inserted
    for lot in engine_data.lots(folder):
        for name in tables:
            fill(connection.connection.driver_connection, name, lot[name])
    if fill is _copied:  # as it does by itself in the course of a night
        for name in tables:
            connection.exec_driver_sql(f"ANALYZE {name}")
    connection.commit()
    return tables


def _table(name: str, key: tuple[str, ...]) -> Table:
    made = Table(
        name,
        MetaData(),
        *(Column(c, BigInteger, primary_key=c in key, autoincrement=False) for c in columns(name)),
        sqlite_with_rowid=not key,
    )
    Index(None, made.c.module, *([made.c.day] if name == "facts" else []))
    return made


def _inserted(driver: Any, name: str, rows: pa.Table) -> None:
    places = ", ".join("?" * rows.num_columns)
    values = zip(*(column.to_pylist() for column in rows.columns), strict=True)
    driver.executemany(f"INSERT INTO {name} VALUES ({places})", values)


def _copied(driver: Any, name: str, rows: pa.Table) -> None:
    text = BytesIO()
    csv.write_csv(rows, text, csv.WriteOptions(include_header=False))
    with driver.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv)") as copy:
        copy.write(text.getvalue())
