"""The demo university: the same for the same seed and day, of the size it should be, and all invented."""

from collections import Counter, defaultdict
from datetime import date

import pytest

from auth.viewer import Role
from data_access import passwords
from data_access.records import Batch
from data_access.tables import Level, Mode, Register
from ingest.demo.batches import batches
from ingest.demo.courses import UNIVERSITY
from ingest.demo.habits import Kind
from ingest.demo.signins import PASSWORD, SIGN_INS, TUTOR, table
from ingest.demo.university import University, university
from policy.days import number
from privacy.labels import SYSTEMS, Source

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def made() -> University:
    return university(DAY, 1_200, 7)


@pytest.fixture(scope="module")
def sent(made) -> dict[Source, Batch]:
    return {batch.system: batch for batch in batches(made)}


def test_the_same_seed_and_day_give_the_same_rows():
    assert list(batches(university(DAY, 150, 3))) == list(batches(university(DAY, 150, 3)))


def test_another_seed_gives_other_people():
    one, other = university(DAY, 150, 3), university(DAY, 150, 4)
    assert {s.name for s in one.students[8:]} != {s.name for s in other.students[8:]}


@pytest.mark.parametrize("size", [100, 400, 5_000])
def test_a_demo_of_another_size_has_all_its_stories(size):
    made = university(DAY, size, 1)
    assert abs(len(made.students) - size) < 15
    assert {student.habits.kind for student in made.students} == set(Kind)
    assert set(Counter(one.tutor for one in made.students)) <= set(made.staff)


def test_there_are_four_schools_twelve_courses_forty_tutors_and_their_tutees(made, sent):
    records = sent[Source.STUDENT_RECORDS]
    assert len(records.enrolments) == 1_200
    assert len(records.courses) == 12
    assert len({course.school for course in records.courses}) == 4
    tutees = Counter(tutoring.tutor for tutoring in records.tutorings)
    assert len(tutees) == 40
    assert all(25 <= count <= 36 for count in tutees.values())
    assert tutees[TUTOR.key] >= 25


def test_every_level_and_mode_of_study_is_there(sent):
    records = sent[Source.STUDENT_RECORDS]
    levels = {course.code: course.level for course in records.courses}
    by_level = Counter(levels[one.course] for one in records.enrolments)
    assert by_level[Level.UNDERGRADUATE] > 1_000
    assert by_level[Level.TAUGHT_POSTGRADUATE] > 90
    assert 5 <= by_level[Level.RESEARCH] <= 20
    assert Counter(one.mode for one in records.enrolments)[Mode.PART_TIME] > 80
    assert all(
        one.regulation == "3.7.1" or levels[one.course] != Level.UNDERGRADUATE for one in records.enrolments
    )


def test_a_full_time_undergraduate_takes_six_modules_of_twenty_credits(made):
    credits = defaultdict(list)
    for one in made.taken:
        place = one.student.place
        if place.course.level is Level.UNDERGRADUATE and not one.student.left:
            credits[place.mode, one.student.key].append(one.module.record.credits)
    assert {tuple(c) for (mode, _), c in credits.items() if mode is Mode.FULL_TIME} == {(20,) * 6}
    assert {tuple(c) for (mode, _), c in credits.items() if mode is Mode.PART_TIME} == {(20,) * 4}


def test_the_classes_of_a_student_never_clash(made, sent):
    hours = defaultdict(list)
    for event in sent[Source.TIMETABLE].events:
        hours[event.module].append(event.starts_at)
    taken = defaultdict(list)
    for one in made.taken:
        taken[one.student.key] += hours[one.module.code]
    clashing = [key for key, starts in taken.items() if len(starts) != len(set(starts))]
    assert clashing == []


def test_all_four_systems_send_something_and_each_says_how_far_it_reaches(sent):
    assert set(sent) == set(SYSTEMS)
    assert {batch.data_up_to for batch in sent.values()} == {date(2026, 11, 22)}
    assert all(batch.counted.rows > 4_000 for batch in sent.values())


def test_no_fact_lies_after_yesterday_though_classes_and_deadlines_do(sent):
    last = date(2026, 11, 22)
    starts = {event.key: event.starts_at.date() for event in sent[Source.TIMETABLE].events}
    assert max(starts[row.event] for row in sent[Source.ATTENDANCE].attendance) <= last
    assert max(sent[Source.VLE].vle_days["day"].to_pylist()) == number(last)
    records = sent[Source.STUDENT_RECORDS]
    assert max(one.handed_in_day or 0 for one in records.submissions) <= number(last)
    assert not any(
        event.cancelled for event in sent[Source.TIMETABLE].events if event.starts_at.date() > last
    )
    assert max(starts.values()) > date(2027, 5, 1)
    assert max(one.due_day or 0 for one in records.assessments) > number(date(2027, 5, 1))


def test_registers_and_work_are_as_at_a_university(sent):
    registers = Counter(row.register for row in sent[Source.ATTENDANCE].attendance)
    came = registers[Register.PRESENT] + registers[Register.LATE]
    assert 0.65 < came / (came + registers[Register.ABSENT] + registers[Register.AUTHORISED]) < 0.85
    assert all(registers[said] for said in Register)
    events = sent[Source.TIMETABLE].events
    assert 0 < sum(event.cancelled for event in events) < 0.03 * len(events)
    work = sent[Source.STUDENT_RECORDS].submissions
    assert any(one.extension_day and not one.handed_in_day for one in work)
    assert 0.05 < sum(one.late for one in work) / len(work) < 0.35
    marks = [one.mark for one in work if one.mark is not None]
    assert 50 < sum(marks) / len(marks) < 68


def test_weekdays_are_livelier_than_weekends(sent):
    days = Counter(number % 7 for number in sent[Source.VLE].vle_days["day"].to_pylist())
    saturday, sunday = (2, 3)  # day 0 was a Thursday
    weekdays = [days[day] for day in range(7) if day not in (saturday, sunday)]
    assert min(weekdays) > max(days[saturday], days[sunday])


def test_names_are_words_and_no_two_people_share_one(sent):
    people = [(one.given_name, one.family_name) for one in sent[Source.STUDENT_RECORDS].people]
    assert len(set(people)) == len(people)
    names = [part for person in people for part in person]
    assert all(name and name[0].isalpha() and not any(map(str.isdigit, name)) for name in names)
    families = [family for _, family in people]
    for sign in "-' ":
        assert any(sign in family for family in families)
    assert min(map(len, families)) == 2
    assert any(not name.isascii() for name in names)


def test_every_role_of_a_person_can_sign_in_with_a_password_that_is_good_enough():
    assert {role for one in SIGN_INS for role in one.roles} == set(Role) - {Role.SERVICE}
    assert any(len(one.roles) == 2 for one in SIGN_INS)
    assert len({one.username for one in SIGN_INS}) == len({one.key for one in SIGN_INS}) == len(SIGN_INS)
    for one in SIGN_INS:
        passwords.check_new(PASSWORD, one.name.given, one.name.family, one.username, UNIVERSITY)


def test_whoever_can_sign_in_is_in_student_records_under_that_name(sent):
    people = {one.key: (one.given_name, one.family_name) for one in sent[Source.STUDENT_RECORDS].people}
    for one in SIGN_INS:
        assert people[one.key] == (one.name.given, one.name.family)


def test_the_table_of_sign_ins_names_everybody_and_the_password_once():
    text = table()
    assert text.count(PASSWORD) == 1
    assert all(text.count(f"\n{one.username} ") == 1 for one in SIGN_INS)
