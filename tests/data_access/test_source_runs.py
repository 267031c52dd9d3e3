"""What came of the loads, as the administrator is told it: on time or late, loads, gaps and unknown keys."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import delete, update

from auth.refusals import NotOpenToYourRole
from data_access import source_gaps, source_runs
from data_access.records import REPLAY
from data_access.tables import (
    FeedGap,
    LoadRun,
    ModuleKey,
    QuarantinedRow,
    RunState,
    SourceKey,
    TimetableEvent,
    UnmatchedKey,
    VleDay,
    Waiting,
)
from engagement.feeds import Punctual, Silence, Unmatched
from policy.days import number
from privacy.labels import SYSTEMS, Source
from tests.cast import ADA, AVI, BEN, EVE, MO, NOW, ROS, SUE, TIM, TODAY, TOM

LOADED = NOW - timedelta(hours=4)
LATER = NOW + timedelta(days=2)


def add(store, *rows):
    with store.session() as session, session.begin():
        for row in rows:
            session.add(row)
            session.flush()


def load(number, system=Source.VLE, at=NOW, **changes):
    values = {
        "id": number,
        "system": system,
        "format": "test",
        "file": "later.csv",
        "sha256": "9" * 64,
        "started_at": at,
        "finished_at": at,
        "state": RunState.LOADED,
        "started_by": "eve",
        "rows": 10,
        "accepted": 8,
        "quarantined": 2,
        "data_up_to": None,
    }
    return LoadRun(**values | changes)


def refused(number, run=2, state=Waiting.WAITING):
    return QuarantinedRow(
        id=number,
        run=run,
        system=Source.VLE,
        file="later.csv",
        line=number,
        sheet="days",
        key="w1",
        field="day",
        kind="not_a_day",
        advice="Write the day.",
        value="x",
        cells="{}",
        state=state,
    )


def feed(system, at=NOW):
    return next(f for f in source_runs.feeds(EVE.viewer, at) if f.system is system)


def test_each_system_is_on_time_until_its_own_hours_have_passed(store):
    assert [f.system for f in source_runs.feeds(EVE.viewer, NOW)] == list(SYSTEMS)
    due = LOADED + timedelta(hours=26)
    assert feed(Source.VLE).due == due
    for at, state in ((due, Punctual.ON_TIME), (due + timedelta(minutes=1), Punctual.LATE)):
        assert feed(Source.VLE, at).punctual(at) is state
    assert feed(Source.TIMETABLE, LATER).punctual(LATER) is Punctual.ON_TIME  # seven days


def test_a_system_that_was_never_loaded_says_so(store):
    with store.session() as session, session.begin():
        session.execute(update(LoadRun).where(LoadRun.system == Source.VLE).values(state=RunState.FAILED))
    found = feed(Source.VLE)
    assert (found.last, found.up_to, found.due, found.punctual(NOW)) == (None, None, None, Punctual.NEVER)


def test_a_load_without_news_keeps_a_system_on_time_and_a_replay_does_not(store):
    add(store, load(9, at=NOW, state=RunState.UNCHANGED))
    assert feed(Source.VLE).last.unchanged
    assert feed(Source.VLE).last.at == NOW
    add(store, load(10, Source.ATTENDANCE, format=REPLAY))
    assert feed(Source.ATTENDANCE).last.run == 4


def test_what_waits_is_counted_for_each_system(store):
    add(store, refused(1), refused(2), refused(3, state=Waiting.SET_ASIDE))
    assert [f.waiting for f in source_runs.feeds(EVE.viewer, NOW)] == [0, 2, 0, 0]


def test_the_loads_of_the_last_eight_weeks_come_the_latest_first_with_what_became_of_their_rows(store):
    add(store, load(9, corrected=3, late=1), load(10, at=NOW - timedelta(weeks=9)), load(11, format=REPLAY))
    told = source_runs.loads(EVE.viewer, NOW)
    assert [one.run for one in told] == [11, 9, 4, 3, 2, 1]
    assert told[0].mended
    one = told[1]
    assert (one.rows, one.accepted, one.quarantined, one.corrected, one.late) == (10, 8, 2, 3, 1)
    assert (one.by, one.at, one.mended, one.unchanged) == ("eve", NOW, False, False)


def test_a_key_that_belongs_to_nobody_is_told_until_somebody_has_it(store):
    early = NOW - timedelta(days=3)
    add(store, load(9, at=early), load(10), load(11, Source.ATTENDANCE))
    for run, noun, key, rows in (
        (9, "student", "w9", 7),
        (10, "student", "w9", 5),
        (10, "module", "M-x", 9),
        (11, "student", "w9", 1),
        (11, "class", "T-x", 2),
    ):
        add(store, UnmatchedKey(run=run, noun=noun, key=key, rows=rows))
    found, total = source_runs.unmatched(EVE.viewer, NOW)
    assert total == 4
    assert found == [
        Unmatched(Source.VLE, "module", "M-x", 9, NOW),
        Unmatched(Source.VLE, "student", "w9", 7, early),
        Unmatched(Source.ATTENDANCE, "class", "T-x", 2, NOW),
        Unmatched(Source.ATTENDANCE, "student", "w9", 1, NOW),
    ]
    add(store, SourceKey(system=Source.VLE, key="w9", person=BEN.number))
    add(store, ModuleKey(system=Source.VLE, key="M-x", module=1))
    assert [(u.system, u.key) for u in source_runs.unmatched(EVE.viewer, NOW)[0]] == [
        (Source.ATTENDANCE, "T-x"),
        (Source.ATTENDANCE, "w9"),
    ]
    add(store, SourceKey(system=Source.STUDENT_RECORDS, key="w9", person=BEN.number))
    assert [u.key for u in source_runs.unmatched(EVE.viewer, NOW)[0]] == ["T-x"]


def silent(system, at=NOW):
    return [(g.first, g.last, g.reason) for g in source_gaps.gaps(EVE.viewer, at) if g.system is system]


def test_a_taught_day_without_a_row_of_the_vle_is_told_and_days_in_a_row_are_one(store):
    with store.session() as session, session.begin():
        session.execute(delete(VleDay))
    days = [TODAY - timedelta(days=n) for n in range(1, 15) if n not in (3, 4, 5, 9)]
    add(store, *(VleDay(student=BEN.number, module=1, day=number(on), views=1, run=2) for on in days))
    assert silent(Source.VLE) == [
        (date(2026, 11, 18), date(2026, 11, 20), ""),
        (date(2026, 11, 14), date(2026, 11, 14), ""),
    ]


def test_before_its_first_data_and_in_a_reading_week_nothing_is_expected(store):
    with store.session() as session, session.begin():
        session.execute(delete(VleDay).where(VleDay.student == TIM.number))
        session.execute(delete(VleDay).where(VleDay.day > number(date(2026, 10, 25))))
        session.execute(delete(VleDay).where(VleDay.day < number(date(2026, 10, 14))))
    at = datetime(2026, 11, 2, 12, tzinfo=NOW.tzinfo)
    assert silent(Source.VLE, at) == [
        (date(2026, 10, 22), date(2026, 10, 25), ""),
        (date(2026, 10, 15), date(2026, 10, 20), ""),
    ]


def test_a_gap_on_record_comes_with_its_reason_and_module_and_is_not_told_twice(store):
    with store.session() as session, session.begin():
        session.execute(delete(VleDay).where(VleDay.day > number(date(2026, 11, 11))))
    first, last = date(2026, 11, 12), date(2026, 11, 20)
    gap = {"first": first, "last": last}
    add(
        store,
        FeedGap(system=Source.VLE, module=None, reason="The server was moved.", **gap),
        FeedGap(system=Source.ATTENDANCE, module=2, reason="No reader.", **gap),
    )
    found = source_gaps.gaps(EVE.viewer, NOW)
    assert [g for g in found if g.system is Source.VLE][:2] == [
        Silence(Source.VLE, None, date(2026, 11, 21), date(2026, 11, 22), ""),
        Silence(Source.VLE, None, first, last, "The server was moved.", id=1),
    ]
    assert Silence(Source.ATTENDANCE, "M2", first, last, "No reader.", id=2, filled=1) in found


def test_registers_are_expected_on_days_with_classes_alone(store):
    assert silent(Source.ATTENDANCE) == []
    starts = datetime(2026, 11, 19, 9, tzinfo=NOW.tzinfo)
    events = [
        TimetableEvent(
            id=900 + n,
            key=f"X{n}",
            module=1,
            day=number(starts.date()) + n,
            starts_at=starts + timedelta(days=n),
            ends_at=starts + timedelta(days=n, hours=1),
            kind="Lecture",
            cancelled=n == 1,
            run=3,
        )
        for n in (0, 1)
    ]
    add(store, *events)
    assert silent(Source.ATTENDANCE) == [(date(2026, 11, 19), date(2026, 11, 19), "")]


def test_what_is_loaded_whole_is_silent_on_the_days_on_which_its_load_was_overdue(store):
    add(store, load(9, Source.STUDENT_RECORDS, NOW - timedelta(days=10)))
    assert silent(Source.STUDENT_RECORDS) == [(date(2026, 11, 15), date(2026, 11, 22), "")]
    assert silent(Source.TIMETABLE) == []


@pytest.mark.parametrize("member", [ADA, TOM, SUE, AVI, MO, ROS, BEN], ids=lambda m: m.given)
def test_only_an_administrator_is_told(store, member):
    for ask in (source_runs.feeds, source_runs.loads, source_runs.unmatched, source_gaps.gaps):
        with pytest.raises(NotOpenToYourRole):
            ask(member.viewer, NOW)
