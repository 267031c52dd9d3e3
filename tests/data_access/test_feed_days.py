"""Days of which a whole system told nothing: they lower nobody, bring about no suggestion, and are no noughts."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update

from auth.viewer import Viewer
from data_access import ratings, suggesting, timelines, tutees
from data_access.known_days import KnownDays
from data_access.tables import (
    Attendance,
    EnrolmentWeek,
    FeedDay,
    ModuleWeek,
    Register,
    StaleModule,
    SuggestedTalk,
    TimetableEvent,
    VleDay,
)
from engagement.facts import Gap
from engagement.feeds import Heard
from engagement.lanes import Known
from engagement.suggestion import Rule
from engagement.tutee import Attention
from policy.days import day, number
from privacy.labels import Source
from tests.cast import ADA, BEN, NOW, TERM, TIM, TODAY
from tests.conftest import University
from tests.data_access.loading import rows

JOB = Viewer.service("rate")
DAY = timedelta(days=1)
HOLE = date(2026, 11, 9), date(2026, 11, 15)
STALLED = date(2026, 11, 9), TODAY


def without_vle(store: University, days: tuple[date, date], *only: object) -> None:
    """Nothing came of these days: of those people alone, or of anybody."""
    store.change(delete(VleDay).where(VleDay.day.between(*map(number, days)), *only))


def weeks(store: University) -> dict[tuple[int, int, int], tuple[int | None, int | None]]:
    """The VLE part and the score of every week of every student."""
    found = rows(store, ModuleWeek, "student", "module", "week", "vle", "score")
    return {(student, module, week): (vle, score) for student, module, week, vle, score in found}


def heard(store: University, system: Source, said: Heard) -> list[date]:
    of = rows(store, FeedDay, "system", "day", "heard")
    return [day(on) for found, on, what in of if found is system and what is said]


@pytest.mark.parametrize("silence", [HOLE, STALLED], ids=["a hole of seven days", "a feed that is stalled"])
def test_days_of_which_the_whole_vle_told_nothing_lower_nobody(store, silence):
    """The same silence taken for noughts does: somebody else was on the VLE, so that it had told of these days."""
    without_vle(store, silence, VleDay.student != TIM.number)
    ratings.refresh(JOB, NOW)
    noughts = weeks(store)
    without_vle(store, silence)
    ratings.refresh(JOB, NOW)
    known = weeks(store)
    assert known.keys() == noughts.keys()
    for key, (vle, score) in known.items():
        assert vle is None or vle >= noughts[key][0]
        assert score >= noughts[key][1]
    ben = BEN.number, 1, number(TODAY)
    assert known[ben][1] > noughts[ben][1]
    assert (known[ben][0] is None) is (silence is STALLED)  # of the hole's window eight days were told


def test_registers_that_do_not_come_lower_nobody(store):
    """Absences would: of classes without a register nothing is expected."""
    late = select(TimetableEvent.id).where(TimetableEvent.day >= number(HOLE[0]))
    store.change(update(Attendance).where(Attendance.event.in_(late)).values(register=Register.ABSENT))
    ratings.refresh(JOB, NOW)
    noughts = weeks(store)
    store.change(delete(Attendance).where(Attendance.event.in_(late)))
    ratings.refresh(JOB, NOW)
    known = weeks(store)
    assert all(score >= noughts[key][1] for key, (_, score) in known.items())
    assert known[BEN.number, 1, number(TODAY)] == (5_000, 5_000)  # the VLE is left, attendance is absent
    assert heard(store, Source.ATTENDANCE, Heard.PAUSE) == [date(2026, 11, 10), date(2026, 11, 17)]


def test_before_the_first_data_of_the_vle_nothing_is_held_against_anybody(store):
    store.change(delete(VleDay))
    ratings.refresh(JOB, NOW)
    assert {vle for vle, _ in weeks(store).values()} == {None}
    assert {said for of, said in rows(store, FeedDay, "system", "heard") if of is Source.VLE} == {
        Heard.SILENT
    }


def test_the_timeline_shows_a_silence_as_days_without_data_and_compares_nothing_with_them(store):
    without_vle(store, STALLED)
    without_vle(store, (date(2026, 10, 5), date(2026, 10, 11)))
    ratings.refresh(JOB, NOW)
    year = timelines.year(ADA.viewer, BEN.id, NOW)
    yesterday = TODAY - DAY
    assert [gap for gap in year.gaps if gap.system is Source.VLE] == [
        Gap(Source.VLE, None, date(2026, 10, 5), date(2026, 10, 11), "", noted=True),
        Gap(Source.VLE, None, HOLE[0], yesterday, "", noted=True),  # that of today is not loaded yet
    ]
    known = {week.first: week.known[Source.VLE] for week in year.stretches}
    assert [known[on] for on in (TERM, date(2026, 10, 5), HOLE[0])] == [Known.DATA, Known.GAP, Known.GAP]
    assert year.now.days_online is None
    (standing,) = year.standings
    assert standing.incomparable
    assert tutees.overview(ADA.viewer, NOW)[0].attention is not Attention.FALL


def test_a_silence_makes_days_unknown_so_that_nobody_was_quiet_on_them(store):
    without_vle(store, HOLE)
    ratings.refresh(JOB, NOW)
    with store.session() as session:
        known = KnownDays.read(session)
    span = HOLE[0] - DAY, HOLE[1] + DAY
    lost = {HOLE[0] + n * DAY for n in range(7)}
    assert known.unknown((1,), *span) == known.gaps((1,), *span) == lost


def test_a_weekend_without_a_word_is_lost_and_yet_no_gap_beside_which_nothing_is_compared(store):
    without_vle(store, (date(2026, 11, 14), date(2026, 11, 15)))
    ratings.refresh(JOB, NOW)
    assert heard(store, Source.VLE, Heard.PAUSE) == [date(2026, 11, 14), date(2026, 11, 15)]
    with store.session() as session:
        known = KnownDays.read(session)
    span = HOLE
    assert len(known.unknown((1,), *span)) == 2
    assert known.gaps((1,), *span) == frozenset()
    assert {disturbed for (disturbed,) in rows(store, EnrolmentWeek, "disturbed")} == {False}


def test_the_weeks_beside_a_gap_or_an_authorised_absence_say_so(store):
    without_vle(store, HOLE)
    first_class = update(Attendance).where(Attendance.student == BEN.number, Attendance.event == 100)
    store.change(first_class.values(register=Register.AUTHORISED))
    ratings.refresh(JOB, NOW)
    of_ben = [row[1:] for row in rows(store, EnrolmentWeek, "enrolment", "week", "disturbed") if row[0] == 1]
    mondays = {day(week) for week, disturbed in of_ben if disturbed}
    # The class of 22 September lies in the windows of two weeks; the hole in those of 9, 16 and 23 November.
    assert mondays == {TERM, date(2026, 9, 28), *(HOLE[0] + n * 7 * DAY for n in range(3))}


def test_no_fall_is_told_or_suggested_against_weeks_that_are_disturbed(store):
    ratings.refresh(JOB, NOW)
    earlier = update(EnrolmentWeek).where(EnrolmentWeek.enrolment == 1, EnrolmentWeek.week < number(TODAY))
    store.change(earlier.values(score=9_900, disturbed=True))
    suggesting.refresh(JOB, [1], NOW)
    assert rows(store, SuggestedTalk) == []
    (ben,) = tutees.overview(ADA.viewer, NOW)
    assert (ben.standing.change, ben.attention) == (None, Attention.GOOD)
    store.change(earlier.values(disturbed=False))
    suggesting.refresh(JOB, [1], NOW)
    assert [rule for (rule,) in rows(store, SuggestedTalk, "rule")] == [Rule.FALL]
    (ben,) = tutees.overview(ADA.viewer, NOW)
    assert ben.standing.change == 7_857 - 9_900


def test_where_a_day_is_told_at_last_every_module_taught_on_it_is_rated_again(store):
    without_vle(store, HOLE)
    ratings.refresh(JOB, NOW)
    silent = weeks(store)
    assert ratings.refresh_stale(JOB, NOW) == 0
    told = [VleDay(student=TIM.number, module=3, day=number(HOLE[0]) + n, views=1, run=2) for n in range(7)]
    with store.session() as session, session.begin():
        session.add_all(told)
    assert ratings.refresh_stale(JOB, NOW) == 3
    after = weeks(store)
    assert after != silent
    assert rows(store, StaleModule) == []
    ratings.refresh(JOB, NOW)
    assert weeks(store) == after


def test_another_day_alone_makes_no_module_stale(store):
    ratings.refresh(JOB, NOW)
    assert ratings.refresh_stale(JOB, NOW + DAY) == 0
    assert max(heard(store, Source.VLE, Heard.PAUSE)) == TODAY + DAY
