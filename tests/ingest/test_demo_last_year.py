"""The demo's last year: finalists who have finished or left, whose ends follow from their habits and from chance."""

from collections import Counter, defaultdict
from datetime import date

import pytest

from data_access.records import Batch
from data_access.tables import ACTIVE, Mode, Status
from ingest.demo.batches import batches, of_both
from ingest.demo.habits import Kind
from ingest.demo.last_year import last_year
from ingest.demo.signins import TUTOR
from ingest.demo.university import University, university
from policy.days import number
from privacy.labels import Source

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def now() -> University:
    return university(DAY, 1_200, 7)


@pytest.fixture(scope="module")
def then(now) -> University:
    return last_year(now)


@pytest.fixture(scope="module")
def told(then) -> dict[Source, Batch]:
    return {batch.system: batch for batch in batches(then)}


def test_there_is_a_quarter_as_many_of_them_in_the_final_stages_of_last_year(now, then):
    assert 290 <= len(then.students) <= 310
    assert then.year.calendar == now.year.calendar.earlier[0]
    assert then.year.today < now.year.calendar.first
    assert {(s.place.stage, s.place.mode) for s in then.students} == {
        (1, Mode.FULL_TIME),
        (3, Mode.FULL_TIME),
    }
    assert not any(student.place.course.research for student in then.students)


def test_nobody_of_them_is_a_student_any_more(then, told):
    records = told[Source.STUDENT_RECORDS]
    assert len(records.enrolments) == len(then.students)
    for enrolment in records.enrolments:
        now = [s for s in enrolment.statuses if s.first <= DAY and (s.last is None or s.last >= DAY)]
        assert [one.status for one in now] in ([Status.COMPLETED], [Status.WITHDRAWN])
        assert now[0].status not in ACTIVE
    assert TUTOR.key not in {tutoring.tutor for tutoring in records.tutorings}


def test_most_finish_and_who_fades_or_stops_leaves_more_often(then):
    left = Counter(s.habits.kind for s in then.students if s.left_as is Status.WITHDRAWN)
    every = Counter(s.habits.kind for s in then.students)
    assert 0.1 < left.total() / every.total() < 0.25
    assert set(left) == {Kind.FADE, Kind.STOP, Kind.LEAVER}
    assert every[Kind.FADE] > left[Kind.FADE]  # some of them stay
    assert left[Kind.LEAVER]  # and some leave without a sign
    assert every[Kind.RETURN] > 5


def test_some_fail_and_good_habits_are_no_promise(then, told):
    marks = defaultdict(list)
    for one in told[Source.STUDENT_RECORDS].submissions:
        marks[one.student].append(one.mark)
    stayed = [s for s in then.students if s.left_as is Status.COMPLETED and marks[s.key]]
    low = [s for s in stayed if sum(m or 0 for m in marks[s.key]) / len(marks[s.key]) < 45]
    assert 5 < len(low) < 60
    assert max(s.habits.attends for s in low) > 0.7


def test_everything_that_was_handed_in_is_marked_and_nothing_lies_in_this_year(now, told):
    records = told[Source.STUDENT_RECORDS]
    assert all(one.mark is not None for one in records.submissions if one.handed_in_day)
    last = number(now.year.calendar.first)
    assert max(told[Source.VLE].vle_days["day"].to_pylist()) < last
    assert max(event.starts_at.date() for event in told[Source.TIMETABLE].events) < now.year.calendar.first
    assert told[Source.ATTENDANCE].gaps == []


def test_both_years_come_in_one_batch_of_each_system_and_share_no_key(now, then, told):
    alone = {batch.system: batch for batch in batches(now)}
    for batch in of_both(now, then):
        mine, earlier = alone[batch.system], told[batch.system]
        assert batch.data_up_to == mine.data_up_to
        assert batch.counted.rows == mine.counted.rows + earlier.counted.rows - len(earlier.courses)
        assert len(batch.courses) == len(mine.courses)
        for name in ("people", "enrolments", "modules", "assessments", "events"):
            keys = [getattr(one, "key", None) or one.code for one in getattr(batch, name)]
            assert len(set(keys)) == len(keys)
    names = [student.name for student in (*now.students, *then.students)] + list(now.staff.values())
    assert len(set(names)) == len(names)


def test_the_same_day_and_seed_have_the_same_last_year():
    one, other = (last_year(university(DAY, 200, 3)) for _ in range(2))
    assert one.students == other.students
    assert one.students != last_year(university(DAY, 200, 4)).students
