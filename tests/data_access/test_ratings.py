"""The ratings: what `refresh` stores equals the one-student measure over the same facts."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from sqlalchemy import func, insert, select, update

from auth.viewer import Viewer
from data_access import loads, ratings
from data_access.records import (
    AttendanceRecord,
    Batch,
    EventRecord,
    ModuleRecord,
    RegistrationRecord,
    SubmissionRecord,
)
from data_access.tables import (
    Assessment,
    DailyFact,
    EnrolmentWeek,
    FeedGap,
    LoadRun,
    ModuleWeek,
    Register,
)
from policy.days import day, number
from privacy.labels import Source
from tests.cast import BEN, DEE, NOW, TERM, TODAY
from tests.conftest import University
from tests.data_access.loading import CLASSES, MONDAY, RECORDS, everything, online, rows

JOB = Viewer.service("rate")


def weeks_of(store: University, student: int) -> list[ModuleWeek]:
    with store.session() as session:
        own = select(ModuleWeek).where(ModuleWeek.student == student).order_by(ModuleWeek.week)
        return list(session.scalars(own))


def test_the_facts_of_a_day_are_counted_by_source(store):
    ratings.refresh(JOB, NOW)
    with store.session() as session:
        totals = session.execute(
            select(
                func.sum(DailyFact.views),
                func.sum(DailyFact.expected),
                func.sum(DailyFact.attended),
                func.sum(DailyFact.due),
                func.sum(DailyFact.handed_in),
            ).where(DailyFact.student == BEN.number)
        ).one()
    assert tuple(totals) == (sum(range(10, 19)), 9, 6, 1, 1)


def test_each_week_is_rated_from_the_last_fourteen_taught_days(store):
    ratings.refresh(JOB, NOW)
    last = weeks_of(store, BEN.number)[-1]
    assert (last.week, last.as_of) == (number(date(2026, 11, 23)), number(TODAY))
    # The fourteen days to 23 November hold the classes of 10 and 17 November, both attended.
    assert (last.expected, last.attended, last.attendance) == (2, 2, 10_000)
    # Two active days, 11 and 18 November; a module of one student is held against four days: 50.
    assert (last.active_days, last.usual_halves, last.vle) == (2, 8, 5_000)
    assert (last.due, last.submissions) == (0, None)
    # Four tenths of 100 and three of 50, over seven tenths: 78.57.
    assert last.score == 7_857


def test_reading_week_is_reached_over(store):
    ratings.refresh(JOB, NOW)
    by_week = {row.week: row for row in weeks_of(store, BEN.number)}
    after = by_week[number(date(2026, 11, 2))]
    # To 8 November: 2–8 November, and past reading week 19–25 October: classes of 3 Nov and 20 Oct.
    assert after.expected == 2


def test_a_second_refresh_changes_nothing(store):
    ratings.refresh(JOB, NOW)
    before = [vars_of(row) for row in weeks_of(store, BEN.number)]
    ratings.refresh(JOB, NOW)
    assert [vars_of(row) for row in weeks_of(store, BEN.number)] == before


def vars_of(row: ModuleWeek) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in ModuleWeek.__table__.columns}


@pytest.mark.parametrize("system", [Source.ATTENDANCE, Source.VLE])
def test_a_missing_feed_takes_its_part_away_and_is_no_nought(store, system):
    with store.session() as session, session.begin():
        session.add(
            FeedGap(system=system, first=date(2026, 11, 9), last=TODAY, reason="The feed was down", run=None)
        )
    ratings.refresh(JOB, NOW)
    last = weeks_of(store, BEN.number)[-1]
    part = last.attendance if system is Source.ATTENDANCE else last.vle
    assert (part, last.gap) == (None, True)
    # The score is that of the part that is left: lower than 78.57 or higher, and not that of a nought.
    assert last.score == (5_000 if system is Source.ATTENDANCE else 10_000)


def test_work_that_fell_due_after_student_records_last_told_of_anything_is_not_missing_yet(store):
    yesterday = number(TODAY) - 1
    row = {"id": 900, "key": "new", "module": 1, "title": "Diary", "due_day": yesterday, "weight": 10}
    reach = update(LoadRun).where(LoadRun.system == Source.STUDENT_RECORDS)
    store.change(insert(Assessment).values(**row, exam=False, run=1), reach.values(data_up_to=day(yesterday)))
    ratings.refresh(JOB, NOW)
    assert (weeks_of(store, BEN.number)[-1].due, weeks_of(store, BEN.number)[-1].score) == (0, 7_857)
    store.change(reach.values(data_up_to=TODAY))
    ratings.refresh(JOB, NOW)
    last = weeks_of(store, BEN.number)[-1]
    assert (last.due, last.on_time, last.submissions) == (1, 0, 0)


def test_a_load_that_reaches_further_rates_what_came_due_meanwhile(store):
    store.change(update(LoadRun).values(data_up_to=date(2026, 11, 14)))
    loads.store(JOB, replace(RECORDS, data_up_to=date(2026, 11, 14), submissions=()), NOW)
    ratings.refresh(JOB, NOW)
    assert most_due(store) == 0
    loads.store(JOB, replace(RECORDS, data_up_to=TODAY, submissions=(), sha256="d" * 64), NOW)
    ratings.refresh_stale(JOB, NOW)
    assert most_due(store) == 1
    stale = of_kim(store)
    ratings.refresh(JOB, NOW)
    assert of_kim(store) == stale


def most_due(store: University) -> int:
    """The most work that is due of Kim in any week."""
    with store.session() as session:
        return session.scalars(select(func.max(ModuleWeek.due)).where(ModuleWeek.module > 3)).one()


def test_an_enrolment_has_the_score_of_its_modules_by_their_credits(store):
    ratings.refresh(JOB, NOW)
    with store.session() as session:
        week = session.get(EnrolmentWeek, (1, number(date(2026, 11, 23))))
    assert week is not None
    assert (week.score, week.last_active) == (7_857, number(date(2026, 11, 18)))


def test_a_registration_that_ended_is_not_rated_after(store):
    from sqlalchemy import update

    from data_access.tables import Registration

    with store.session() as session, session.begin():
        session.execute(
            update(Registration).where(Registration.student == DEE.number).values(last=date(2026, 10, 11))
        )
    ratings.refresh(JOB, NOW)
    assert weeks_of(store, DEE.number)[-1].as_of == number(date(2026, 10, 11))


def test_a_load_rewrites_the_weeks_that_it_touched_and_no_earlier_one(store):
    loads.store_together(JOB, [RECORDS, CLASSES, online((MONDAY - 28, 5))], NOW)
    ratings.refresh(JOB, NOW)
    store.change(update(ModuleWeek).values(score=1), update(EnrolmentWeek).values(score=2))
    loads.store(JOB, online((MONDAY, 5), (MONDAY + 1, 3)), NOW)
    assert ratings.refresh_stale(JOB, NOW) == 1
    derived = of_kim(store)
    of_module = {row[2]: row for row in derived["module_week"]}
    of_course = {row[1]: row for row in derived["enrolment_week"]}
    assert of_module.keys() == of_course.keys()
    earlier = {week for week in of_module if week < MONDAY}
    assert len(earlier) == 8
    scores = ModuleWeek.__table__.columns.keys().index("score")
    for week in of_module:
        kept = of_module[week][scores] == 1, of_course[week][3] == 2
        assert kept == ((True, True) if week in earlier else (False, False)), week
    assert {row[3] for row in rows(store, EnrolmentWeek) if row[0] <= 3} == {
        2
    }  # of courses that it did not touch


def test_the_last_day_of_activity_is_told_on_from_weeks_that_are_not_read_again(store):
    """Kim was seen on a module that is over, and never on the one that is rated again."""
    over = ModuleRecord("CS0", "Before", 20, TERM, TERM + timedelta(days=27))
    records = replace(
        RECORDS,
        modules=[*RECORDS.modules, over],
        registrations=[*RECORDS.registrations, RegistrationRecord("kim", "CS0", "E-kim", TERM, None)],
        submissions=(),
    )
    seen = online((number(TERM) + 9, 5))
    table = seen.vle_days.set_column(1, "module", [["CS0"]])
    loads.store_together(JOB, [records, replace(seen, vle_days=table)], NOW)
    ratings.refresh(JOB, NOW)
    whole = of_kim(store)
    assert [row[4] for row in whole["enrolment_week"]][-3:] == [number(TERM) + 9] * 3
    ratings.refresh_of(JOB, {row[1]: MONDAY for row in whole["module_week"]}, NOW)
    assert of_kim(store) == whole


def of_kim(store: University) -> dict[str, list[tuple[object, ...]]]:
    """All that is derived of Kim, who came with a load."""
    found = everything(store)
    module = next(row[0] for row in found["module"] if "CS1" in row)
    enrolment = next(row[0] for row in found["enrolment"] if "E-kim" in row)
    return {
        "daily_fact": [row for row in found["daily_fact"] if module in row],
        "module_week": [row for row in found["module_week"] if row[1] == module],
        "enrolment_week": [row for row in found["enrolment_week"] if row[0] == enrolment],
    }


@pytest.mark.parametrize("seed", range(6))
def test_rating_what_is_stale_gives_what_rating_everything_gives(university, seed):
    chance = Random(seed)
    loads.store(JOB, RECORDS, NOW - timedelta(weeks=8))
    at = NOW - timedelta(weeks=8)
    for _ in range(8):
        at += timedelta(days=chance.choice((0, 1, 1, 3, 9)))
        today = number(at.date())
        batch = chance.choice((_views, _class, _work))(chance, today)
        loads.store(JOB, batch, at)
        if chance.random() < 0.8:
            ratings.refresh_stale(JOB, at)
    loads.store(JOB, online((today, chance.randint(100, 999))), at)
    ratings.refresh_stale(JOB, at)
    stale = of_kim(university)
    ratings.refresh(JOB, at)
    assert of_kim(university) == stale
    assert len(stale["module_week"]) > 1


def _views(chance: Random, today: int) -> Batch:
    days = {today - chance.randint(0, 40): chance.randint(1, 9) for _ in range(4)}
    return online(*days.items())


def _class(chance: Random, today: int) -> Batch:
    """A class that was or will be, or one that is told again on another day; with a register or without."""
    key = f"class-{chance.randint(1, 5)}"
    starts = datetime.combine(day(today - chance.randint(-10, 40)), time(9), UTC)
    held = EventRecord(
        key, "CS1", starts, starts + timedelta(hours=1), "Lab", cancelled=chance.random() < 0.2
    )
    register = AttendanceRecord("kim", key, chance.choice(list(Register)))
    return replace(CLASSES, events=[held], attendance=[register] if chance.random() < 0.8 else [])


def _work(chance: Random, today: int) -> Batch:
    due = today - chance.randint(-10, 40)
    handed_in = chance.choice((None, due - 1, due + 2))
    extension = chance.choice((None, due + 7))
    work = SubmissionRecord("kim", "essay", handed_in, chance.random() < 0.5, extension, False, None)
    return replace(
        RECORDS,
        assessments=[replace(RECORDS.assessments[0], due_day=due)],
        submissions=[work],
    )
