"""One student's year: the same for tutor and student, worked out by hand, and read by key."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, update

from auth.refusals import NotYoursToSee
from auth.viewer import Viewer
from data_access import ratings, timelines
from data_access.tables import (
    Assessment,
    Attendance,
    Enrolment,
    EnrolmentStatus,
    FeedGap,
    LoadRun,
    Milestone,
    Register,
    Status,
    Submission,
    Supervision,
    TimetableEvent,
    VleDay,
)
from engagement.facts import Presence, WorkState
from engagement.lanes import Known
from engagement.marks import Outcome
from policy.days import number
from privacy.labels import Source
from tests.cast import ADA, BEN, CAL, DEE, NOW, TERM, TODAY
from tests.data_access.counting import statements, walked

ESSAY, REPORT = 1, 101


def year(asking=ADA, student=BEN.id):
    return timelines.year(asking.viewer, student, NOW)


def week(on: date):
    return next(w for w in year().stretches if w.first <= on <= w.last)


def test_student_and_tutor_see_the_same_facts_the_same_day(rated):
    assert timelines.year(BEN.viewer, None, NOW) == year() == timelines.year(BEN.viewer, BEN.id, NOW)


def test_nobody_but_a_student_has_a_year_of_their_own(rated):
    with pytest.raises(NotYoursToSee):
        timelines.year(ADA.viewer, None, NOW)


def test_who_is_not_enrolled_reads_why_there_is_nothing(rated):
    with pytest.raises(NotYoursToSee) as refused:
        timelines.year(DEE.viewer, None, NOW)
    assert "not actively enrolled" in refused.value.sentence


def test_each_week_counts_what_the_systems_told_of_it(rated):
    # A class each Tuesday, absent in the first week and in every third after; online each Wednesday.
    first, second = year().stretches[:2]
    assert first.classes == {Presence.ABSENT: 1}
    assert second.classes == {Presence.ATTENDED: 1}
    assert [w.active_days for w in year().stretches[:10]] == [1] * 9 + [0]
    assert [w.views for w in year().stretches[:9]] == list(range(10, 19))
    assert {w.known[Source.VLE] for w in year().stretches[:9]} == {Known.DATA}
    assert year().stretches[9].known[Source.VLE] is Known.NOT_YET


@pytest.mark.parametrize(
    ("register", "cancelled", "presence"),
    [
        (Register.PRESENT, False, Presence.ATTENDED),
        (Register.LATE, False, Presence.LATE),
        (Register.AUTHORISED, False, Presence.AUTHORISED),
        (Register.NOT_RECORDED, False, Presence.NOT_RECORDED),
        (Register.ABSENT, True, Presence.CANCELLED),
    ],
)
def test_every_state_of_a_register_is_a_state_of_its_own(rated, register, cancelled, presence):
    rated.change(
        update(Attendance).where(Attendance.event == 100).values(register=register),
        update(TimetableEvent).where(TimetableEvent.id == 100).values(cancelled=cancelled),
    )
    assert week(TERM).classes == {presence: 1}


def test_work_stands_on_the_day_that_holds_for_the_student_as_it_stands_today(rated):
    due = TODAY - timedelta(days=20)
    (essay,) = week(due).work
    assert (essay.title, essay.state, essay.handed_in) == (
        "Essay",
        WorkState.ON_TIME,
        due - timedelta(days=1),
    )
    (report,) = week(TODAY + timedelta(days=9)).work
    assert (report.title, report.state) == ("Report", WorkState.OPEN)
    rated.change(update(Submission).where(Submission.student == BEN.number).values(late=True))
    assert week(due).work[0].state is WorkState.LATE
    rated.change(update(Submission).where(Submission.student == BEN.number).values(handed_in_day=None))
    assert week(due).work[0].state is WorkState.MISSING
    own = Submission.student == BEN.number
    rated.change(update(Submission).where(own).values(extension_day=number(TODAY) + 1))
    assert week(due).work == ()
    assert week(TODAY).work[0].extended
    assert week(TODAY).work[0].state is WorkState.OPEN
    rated.change(update(Submission).where(own).values(carried_over=True))
    assert week(TODAY).work == ()


def test_an_exam_is_announced_and_not_held_against_anybody_afterwards(rated):
    rated.change(update(Assessment).values(exam=True), delete(Submission))
    assert [w.work[0].title for w in year().stretches if w.work] == ["Report"]


def test_a_gap_of_the_feed_is_a_gap_and_the_reason_is_told(rated):
    gap = {"system": Source.VLE, "first": TERM, "last": TERM + timedelta(days=6), "reason": "No export"}
    with rated.session() as session, session.begin():
        session.add(FeedGap(module=None, **gap))
        session.add(FeedGap(module=2, **gap | {"system": Source.ATTENDANCE}))  # Cal's module
    assert week(TERM).known[Source.VLE] is Known.GAP
    assert week(TERM).active_days == 0
    assert week(TERM).known[Source.ATTENDANCE] is Known.DATA
    assert [g.reason for g in year().gaps] == ["No export"]


def test_each_week_names_the_day_of_the_load_behind_it(rated):
    with rated.session() as session, session.begin():
        earlier = session.get(LoadRun, 2)
        assert earlier
        early = LoadRun(
            **{c.key: getattr(earlier, c.key) for c in LoadRun.__table__.columns}
            | {"id": 20, "finished_at": NOW - timedelta(days=30)}
        )
        session.add(early)
        session.flush()
        session.execute(update(VleDay).where(VleDay.day < number(TERM) + 7).values(run=20))
    assert week(TERM).loaded[Source.VLE] == TODAY - timedelta(days=30)
    assert week(TERM + timedelta(weeks=1)).loaded[Source.VLE] == TODAY


def test_now_and_before_are_the_window_of_the_rating_and_the_one_before_it(rated):
    found = year()
    assert found.now
    assert found.before
    assert (found.now.first, found.now.last) == (date(2026, 11, 10), TODAY)
    assert (found.before.first, found.before.last) == (date(2026, 10, 20), date(2026, 11, 9))
    recent = found.standings[0].recent
    assert (found.now.attended, found.now.held) == (recent.attended, recent.held)


def test_the_scores_of_the_whole_year_are_there(rated):
    mondays = [monday for monday, _ in year().standings[0].scores]
    assert mondays[-1] == TODAY
    assert mondays == sorted(mondays)
    assert len(mondays) >= 9


def test_what_belongs_to_a_finished_course_stays_hidden(rated):
    before = year()
    rated.change(
        update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 3).values(status=Status.COMPLETED),
        update(Enrolment).where(Enrolment.id == 3).values(student=BEN.number),
    )
    assert year() == before
    assert "Yarborough Studies" not in repr(year())


def test_another_persons_year_holds_nothing_of_this_one(rated):
    with pytest.raises(NotYoursToSee):
        year(student=CAL.id)
    assert CAL.family not in repr(year())


def test_a_year_is_a_fixed_number_of_queries_by_key(university):
    ratings.refresh(Viewer.service("rate"), NOW)
    with statements() as sent:
        year()
    assert len(sent) <= 19
    assert walked(sent) <= {"feed_gap", "load_run"}


def test_a_research_students_meetings_and_milestones_are_read_with_the_year(rated):
    with rated.session() as session, session.begin():
        for due, held in ((7, 6), (28, None)):
            session.add(
                Supervision(
                    student=BEN.number,
                    due_day=number(TERM) + due,
                    held_day=held and number(TERM) + held,
                    run=1,
                )
            )
        session.add(Milestone(student=BEN.number, title="Review", due_day=number(TODAY) + 9, run=1))
        session.add(Milestone(student=CAL.number, title="Cal's own", due_day=number(TODAY) + 9, run=1))
    marked = [(m.on, m.word, m.outcome) for m in year().marks if m.word != "Suggestion"]
    assert marked == [
        (TERM + timedelta(days=6), "Supervision", Outcome.DONE),
        (TERM + timedelta(days=28), "Supervision", Outcome.MISSED),
        (TODAY + timedelta(days=9), "Milestone", Outcome.AHEAD),
    ]
    assert timelines.year(BEN.viewer, None, NOW) == year()


def test_an_interruption_that_is_over_is_told_with_its_days(rated):
    with rated.session() as session, session.begin():
        session.add(
            EnrolmentStatus(
                enrolment=1,
                status=Status.INTERRUPTED,
                first=TERM,
                last=TERM + timedelta(days=9),
                recorded_at=NOW,
                run=1,
            )
        )
    found = year()
    assert [(one.first, one.last) for one in found.facts.interrupted] == [(TERM, TERM + timedelta(days=9))]
    assert [bool(w.away) for w in found.stretches[:3]] == [True, True, False]


def test_the_score_of_each_module_in_each_week_is_there(rated):
    scores = year().facts.scores
    assert list(scores) == ["M1"]
    assert [score for _, score in scores["M1"]][-1] == year().standings[0].score
