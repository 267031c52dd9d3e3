"""Research students' ratings as they are stored: what the specification says, on each database."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import insert, select, update

import policy
from auth.viewer import Viewer
from data_access import ratings, timelines, tutees
from data_access.tables import (
    Course,
    Enrolment,
    EnrolmentStatus,
    EnrolmentWeek,
    Level,
    LoadRun,
    Milestone,
    ResearchWeek,
    Status,
    Supervision,
)
from engagement import research
from engagement.measure import Rating
from engagement.research import Duty, ResearchCounts
from policy.days import day, monday, number
from privacy.labels import Source
from tests.cast import ADA, BEN, NOW, TERM, TODAY
from tests.conftest import University

JOB = Viewer.service("rate")
BENS = 1
COUNTS = ("meetings_due", "meetings_held", "milestones_due", "milestones_on_time", "milestones_late")


def research_student(store: University, meetings: list[Duty], milestones: list[Duty]) -> None:
    """Ben is a research student, and this is all that was due."""
    store.change(update(Course).where(Course.id == BENS).values(level=Level.RESEARCH))
    who = {"student": BEN.number, "run": 1}
    for duty in meetings:
        store.change(insert(Supervision).values(due_day=duty.due, held_day=duty.done, **who))
    for n, duty in enumerate(milestones):
        store.change(insert(Milestone).values(title=f"M{n}", due_day=duty.due, met_day=duty.done, **who))


def weeks_of(store: University, enrolment: int = BENS) -> list[ResearchWeek]:
    with store.session() as session:
        own = select(ResearchWeek).where(ResearchWeek.enrolment == enrolment).order_by(ResearchWeek.week)
        return list(session.scalars(own))


def scores_of(store: University, enrolment: int = BENS) -> dict[int, tuple[object, ...]]:
    e = EnrolmentWeek
    with store.session() as session:
        own = select(e.week, e.as_of, e.score, e.last_active, e.rule).where(e.enrolment == enrolment)
        return {row.week: tuple(row)[1:] for row in session.execute(own)}


def duties(chance: Random, days: int) -> list[Duty]:
    due = chance.sample(range(number(TODAY) - days, number(TODAY) + 20), chance.randint(0, 14))
    return [Duty(d, d + chance.randint(-3, 12) if chance.random() < 0.7 else None) for d in sorted(due)]


def specified(
    meetings: list[Duty], milestones: list[Duty], away: tuple[int, int]
) -> list[tuple[object, ...]]:
    """The weeks by the specification; who was interrupted in `away` is expected at nothing in those days."""
    rules, year = policy.current().engagement.research, policy.current().calendar.first
    known, found, week = number(TODAY) - 2, [], monday(year)
    here = [
        [d for d in some if not away[0] <= d.due <= away[1] and d.due >= number(TERM)]
        for some in (meetings, milestones)
    ]
    while week <= TODAY:
        as_of = number(min(week + timedelta(days=6), TODAY))
        if not away[0] <= as_of <= away[1]:
            at = research.week(rules.window_days, number(year), as_of, known)
            counts = research.counts(*here, at)
            parts = research.parts(counts)
            row = (number(week), as_of, *(getattr(counts, name) for name in COUNTS))
            found.append((*row, parts.supervision, parts.milestones, research.score(parts, rules)))
        week += timedelta(weeks=1)
    return found


@pytest.mark.parametrize("seed", range(5))
def test_what_is_stored_is_what_the_specification_says(store, seed):
    chance = Random(seed)
    meetings, milestones = duties(chance, 120), duties(chance, 90)
    away = (number(date(2026, 10, 12)), number(date(2026, 10, 12)) + chance.randint(0, 16))
    research_student(store, meetings, milestones)
    interrupt(store, *away)
    ratings.refresh(JOB, NOW)
    names = ("week", "as_of", *COUNTS, "supervision", "milestones", "score")
    stored = [tuple(getattr(row, name) for name in names) for row in weeks_of(store)]
    assert stored == specified(meetings, milestones, away)
    assert len(stored) >= 7


def interrupt(store: University, first: int, last: int) -> None:
    """Ben was interrupted in these days."""
    status = EnrolmentStatus.__table__
    ended = update(status).where(status.c.enrolment == BENS).values(last=day(first - 1))
    spans = [(Status.INTERRUPTED, day(first), day(last)), (Status.ENROLLED, day(last + 1), None)]
    store.change(ended)
    for said, since, until in spans:
        row = {"enrolment": BENS, "status": said, "first": since, "last": until, "recorded_at": NOW, "run": 1}
        store.change(insert(status).values(row))


def test_the_score_stands_where_lists_look_and_modules_are_no_part_of_it(store):
    held = number(TODAY) - 3
    research_student(store, [Duty(held - 20, None), Duty(held, held)], [Duty(held - 2, held - 1)])
    ratings.refresh(JOB, NOW)
    week = number(monday(TODAY))
    # One of two meetings: 50; a milestone met late: 50.
    assert scores_of(store)[week] == (number(TODAY), 5_000, held, policy.current().engagement.version)
    (row,) = [row for row in weeks_of(store) if row.week == week]
    assert (row.supervision, row.milestones, row.score) == (5_000, 5_000, 5_000)


def test_others_are_rated_as_before(store):
    ratings.refresh(JOB, NOW)
    before = scores_of(store, 2)
    research_student(store, [Duty(number(TODAY) - 3, None)], [])
    ratings.refresh(JOB, NOW)
    assert scores_of(store, 2) == before
    assert weeks_of(store, 2) == []


def test_a_load_of_meetings_alone_rates_research_students_again(store):
    due = number(TODAY) - 10
    research_student(store, [Duty(due, None)], [])
    ratings.refresh(JOB, NOW)
    assert scores_of(store)[number(TODAY)][1] == 0
    store.change(update(Supervision).values(held_day=due))
    assert ratings.refresh_stale(JOB, NOW) == 0  # no module is stale
    assert scores_of(store)[number(TODAY)][1] == 10_000


def test_what_fell_due_after_the_last_load_of_student_records_is_not_held_against_them(store):
    due = number(TODAY) - 10
    research_student(store, [Duty(due - 30, due - 30), Duty(due, None)], [])
    last = update(LoadRun).where(LoadRun.system == Source.STUDENT_RECORDS)
    store.change(last.values(data_up_to=day(due)))
    ratings.refresh(JOB, NOW)
    assert scores_of(store)[number(TODAY)][1] == 10_000
    store.change(last.values(data_up_to=day(due + 1)))
    ratings.refresh(JOB, NOW)
    assert scores_of(store)[number(TODAY)][1] == 5_000


def test_without_anything_due_there_is_not_enough_to_say(store):
    research_student(store, [], [])
    ratings.refresh(JOB, NOW)
    assert scores_of(store)[number(TODAY)][1] is None
    (ben,) = [one for one in tutees.overview(ADA.viewer, NOW) if one.id == BEN.id]
    assert ben.standing.rating is Rating.NOT_ENOUGH


def test_tutor_and_student_see_the_same_parts_and_no_modules(store):
    due = number(TODAY) - 10
    research_student(store, [Duty(due, None), Duty(due - 20, due)], [])
    ratings.refresh(JOB, NOW)
    (ben,) = [one for one in tutees.overview(ADA.viewer, NOW) if one.id == BEN.id]
    standing = ben.standing
    assert standing.research
    assert standing.research.counts == ResearchCounts(2, 1)
    assert (standing.rating, standing.score, standing.modules) == (Rating.PARTIAL, 5_000, ())
    assert timelines.year(BEN.viewer, None, NOW).standings[0].research == standing.research


def test_a_course_that_is_taught_after_all_has_its_modules_score_again(store):
    research_student(store, [Duty(number(TODAY) - 3, None)], [])
    ratings.refresh(JOB, NOW)
    store.change(update(Course).where(Course.id == BENS).values(level=Level.UNDERGRADUATE))
    ratings.refresh(JOB, NOW)
    assert scores_of(store)[number(TODAY)][1] == 7_857
    with store.session() as session:
        assert session.scalar(select(Enrolment.id).where(Enrolment.id == BENS)) == BENS
