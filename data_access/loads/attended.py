"""Who came, as rows: what registers say, and what was worked out from card swipes, which no register loses to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.loads.changes import Change, Values, look_up, table_of
from data_access.loads.numbers import Nouns
from data_access.records import AttendanceRecord, Batch
from data_access.tables import Attendance, LoadedSheet, Register

Place = tuple[int, int]
"""A student's number and a class's."""

_SHEETS = ("registers", "swipes")
_BETTER = {Register.ABSENT: 0, Register.LATE: 1, Register.PRESENT: 2}
"""Cards that are read later can show that somebody came after all, or sooner; never that they did not."""


@dataclass(frozen=True)
class Stored:
    """What is stored of a student at a class; `by_card` where no register has said or confirmed it."""

    register: Register
    by_card: bool


def changes(session: Session, nouns: Nouns, batch: Batch, run: int) -> list[Change]:
    """What registers say replaces what is stored; what cards say fills what no register has told.

    “Not recorded” tells nothing: it gives way to cards, and does not undo what they said.
    """
    registers, cards = _told(session, nouns, batch)
    stored = _stored(session, {event for _, event in (*registers, *cards)})
    fresh: list[Values] = []
    other: list[Values] = []
    was: list[Values] = []
    for place, register in settled(registers, cards, stored):
        row = _row(place, register) | {"run": run}
        if place in stored:
            other.append(row)
            was.append(_row(place, stored[place].register))
        else:
            fresh.append(row)
    table = table_of(Attendance.student)
    return [Change(table, ("student", "event"), insert=fresh, update=other, was=was)]


def _row(place: Place, register: Register) -> Values:
    student, event = place
    return {"student": student, "event": event, "register": register}


def _told(
    session: Session, nouns: Nouns, batch: Batch
) -> tuple[dict[Place, Register], dict[Place, Register]]:
    nouns.people.learn(one.student for told in (batch.attendance, batch.swiped) for one in told)
    nouns.events.learn(one.event for told in (batch.attendance, batch.swiped) for one in told)

    def place(one: AttendanceRecord) -> Place:
        return nouns.people[one.student], nouns.events[one.event]

    registers = {place(one): one.register for one in batch.attendance}
    if len(registers) != len(batch.attendance):
        raise ValueError("two registers tell of the same student at the same class")
    cards = {place(one): one.register for one in batch.swiped}
    return registers, cards


def _stored(session: Session, events: set[int]) -> dict[Place, Stored]:
    from_cards = _runs_of_cards(session) if events else set()
    a = Attendance
    question = select(a.student, a.event, a.register, a.run)
    return {
        (row.student, row.event): Stored(row.register, row.run in from_cards)
        for row in look_up(session, question, a.event, events)
    }


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
