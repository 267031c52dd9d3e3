"""What the engines are compared on, as Parquet: the relations of the measure, in lots of modules that go together."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import BigInteger, Executable, cast, select
from sqlalchemy.orm import Session

import data_access
import policy
from bench import kernel_data, load_phases
from data_access import database, reach, taught_modules
from data_access.engine import rating, stored
from data_access.engine.inputs import Inputs, columns
from data_access.engine.windows import Windows, windows
from data_access.tables import ModuleWeek
from policy.days import london_day
from policy.settings import Settings

STORED = "stored"
"""Beside the folder of OULAD's relations: what the load itself rated and stored."""
_RELATIONS = tuple(field.name for field in fields(Inputs))
_TOGETHER = 3  # presentations of OULAD in a lot: about as many students as the ratings work out at once
Lot = dict[str, pa.Table]


def generated(folder: Path, size: int) -> None:
    """Write a university of about so many daily facts."""
    kernel_data.main(folder, size)
    _write(folder, (_columns(kernel_data.windows_of(modules(lot))) for lot in _read(folder, ("registered",))))


def oulad(folder: Path, source: Path, home: Path) -> None:
    """Load OULAD as everybody does, rate it, and write what its ratings were worked out from."""
    load_phases.store(home, source)
    load_phases.rate(home, source)
    data_access.start(Settings(home=home))
    folder.mkdir(parents=True, exist_ok=True)
    with Session(database.stores().core) as session:
        begun = sorted(taught_modules.begun(session, london_day(load_phases.AT)))
        lots = [begun[first : first + _TOGETHER] for first in range(0, len(begun), _TOGETHER)]
        _write(folder, (_as_stored(session, lot) for lot in lots))
        rated = select(*[cast(getattr(ModuleWeek, name), BigInteger) for name in rating.COLUMNS])
        pq.write_table(_table(rating.COLUMNS, session.execute(rated)), folder.with_name(STORED))


def lots(folder: Path) -> Iterator[Lot]:
    """The relations lot by lot."""
    return _read(folder, _RELATIONS)


def modules(lot: Lot) -> list[int]:
    """The modules that the students of a lot are on."""
    return sorted(lot["registered"]["module"].unique().to_pylist())


def _as_stored(session: Session, those: list[int]) -> Lot:
    connection, now = session.connection(), policy.current()
    taught = taught_modules.taught(session, dict.fromkeys(those, 0))
    looked_at = windows(taught, now.engagement, now.calendar, london_day(load_phases.AT))
    asked: dict[str, Executable] = {
        "facts": stored.facts(those, looked_at.first),
        "registered": stored.registered(those),
        "work": stored.work(those, reach.told_before(connection)),
    }
    return {name: stored.read(connection, name, each) for name, each in asked.items()} | _columns(looked_at)


def _columns(looked_at: Windows) -> Lot:
    return {field.name: getattr(looked_at, field.name) for field in fields(Windows)}


def _table(names: Iterable[str], rows: Iterable[tuple[int | None, ...]]) -> pa.Table:
    values = zip(*rows, strict=True)
    return pa.table({name: pa.array(v, pa.int64()) for name, v in zip(names, values, strict=True)})


def _read(folder: Path, names: tuple[str, ...]) -> Iterator[Lot]:
    files = {name: pq.ParquetFile(folder / f"{name}.parquet") for name in names}
    for lot in range(files[names[0]].num_row_groups):
        yield {name: file.read_row_group(lot) for name, file in files.items()}


def _write(folder: Path, made: Iterable[Mapping[str, pa.Table]]) -> None:
    """Each relation as a file, each lot as one row group of it."""
    files: dict[str, pq.ParquetWriter] = {}
    for lot in made:
        for name, rows in lot.items():
            if name not in files:
                schema = pa.schema([(column, pa.int64()) for column in columns(name)])
                files[name] = pq.ParquetWriter(folder / f"{name}.parquet", schema)
            files[name].write_table(rows)
    for file in files.values():
        file.close()
