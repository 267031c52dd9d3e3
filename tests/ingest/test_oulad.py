"""OULAD as two batches: who is where from when to when, what is held back, and where the feed has gaps."""

from datetime import UTC, date, datetime

import pytest

from data_access.records import Batch, GapRecord, StatusRecord, TutoringRecord
from data_access.tables import Mode, Status
from ingest import oulad
from policy.days import day
from privacy.labels import Source
from tests.cast import NOW
from tests.ingest.oulad_folder import CLICKS, INFO_HEADER, REGISTRATIONS, info, write

START = date(2026, 10, 1)  # of 2013J, on 23 November 2026, which is its day 53
START_B = date(2026, 2, 1)
END_B = date(2026, 9, 29)


@pytest.fixture
def records(tmp_path) -> Batch:
    return oulad.read(write(tmp_path / "oulad"), NOW).batches[0]


@pytest.fixture
def activity(tmp_path) -> Batch:
    return oulad.read(write(tmp_path / "oulad"), NOW).batches[1]


def test_every_presentation_is_a_module_of_sixty_credits_and_every_module_a_course(records):
    assert [(m.code, m.starts, m.ends, m.credits) for m in records.modules] == [
        ("AAA-2013B", START_B, END_B, 60),
        ("AAA-2013J", START, date(2027, 6, 26), 60),
        ("BBB-2013J", START, date(2027, 6, 26), 60),
        ("BBB-2014J", date(2027, 10, 1), date(2028, 6, 26), 60),
    ]
    assert [(c.code, c.school) for c in records.courses] == [
        ("AAA", "Open data set"),
        ("BBB", "Open data set"),
    ]


@pytest.mark.parametrize(
    ("at", "year"),
    [
        (datetime(2026, 9, 30, 22, 59, tzinfo=UTC), 2025),  # a minute to midnight in London
        (datetime(2026, 9, 30, 23, 0, tzinfo=UTC), 2026),
        (datetime(2027, 9, 30, 12, 0, tzinfo=UTC), 2026),
        (datetime(2028, 2, 29, 12, 0, tzinfo=UTC), 2027),
    ],
)
def test_the_latest_presentation_with_clicks_began_within_the_last_twelve_months(tmp_path, at, year):
    reading = oulad.read(write(tmp_path / "oulad"), at)
    starts = {p.code: p.starts for p in reading.presentations}
    assert starts["AAA-2013J"] == date(year, 10, 1)
    assert starts["AAA-2013B"] == date(year, 2, 1)
    assert starts["BBB-2014J"] == date(year + 1, 10, 1)


@pytest.mark.parametrize(
    ("enrolment", "statuses"),
    [
        ("AAA-2013J-11", [(Status.ENROLLED, date(2026, 4, 25), None)]),
        (
            "AAA-2013J-12",  # unregistered on day 12, which has been
            [
                (Status.ENROLLED, date(2026, 7, 1), date(2026, 10, 12)),
                (Status.WITHDRAWN, date(2026, 10, 13), None),
            ],
        ),
        ("AAA-2013J-13", [(Status.ENROLLED, date(2026, 9, 11), None)]),  # unregisters on day 100, held back
        ("AAA-2013J-14", [(Status.ENROLLED, START, None)]),  # without a date of registration
        (
            "AAA-2013B-11",
            [(Status.ENROLLED, date(2026, 1, 2), END_B), (Status.COMPLETED, date(2026, 9, 30), None)],
        ),
        (
            "AAA-2013B-15",  # withdrawn without a date: to the last day
            [(Status.ENROLLED, date(2026, 1, 2), END_B), (Status.WITHDRAWN, date(2026, 9, 30), None)],
        ),
        ("AAA-2013B-16", [(Status.WITHDRAWN, date(2026, 1, 27), None)]),  # unregistered before the first day
        (
            "BBB-2013J-17",  # unregistered, though the result is Pass
            [
                (Status.ENROLLED, date(2026, 9, 28), date(2026, 10, 20)),
                (Status.WITHDRAWN, date(2026, 10, 21), None),
            ],
        ),
        ("BBB-2014J-18", [(Status.ENROLLED, date(2026, 12, 5), None)]),
    ],
)
def test_statuses_follow_registration_and_result_up_to_today(records, enrolment, statuses):
    found = next(e for e in records.enrolments if e.key == enrolment)
    assert list(found.statuses) == [StatusRecord(*status) for status in statuses]
    assert (found.agreed_on, found.regulation) == (found.starts, "public data set")
    assert found.mode is Mode.PART_TIME
    registration = next(r for r in records.registrations if r.enrolment == enrolment)
    assert registration.first == found.starts
    assert registration.last == (None if statuses[-1][0] is Status.ENROLLED else day_before(statuses[-1][1]))


def day_before(on: date) -> date:
    return date.fromordinal(on.toordinal() - 1)


def test_nobody_is_enrolled_after_the_last_day_though_they_unregistered_later(tmp_path):
    late = REGISTRATIONS.replace("AAA,2013B,15,-30,?", "AAA,2013B,15,-30,260")
    records = oulad.read(write(tmp_path / "oulad", studentRegistration=late), NOW).batches[0]
    found = next(e for e in records.enrolments if e.key == "AAA-2013B-15")
    assert [(s.status, s.last) for s in found.statuses] == [
        (Status.ENROLLED, END_B),
        (Status.WITHDRAWN, None),
    ]


def test_students_are_people_once_under_invented_names(records):
    students = [p for p in records.people if p.given_name == "Student"]
    assert [p.key for p in students] == ["11", "12", "13", "14", "15", "16", "17", "18"]
    assert {p.family_name for p in students} == {p.key for p in students}


def test_equality_data_are_read_and_not_kept(records):
    kept = repr([*records.people, *records.enrolments, *records.registrations])
    assert [word for word in ("Scotland", "20-30", "0-35", "A Level", "gender") if word in kept] == []


def test_assessments_are_numbered_by_kind_in_the_order_in_which_they_are_due(records):
    assert [(a.key, a.module, a.title, a.weight, a.exam) for a in records.assessments] == [
        ("101", "AAA-2013J", "TMA 1", 1000, False),
        ("105", "AAA-2013B", "TMA 1", 10000, False),
        ("102", "AAA-2013J", "CMA 1", 1250, False),
        ("103", "AAA-2013J", "TMA 2", 9000, False),
        ("104", "AAA-2013J", "Exam 1", 10000, True),
    ]
    due = {a.key: a.due_day for a in records.assessments}
    assert due["104"] is None
    assert day(due["103"]) == date(2026, 11, 24)


def test_work_handed_in_after_the_due_day_is_late_and_what_was_carried_over_never(records):
    found = {(s.assessment, s.student): s for s in records.submissions}
    assert {key: (s.late, s.carried_over, s.mark) for key, s in found.items()} == {
        ("101", "11"): (False, False, 78),
        ("101", "12"): (False, True, 60),
        ("101", "14"): (True, False, None),
        ("103", "11"): (False, False, 55),  # handed in today
        ("105", "11"): (True, False, 100),
    }
    assert day(found["103", "11"].handed_in_day) == NOW.date()


def test_clicks_become_days_up_to_today(activity):
    assert activity.system is Source.VLE
    rows = [(r["student"], r["module"], day(r["day"]), r["views"]) for r in activity.vle_days.to_pylist()]
    assert rows == [
        ("11", "AAA-2013B", START_B, 1),
        ("11", "AAA-2013J", date(2026, 9, 21), 4),
        ("11", "AAA-2013J", date(2026, 10, 4), 3),
        ("12", "AAA-2013J", date(2026, 10, 6), 7),
        ("17", "BBB-2013J", date(2026, 10, 3), 1),
    ]
    assert activity.data_up_to == date(2026, 10, 6)


def test_runs_of_days_without_a_click_of_anybody_are_gaps_of_the_feed(activity):
    silent = "Nobody on the module used its pages for a week or more."
    end = date(2027, 6, 26)
    assert activity.gaps == [
        GapRecord("AAA-2013B", date(2026, 2, 2), END_B, silent),
        GapRecord(
            "AAA-2013J", date(2026, 10, 7), date(2027, 4, 18), silent
        ),  # to day 200, where clicks go on
        GapRecord("BBB-2013J", date(2026, 10, 4), end, silent),
        GapRecord(
            "BBB-2014J",
            date(2027, 10, 1),
            date(2028, 6, 26),
            "The data set has no clicks of this presentation.",
        ),
    ]


@pytest.mark.parametrize(("second", "gap"), [(7, 0), (8, 1)])
def test_a_gap_is_seven_days_or_more(tmp_path, second, gap):
    header, *_ = CLICKS.splitlines(keepends=True)
    lines = [f"AAA,2013J,11,501,{on},1\n" for on in [0, *range(second, 269)]]
    reading = oulad.read(write(tmp_path / "oulad", studentVle=header + "".join(lines)), NOW)
    assert len([g for g in reading.batches[1].gaps if g.module == "AAA-2013J"]) == gap


def test_about_twenty_five_students_have_one_tutor_in_the_same_way_each_time(tmp_path):
    many = INFO_HEADER + "".join(info("AAA-2013J", n) for n in range(1000, 1110))
    folder = write(tmp_path / "oulad", studentInfo=many)
    first, second = (oulad.read(folder, NOW) for _ in range(2))
    assert first.batches[0].tutorings == second.batches[0].tutorings
    tutors = [t.tutor for t in first.batches[0].tutorings]
    assert sorted({tutors.count(tutor) for tutor in tutors}) == [27, 28]
    assert (first.tutors[0].key, first.tutors[0].family_name) == ("oulad-tutor-AAA-2013J-01", "AAA-2013J 01")
    assert first.tutor in tutors


def test_tutoring_begins_with_the_enrolment(records):
    starts = {e.key: e.starts for e in records.enrolments}
    assert (
        TutoringRecord("AAA-2013J-12", "oulad-tutor-AAA-2013J-01", date(2026, 7, 1), None)
        in records.tutorings
    )
    assert [t for t in records.tutorings if t.first != starts[t.enrolment]] == []
