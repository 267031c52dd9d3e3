"""The middle half of the others: worked out by hand, only where there are enough, and nobody's own row."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from auth.refusals import NotYoursToSee, Refusal
from data_access import cohorts
from data_access.tables import Course, Level, Module, ModuleWeek, Person, Registration
from engagement.score_line import Middle
from policy.days import monday, number
from tests.cast import ADA, BEN, CAL, CAST, DEE, NOW, TERM, TODAY, TOM

WEEK = number(TERM)


def week(person, score, module=1, first=WEEK):
    counts = dict.fromkeys(
        ("expected", "attended", "authorised", "cancelled", "unrecorded", "active_days"), 0
    ) | dict.fromkeys(("due", "on_time", "late", "marked", "mark_points"), 0)
    return ModuleWeek(
        student=person,
        module=module,
        week=first,
        enrolment=2,
        as_of=first + 6,
        score=score,
        rule="test",
        **counts,
    )


@pytest.fixture
def others(store):
    """So many others on Ben's module, with these scores in the first week, beside Ben's own."""

    def made(scores, module=1, mine=100):
        with store.session() as session, session.begin():
            if session.get(Person, 1000) is None:
                session.add_all(
                    Person(number=1000 + n, id=f"p-other-{n}", given_name="O", family_name="Other")
                    for n in range(40)
                )
                session.flush()
            if mine is not None:
                session.add(week(BEN.number, mine, module))
            session.add_all(week(1000 + n, score, module) for n, score in enumerate(scores))
        return store

    return made


def asked(module=None, asking=ADA, student=BEN.id):
    return cohorts.middle_half(asking.viewer, student, module, NOW)


def test_a_quarter_lie_below_and_a_quarter_above_and_both_ends_are_rounded_outwards(others):
    others([1000, 2000, 3100, 4000, 5000, 6000, 7000, 7200, 9000, 10000, 8000, 9500])
    # In order: 10 20 31 40 50 60 70 72 80 90 95 100: the third is 31, the ninth 80.
    assert asked() == (Middle(TERM, 30, 80),)


def test_neither_end_is_anybodys_own_score(others):
    others([4321] * 12)
    assert asked() == (Middle(TERM, 40, 45),)


@pytest.mark.parametrize(("count", "shown"), [(9, False), (10, True)])
def test_fewer_than_ten_others_are_not_shown(others, count, shown):
    others([5000] * count)
    assert bool(asked()) is shown


def test_those_without_a_score_are_not_counted(others):
    others([5000] * 9 + [None] * 20)
    assert asked() == ()


def test_the_student_is_no_part_of_the_others(others):
    others([5000] * 9, mine=5000)
    assert asked() == ()


def test_on_several_modules_everybody_counts_once_by_credits_and_small_modules_are_left_out(others):
    university = others([8000] * 10)
    with university.session() as session, session.begin():
        session.add(Registration(student=BEN.number, module=2, enrolment=1, first=TERM, run=1))
        session.flush()
    university.change(update(Module).where(Module.id == 2).values(credits=40))
    others([2000] * 10, module=2)
    assert asked() == (Middle(TERM, 40, 40),)  # (20 × 80 + 40 × 20) ÷ 60
    assert asked("M2") == (Middle(TERM, 20, 20),)
    assert asked("M1") == (Middle(TERM, 80, 80),)


def test_a_module_that_is_not_the_students_has_no_others(others):
    others([8000] * 10, module=3, mine=None)
    assert asked("M3") == ()
    assert asked() == ()


def test_research_students_are_compared_with_nobody(others):
    university = others([8000] * 12)
    university.change(update(Course).where(Course.id == 1).values(level=Level.RESEARCH))
    assert asked() == ()


def test_weeks_come_oldest_first_and_none_after_today(others):
    university = others([8000] * 10)
    with university.session() as session, session.begin():
        for weeks in (3, 1, 40):
            session.add_all(week(1000 + n, 6000, first=WEEK + 7 * weeks) for n in range(10))
    assert [box.week for box in asked()] == [TERM + timedelta(weeks=n) for n in (0, 1, 3)]
    assert all(box.week <= monday(TODAY) for box in asked())


def test_the_student_sees_what_the_tutor_sees_and_nobody_else_sees_it(others):
    others([5000] * 10)
    own = cohorts.middle_half(BEN.viewer, None, None, NOW)
    assert own == asked() == cohorts.middle_half(BEN.viewer, BEN.id, None, NOW)
    for member in CAST:
        if member not in (ADA, BEN):
            with pytest.raises(Refusal):
                asked(asking=member)
    with pytest.raises(NotYoursToSee):
        cohorts.middle_half(ADA.viewer, None, None, NOW)
    for student in (CAL, DEE):
        with pytest.raises(NotYoursToSee):
            asked(student=student.id)
    assert cohorts.middle_half(TOM.viewer, CAL.id, None, NOW) == ()
