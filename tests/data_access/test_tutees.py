"""The overview: whom it holds, with which figures, in how many queries."""

from datetime import date, timedelta

from sqlalchemy import delete, update

from auth.viewer import Viewer
from data_access import ratings, tutees
from data_access.tables import (
    Assessment,
    Enrolment,
    EnrolmentStatus,
    EnrolmentWeek,
    Registration,
    Status,
    Submission,
    Tutoring,
    VleDay,
)
from engagement.measure import Rating
from engagement.tutee import Attention, Deadline
from policy.days import number
from tests.cast import ADA, BEN, CAL, NOW, TODAY
from tests.data_access.counting import statements, walked

WEEK = timedelta(weeks=1)


def ben(at=NOW):
    return next(t for t in tutees.overview(ADA.viewer, at) if t.id == BEN.id)


def test_a_row_holds_the_figures_of_the_rating_now(rated):
    found = ben()
    # Weeks count from 21 September; a class each Tuesday, every third one missed; a VLE day each Wednesday.
    assert found.name == "Ben Quaverley"
    assert found.standing.course == "Quaverley Studies"
    assert (found.standing.stage, found.standing.mode) == (1, "full-time")
    assert found.standing.recent.attended == found.standing.recent.held == 2
    assert found.standing.score == 7857  # (4 × 100 + 3 × 50) ÷ 7: two days online where four are usual
    assert found.standing.rating is Rating.GOOD
    assert found.standing.change == 0
    assert found.standing.last_active == date(2026, 11, 18)
    assert found.attention is Attention.GOOD


def test_the_last_eight_weeks_are_there_oldest_first(rated):
    history = ben().standing.history
    assert len(history) == 8
    assert history[-1] == ben().standing.score
    assert all(score is not None for score in history)


def test_the_next_deadline_is_the_soonest_that_is_not_handed_in(rated):
    title = "Introduction to Quaverley Studies"
    assert ben().deadline == Deadline("Report", title, TODAY + timedelta(days=9))
    with rated.session() as session, session.begin():
        row = Submission(student=BEN.number, assessment=101, late=False, carried_over=False, run=1)
        row.extension_day = number(TODAY) + 30
        session.add(row)
    assert ben().deadline == Deadline("Report", title, TODAY + timedelta(days=30))
    own = Submission.assessment == 101
    rated.change(update(Submission).where(own).values(carried_over=True))
    assert ben().deadline is None
    rated.change(update(Submission).where(own).values(carried_over=False, handed_in_day=number(TODAY)))
    assert ben().deadline is None


def test_work_of_a_module_the_student_has_left_is_no_deadline(rated):
    rated.change(update(Registration).where(Registration.student == BEN.number).values(last=TODAY))
    assert ben().deadline
    assert ben(NOW + timedelta(days=1)).deadline is None


def test_nothing_on_the_vle_is_told_with_the_last_day_there_was(store):
    store.change(delete(VleDay).where(VleDay.student == BEN.number, VleDay.day > number(date(2026, 11, 1))))
    ratings.refresh(Viewer.service("rate"), NOW)
    recent = ben().standing.recent
    assert recent.quiet
    assert recent.last_online == date(2026, 10, 28)


def test_before_anything_is_rated_there_is_not_enough_data(store):
    found = ben()
    assert found.standing.rating is Rating.NOT_ENOUGH
    assert found.attention is Attention.NOT_ENOUGH
    assert (found.standing.scores, found.standing.modules, found.standing.last_active) == ((), (), None)


def test_last_weeks_rating_stands_until_this_week_has_one_and_an_older_one_is_none(rated):
    monday = number(TODAY)
    rated.change(delete(EnrolmentWeek).where(EnrolmentWeek.week == monday))
    assert ben().standing.score == 7857
    rated.change(delete(EnrolmentWeek).where(EnrolmentWeek.week >= monday - 7))
    assert ben().standing.rating is Rating.NOT_ENOUGH


def test_a_rating_of_the_future_is_not_shown(rated):
    rated.change(update(EnrolmentWeek).where(EnrolmentWeek.week == number(TODAY)).values(score=100))
    assert ben(NOW - WEEK).standing.score == 7857


def test_what_belongs_to_a_finished_course_stays_hidden(rated):
    # Dee's finished course becomes a second, finished one of Ben's: his row is as it was.
    before = ben()
    rated.change(
        update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 3).values(status=Status.COMPLETED),
        update(Tutoring).where(Tutoring.enrolment == 3).values(tutor=ADA.number),
    )
    rated.change(update(Enrolment).where(Enrolment.id == 3).values(student=BEN.number))
    assert ben() == before


def test_to_step_through_the_tutees_they_come_in_the_order_of_the_list(rated):
    rated.change(update(Tutoring).values(tutor=ADA.number))
    rated.change(update(EnrolmentWeek).where(EnrolmentWeek.enrolment == 2).values(score=1000))
    listed = [(t.id, t.attention, t.standing.score) for t in tutees.overview(ADA.viewer, NOW)]
    assert [(t.id, t.attention, t.standing.score) for t in tutees.in_order(ADA.viewer, NOW)] == listed
    assert [student for student, _, _ in listed] == [CAL.id, BEN.id]


def test_the_number_of_queries_does_not_grow_with_the_number_of_tutees(rated):
    with statements() as one:
        tutees.overview(ADA.viewer, NOW)
    rated.change(update(Tutoring).values(tutor=ADA.number))
    with statements() as two:
        assert {t.id for t in tutees.overview(ADA.viewer, NOW)} == {BEN.id, CAL.id}
    assert len(one) == len(two) <= 8


def test_no_table_of_facts_or_ratings_is_walked_from_end_to_end(university):
    ratings.refresh(Viewer.service("rate"), NOW)
    university.change(delete(VleDay).where(VleDay.day > number(date(2026, 11, 1))))
    ratings.refresh(Viewer.service("rate"), NOW)
    with statements() as sent:
        tutees.overview(ADA.viewer, NOW)
    assert any("max(vle_day.day)" in statement for statement, _ in sent)
    assert walked(sent) == set()


def test_an_exam_is_a_deadline_like_any_other(rated):
    rated.change(update(Assessment).where(Assessment.id == 101).values(exam=True, title="Examination"))
    deadline = ben().deadline
    assert deadline
    assert deadline.title == "Examination"
