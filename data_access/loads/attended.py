"""Who came, as rows: what registers say, and what was worked out from card swipes, which no register loses to."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import duckdb
import pyarrow as pa
from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from data_access.engine.bounded import Columns, distinct
from data_access.loads import bulk
from data_access.loads.bulk import SLICE, Bulk
from data_access.loads.changes import table_of
from data_access.loads.numbers import Nouns
from data_access.records import AttendanceRecord, Batch
from data_access.tables import Attendance, LoadedSheet, Register

Place = tuple[int, int]
"""A student's number and a class's."""

_SHEETS = ("registers", "swipes")
_BETTER = {Register.ABSENT: 0, Register.LATE: 1, Register.PRESENT: 2}
"""Cards that are read later can show that somebody came after all, or sooner; never that they did not."""

_KEYS = 2_000  # classes in one question
_TOLD = pa.schema([(name, pa.string()) for name in ("student", "event", "register")])

_STORED = "CREATE OR REPLACE TABLE stored (student INTEGER, event INTEGER, register VARCHAR, by_card BOOLEAN)"
_CHANGED = f"""
WITH register AS (SELECT * FROM registers WHERE {SLICE}), card AS (SELECT * FROM cards WHERE {SLICE}),
before AS (SELECT * FROM stored WHERE {SLICE}),
said AS (
    SELECT student, event, register.register AS register, card.register AS card,
        before.register AS stored, coalesce(before.by_card, false) AS by_card
    FROM register FULL JOIN card USING (student, event) LEFT JOIN before USING (student, event)
)
SELECT student, event, written AS register, said.stored IS NULL AS fresh
FROM said JOIN cases ON cases.register IS NOT DISTINCT FROM said.register
    AND cases.card IS NOT DISTINCT FROM said.card AND cases.stored IS NOT DISTINCT FROM said.stored
    AND cases.by_card = said.by_card
"""  # noqa: S608 - the parts are ours
_TWICE = """
SELECT 1 FROM (SELECT student = lag(student) OVER () AND event = lag(event) OVER () AS same FROM {waiting})
WHERE same LIMIT 1
"""


@dataclass(frozen=True)
class Stored:
    """What is stored of a student at a class; `by_card` where no register has said or confirmed it."""

    register: Register
    by_card: bool


def change(
    session: Session, nouns: Nouns, batch: Batch, run: int, scratch: duckdb.DuckDBPyConnection
) -> Bulk:
    """What registers say replaces what is stored; what cards say fills what no register has told.

    “Not recorded” tells nothing: it gives way to cards, and does not undo what they said.
    """
    registers, cards = _columns(batch.attendance), _columns(batch.swiped)
    bulk.number(scratch, "registers", registers, student=nouns.people, event=nouns.events)
    bulk.number(scratch, "cards", cards, student=nouns.people, event=nouns.events)
    scratch.execute(_STORED)
    _store(session, nouns, distinct(registers, "event") | distinct(cards, "event"), scratch)
    scratch.register("cases", _cases())
    table = table_of(Attendance.event)
    found = bulk.waiting(scratch, table, "register", run, ("event",), _CHANGED, "registers", "cards")
    if scratch.execute(_TWICE.format(waiting=found.waiting)).fetchall():
        raise ValueError("two registers tell of the same student at the same class")
    return found


def _columns(told: Columns | Sequence[AttendanceRecord]) -> Columns:
    if not isinstance(told, Sequence):
        return told
    rows = zip(*((one.student, one.event, one.register.value) for one in told), strict=True)
    return pa.table(list(rows) or [[], [], []], schema=_TOLD)


def _store(
    session: Session, nouns: Nouns, events: Collection[str], scratch: duckdb.DuckDBPyConnection
) -> None:
    """What is stored of these classes; `by_card` where no register has said or confirmed it."""
    from_cards, a = _runs_of_cards(session) if events else set(), Attendance
    by_card = a.run.in_(from_cards).label("by_card")
    question = select(a.student, a.event, type_coerce(a.register, String).label("register"), by_card)
    numbers = sorted(nouns.events[event] for event in events)
    for start in range(0, len(numbers), _KEYS):
        some = question.where(a.event.in_(numbers[start : start + _KEYS]))
        bulk.store(session, scratch, some, "stored")


def _cases() -> pa.Table:
    """What has to be written in every case, where anything has: `settled`, for as many rows as there may be."""
    before = [None, *(Stored(register, by_card) for register in Register for by_card in (False, True))]
    place = (0, 0)
    found = []
    for register, card, stored in product((None, *Register), (None, *_BETTER), before):
        registers, cards = ({place: one} if one else {} for one in (register, card))
        for _, written in settled(registers, cards, {place: stored} if stored else {}):
            was = (stored.register, stored.by_card) if stored else (None, False)
            found.append((register, card, *was, written))
    names = ("register", "card", "stored", "by_card", "written")
    return pa.table(dict(zip(names, zip(*found, strict=True), strict=True)))


def _runs_of_cards(session: Session) -> set[int]:
    """The runs that brought swipes and no registers: what they stored, no register has said or confirmed."""
    sheets = select(LoadedSheet.run, LoadedSheet.sheet).where(LoadedSheet.sheet.in_(_SHEETS))
    rows = session.execute(sheets).all()
    registers = {row.run for row in rows if row.sheet == _SHEETS[0]}
    return {row.run for row in rows} - registers


def settled(
    registers: Mapping[Place, Register], cards: Mapping[Place, Register], stored: Mapping[Place, Stored]
) -> Iterator[tuple[Place, Register]]:
    """What has to be written, and where: nothing where it would be the same, or no better than a register."""
    for place, register in registers.items():
        before = stored.get(place)
        told = register is not Register.NOT_RECORDED
        if not told and place in cards and _fills(before, cards[place]):
            yield place, cards[place]
        elif before is None or (told and before.by_card):
            yield place, register  # also where it confirms a card: from now on it is the register's word
        elif before.register is not register and not before.by_card and (told or place not in cards):
            yield place, register
    for place, register in cards.items():
        if place not in registers and _fills(stored.get(place), register):
            yield place, register


def _fills(before: Stored | None, register: Register) -> bool:
    """Whether what a card says may be written where this is stored."""
    if before is None or before.register is Register.NOT_RECORDED:
        return True
    return before.by_card and _BETTER[register] > _BETTER.get(before.register, 2)
