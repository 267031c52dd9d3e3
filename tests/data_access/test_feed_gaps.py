"""Gaps that an administrator records: missing at once, theirs to take back, and no load's to remove."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from auth.permissions import Action
from auth.refusals import GoneMeanwhile, NotOpenToYourRole, ReasonNeeded, StoreBusy
from auth.refusals.sources import DaysNotOver, NoSuchModule, NotByTheDay, RecordedAlready
from auth.viewer import Viewer
from data_access import feed_gaps, loads, ratings, source_gaps
from data_access.records import GapRecord, PersonRecord
from data_access.tables import AccessLine, FeedGap, ModuleWeek, StaleModule
from engagement.facts import Gap
from engagement.feeds import Silence
from engagement.gap_decisions import Record, TakeBack
from policy.days import day, number
from privacy.labels import Category, Source
from tests.cast import BEN, CAL, CAST, EVE, NOW, TERM, TODAY
from tests.data_access.loading import JOB, MONDAY, RECORDS, everything, online, rows

RATE = Viewer.service("rate")
DAYS = date(2026, 11, 10), TODAY
ALL = Gap(Source.ATTENDANCE, None, *DAYS, "The reader\n was broken")
OF_ONE = replace(ALL, system=Source.VLE, module="M1")


def record(gap: Gap = ALL, viewer: Viewer = EVE.viewer) -> None:
    feed_gaps.carry_out(viewer, Record(gap), NOW)


def latest(store, student=BEN) -> tuple[object, ...]:
    """Attendance, VLE and score of the student's last week."""
    of = rows(store, ModuleWeek, "week", "student", "attendance", "vle", "score")
    return max(row for row in of if row[1] == student.number)[2:]


def recorded(store) -> list[int]:
    return [number_of for number_of, run in rows(store, FeedGap, "id", "run") if run is None]


def test_what_is_recorded_counts_as_missing_and_what_is_taken_back_counts_again(rated):
    before = everything(rated, "feed_gap", "stale_module")
    assert latest(rated) == (10_000, 5_000, 7_857)
    record()
    assert latest(rated) == (None, 5_000, 5_000)
    assert rows(rated, StaleModule) == []
    record(OF_ONE)
    assert latest(rated) == (None, None, None)  # not enough data
    assert latest(rated, CAL) == (None, 5_000, 5_000)
    for number_of in recorded(rated):
        feed_gaps.carry_out(EVE.viewer, TakeBack(number_of), NOW)
    assert everything(rated, "feed_gap", "stale_module") == before


def test_it_says_who_recorded_it_and_why_on_the_page_of_sources_and_in_the_log(rated):
    record()
    (found,) = [one for one in source_gaps.gaps(EVE.viewer, NOW) if one.id is not None]
    assert found == Silence(
        Source.ATTENDANCE, None, *DAYS, "The reader was broken", found.id, by="eve", filled=2
    )
    with rated.session() as session:
        written = select(AccessLine.actor, AccessLine.category).where(AccessLine.action == Action.WRITE)
        assert any(category == Category.SOURCES for _, category in session.execute(written))


def test_one_that_is_older_than_what_is_shown_can_still_be_taken_back(rated):
    record(replace(ALL, first=TERM, last=TERM))
    later = NOW + timedelta(weeks=20)
    assert [one.first for one in source_gaps.gaps(EVE.viewer, later) if one.id is not None] == [TERM]


def test_its_modules_are_marked_in_the_same_transaction_and_only_since_its_first_day(rated, monkeypatch):
    def busy(*_: object) -> None:
        raise StoreBusy

    with monkeypatch.context() as patched:
        patched.setattr(ratings, "refresh_stale", busy)
        record(OF_ONE)
    assert rows(rated, StaleModule, "module", "since_day") == [(1, number(DAYS[0]))]
    assert latest(rated) == (10_000, 5_000, 7_857)
    early = number(TERM)
    untouched = ModuleWeek.module == 1, ModuleWeek.week == early
    with rated.session() as session, session.begin():
        session.scalars(select(ModuleWeek).where(*untouched)).one().score = 1
    assert ratings.refresh_stale(RATE, NOW) == 1
    assert latest(rated) == (10_000, None, 10_000)
    with rated.session() as session:
        assert session.scalars(select(ModuleWeek.score).where(*untouched)).one() == 1


@pytest.mark.parametrize(
    ("gap", "refusal"),
    [
        (replace(ALL, reason=" \n "), ReasonNeeded),
        (replace(ALL, last=DAYS[0] - timedelta(days=1)), DaysNotOver),
        (replace(ALL, last=TODAY + timedelta(days=1)), DaysNotOver),
        (replace(ALL, module="M9"), NoSuchModule),
        (replace(ALL, system=Source.TIMETABLE), NotByTheDay),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_changes(rated, gap, refusal):
    before = everything(rated)
    with pytest.raises(refusal) as refused:
        record(gap)
    assert refused.value.sentence.endswith(".")
    assert everything(rated) == before


def test_the_same_gap_is_recorded_once_and_taken_back_once(rated):
    record()
    with pytest.raises(RecordedAlready):
        record()
    (number_of,) = recorded(rated)
    feed_gaps.carry_out(EVE.viewer, TakeBack(number_of), NOW)
    with pytest.raises(GoneMeanwhile):
        feed_gaps.carry_out(EVE.viewer, TakeBack(number_of), NOW)


def test_nobody_but_an_administrator_records_a_gap_or_takes_one_back(rated):
    record()
    (number_of,) = recorded(rated)
    before = rows(rated, FeedGap)
    for member in CAST:
        if member is EVE:
            continue
        for decided in (Record(OF_ONE), TakeBack(number_of)):
            with pytest.raises(NotOpenToYourRole):
                feed_gaps.carry_out(member.viewer, decided, NOW)
    assert rows(rated, FeedGap) == before


# A load, and what a person recorded.


def test_a_load_removes_its_own_gaps_and_none_that_a_person_recorded(store):
    of_load = GapRecord("CS1", day(MONDAY), day(MONDAY + 1), "Silent")
    loads.store_together(JOB, [RECORDS, online((MONDAY, 5), gaps=(of_load,))], NOW)
    record(Gap(Source.VLE, "CS1", day(MONDAY), day(MONDAY + 2), "Half of the export"))
    loads.store(JOB, online((MONDAY, 5), (MONDAY + 1, 3)), NOW + timedelta(hours=1))
    assert [(run, why) for run, why in rows(store, FeedGap, "run", "reason")] == [
        (None, "Half of the export")
    ]
    with pytest.raises(GoneMeanwhile):
        feed_gaps.carry_out(EVE.viewer, TakeBack(99), NOW)


def test_data_that_come_for_these_days_do_not_count_until_it_is_taken_back_and_the_page_says_so(store):
    loads.store_together(JOB, [RECORDS, online((MONDAY - 30, 5))], NOW)
    gap = Gap(Source.VLE, "CS1", day(MONDAY - 3), day(MONDAY + 5), "No export")
    record(gap)
    loads.store(JOB, online((MONDAY, 5), (MONDAY + 1, 3)), NOW + timedelta(hours=1))
    ratings.refresh(RATE, NOW)

    def active() -> list[object]:
        """Days active in the last window, and what is expected of it."""
        of = [r for r in rows(store, ModuleWeek, "week", "module", "active_days", "usual_halves") if r[1] > 3]
        return list(max(of)[2:])

    assert active() == [0, None]
    (found,) = [one for one in source_gaps.gaps(EVE.viewer, NOW) if one.id is not None]
    assert found.filled == 2
    feed_gaps.carry_out(EVE.viewer, TakeBack(found.id), NOW)
    assert active() == [2, 8]


def test_a_gap_of_a_load_is_not_a_persons_to_take_back(store):
    of_load = GapRecord("CS1", day(MONDAY), day(MONDAY + 1), "Silent")
    loads.store_together(JOB, [RECORDS, online((MONDAY, 5), gaps=(of_load,))], NOW)
    ((number_of, _),) = rows(store, FeedGap, "id", "run")
    with pytest.raises(GoneMeanwhile):
        feed_gaps.carry_out(EVE.viewer, TakeBack(number_of), NOW)


def test_a_gap_recorded_while_a_load_is_prepared_makes_the_load_ask_to_be_run_again(store):
    class Recorded(list[PersonRecord]):
        """People during whose reading an administrator records a gap."""

        def __iter__(self):
            if not recorded(store):
                record()
            return super().__iter__()

    with pytest.raises(loads.LoadedMeanwhile):
        loads.store(JOB, replace(RECORDS, people=Recorded(RECORDS.people)), NOW)
    assert len(recorded(store)) == 1
