"""Registers and cards in the store: a register always wins, cards fill what it left open, and nothing comes twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select

from data_access import loads
from data_access.loads.attended import Stored, settled
from data_access.loads.known import known
from data_access.records import (
    AttendanceRecord,
    Batch,
    PersonRecord,
    RegistrationRecord,
    ServiceUseRecord,
    SheetRecord,
)
from data_access.tables import Attendance, Register, RunState, ServiceUse, TimetableEvent
from policy.days import number
from privacy.labels import Source
from tests.cast import NOW
from tests.data_access.loading import CLASSES, JOB, LATER, RECORDS, everything, rows

PRESENT, LATE, ABSENT = Register.PRESENT, Register.LATE, Register.ABSENT
AUTHORISED, UNKNOWN = Register.AUTHORISED, Register.NOT_RECORDED
DAY = number(date(2026, 10, 6))


def told(
    registers: Register | None = None, cards: Register | None = None, use: Sequence[ServiceUseRecord] = ()
) -> Batch:
    """What one file of the attendance system says of Kim at the lecture: the register, the cards, or both."""
    sheets = {"registers": registers, "swipes": cards}
    return replace(
        CLASSES,
        system=Source.ATTENDANCE,
        events=(),
        taken_at=NOW,
        sheets=[SheetRecord(sheet, 1, DAY, DAY) for sheet, says in sheets.items() if says],
        attendance=[AttendanceRecord("kim", "lecture", registers)] if registers else [],
        swiped=[AttendanceRecord("kim", "lecture", cards)] if cards else [],
        service_uses=use,
        sha256=f"{registers}{cards}",
    )


@pytest.fixture
def taught(store):
    """Kim, registered, and her lecture; nothing is said of her attendance."""
    loads.store_together(JOB, [RECORDS, replace(CLASSES, attendance=())], NOW)
    return store


def stored(store) -> Register | None:
    event = select(TimetableEvent.id).where(TimetableEvent.key == "lecture").scalar_subquery()
    with store.session() as session:
        register: Register | None = session.scalar(
            select(Attendance.register).where(Attendance.event == event)
        )
        return register


@pytest.mark.parametrize("register", [PRESENT, LATE, ABSENT, AUTHORISED])
@pytest.mark.parametrize("cards", [PRESENT, LATE, ABSENT])
@pytest.mark.parametrize("order", ["register first", "cards first", "together"])
def test_a_register_always_wins(taught, register, cards, order):
    if order == "together":
        loads.store(JOB, told(register, cards), NOW)
    else:
        first, second = told(register), told(cards=cards)
        for batch in (first, second) if order == "register first" else (second, first):
            loads.store(JOB, batch, NOW)
    assert stored(taught) is register
    assert loads.store(JOB, told(cards=cards), LATER).state is RunState.UNCHANGED
    assert stored(taught) is register


@pytest.mark.parametrize("cards", [PRESENT, LATE, ABSENT])
@pytest.mark.parametrize("order", ["register first", "cards first", "together"])
def test_cards_fill_what_the_register_did_not_record(taught, cards, order):
    if order == "together":
        loads.store(JOB, told(UNKNOWN, cards), NOW)
    else:
        first, second = told(UNKNOWN), told(cards=cards)
        for batch in (first, second) if order == "register first" else (second, first):
            loads.store(JOB, batch, NOW)
    assert stored(taught) is cards


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        (ABSENT, PRESENT, PRESENT),  # the log of the other door comes later
        (ABSENT, LATE, LATE),
        (LATE, PRESENT, PRESENT),  # a swipe before the one that was known
        (PRESENT, LATE, PRESENT),
        (PRESENT, ABSENT, PRESENT),
    ],
)
def test_cards_that_are_read_later_put_right_what_cards_said_and_never_lower_it(taught, first, second, left):
    loads.store(JOB, told(cards=first), NOW)
    loads.store(JOB, told(cards=second), LATER)
    assert stored(taught) is left


def test_what_a_register_confirms_is_its_own_from_then_on(taught):
    loads.store(JOB, told(cards=ABSENT), NOW)
    loads.store(JOB, told(ABSENT), NOW)
    loads.store(JOB, told(cards=PRESENT), LATER)
    assert stored(taught) is ABSENT


@pytest.mark.parametrize("batch", [told(PRESENT, LATE), told(UNKNOWN, LATE), told(cards=LATE), told(UNKNOWN)])
def test_the_same_file_again_changes_nothing(taught, batch):
    assert loads.store(JOB, batch, NOW).state is RunState.LOADED
    before = everything(taught, "load_run", "loaded_sheet")
    assert loads.store(JOB, batch, LATER).state is RunState.UNCHANGED
    assert everything(taught, "load_run", "loaded_sheet") == before


def test_two_registers_of_one_student_at_one_class_are_no_batch(taught):
    twice = [AttendanceRecord("kim", "lecture", said) for said in (PRESENT, ABSENT)]
    with pytest.raises(ValueError, match="two registers"):
        loads.store(JOB, replace(told(), attendance=twice), NOW)
    assert stored(taught) is None


REGISTERS = some.sampled_from(Register)
CARDS = some.sampled_from([PRESENT, LATE, ABSENT])
WORTH = {ABSENT: 0, LATE: 1, PRESENT: 2}


@given(some.none() | REGISTERS, some.none() | REGISTERS, some.booleans(), some.none() | CARDS)
def test_a_swipe_never_lowers_what_a_register_gave(register, before, by_card, card):
    place = (1, 2)
    by_card = by_card and before in WORTH
    written = dict(
        settled(
            {place: register} if register else {},
            {place: card} if card else {},
            {place: Stored(before, by_card)} if before else {},
        )
    )
    left = written.get(place, before)
    if register and register is not UNKNOWN:
        assert left is register
    elif card and before and (before is not UNKNOWN) and not by_card:
        assert left is before
    elif card and before in WORTH and by_card:
        assert left is max(card, before, key=WORTH.__getitem__)
    elif card:
        assert left is card
    elif by_card:
        assert left is before
    else:
        assert left is (register or before)
    if left is before and not (by_card and register in WORTH):
        assert written == {}


def test_services_are_stored_by_student_and_day_and_a_corrected_count_replaces_the_first(taught):
    loads.store(JOB, told(use=[ServiceUseRecord("kim", "library", DAY, 2)]), NOW)
    run = loads.store(JOB, told(use=[ServiceUseRecord("kim", "library", DAY, 3)]), LATER).run
    assert rows(taught, ServiceUse, "service", "day", "count", "run") == [("library", DAY, 3, run)]


def test_what_swipes_are_held_against_is_of_those_days_and_without_cancelled_classes(taught):
    other = replace(CLASSES.events[0], key="other", room="G1", cancelled=True)
    second = replace(
        CLASSES.events[0], key="second", room="G1", starts_at=datetime(2026, 10, 7, 9, tzinfo=UTC)
    )
    second = replace(second, ends_at=datetime(2026, 10, 7, 10, tzinfo=UTC))
    loads.store(JOB, replace(CLASSES, attendance=(), events=[other, second]), NOW)
    loads.store(
        JOB,
        replace(
            RECORDS,
            people=[*RECORDS.people, PersonRecord("lee", "Lee", "Osei")],
            registrations=[RegistrationRecord("lee", "CS1", "E-kim", date(2026, 9, 28), date(2026, 10, 2))],
        ),
        NOW,
    )
    found = known(JOB, Source.ATTENDANCE, NOW).taught({DAY, DAY + 1})
    mine = [row for row in found.classes.to_pylist() if row["module"] == "CS1"]
    assert [(row["event"], row["room"], row["day"]) for row in mine] == [
        ("lecture", None, DAY),
        ("second", "G1", DAY + 1),
    ]
    assert [row["starts"] for row in mine] == [CLASSES.events[0].starts_at, second.starts_at]
    assert {row["module"] for row in found.classes.to_pylist()} == {"CS1", "M1", "M2", "M3"}
    first = number(date(2026, 9, 21))
    assert sorted(found.registered.to_pylist(), key=lambda row: row["student"]) == [
        {"student": "kim", "module": "CS1", "first": first, "last": None},
        {"student": "lee", "module": "CS1", "first": first + 7, "last": first + 11},
    ]
    nothing = known(JOB, Source.ATTENDANCE, NOW).taught(set())
    assert (len(nothing.classes), len(nothing.registered)) == (0, 0)
