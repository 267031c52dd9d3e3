"""The classes to come: a student's own modules, seven days, and nobody else's timetable."""

import itertools
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, update

from auth.refusals import NotYoursToSee, Refusal
from data_access import coming_classes
from data_access.tables import Registration, TimetableEvent
from policy.days import london_day, number
from tests.cast import ADA, BEN, CAL, CAST, NOBODY, NOW, STUDENTS, TODAY, TOM

OPENS = {(ADA, BEN), (TOM, CAL), (BEN, BEN), (CAL, CAL)}
HOURS = (-2, 3, 30, 24 * 7 - 2, 24 * 9)
"""From now: one is over, three lie within seven days, one is later."""


@pytest.fixture
def planned(store):
    store.change(
        *[_event(module, n, NOW + timedelta(hours=h)) for module in (1, 2, 3) for n, h in enumerate(HOURS)]
    )
    return store


def _event(module: int, n: int, starts: datetime, *, cancelled: bool = False):
    key = 9000 + module * 100 + n
    return insert(TimetableEvent).values(
        id=key,
        key=f"X{key}",
        module=module,
        day=number(london_day(starts)),
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        kind="Seminar",
        cancelled=cancelled,
        run=3,
    )


def test_the_next_seven_days_are_listed_the_soonest_first(planned):
    found = coming_classes.classes(BEN.viewer, None, NOW)
    assert [one.starts_at for one in found] == [NOW + timedelta(hours=h) for h in HOURS[1:4]]
    assert {one.module for one in found} == {f"Introduction to {BEN.family} Studies"}
    assert {one.kind for one in found} == {"Seminar"}


def test_a_class_that_is_called_off_is_left_out(planned):
    planned.change(_event(1, 50, NOW + timedelta(hours=5), cancelled=True))
    assert len(coming_classes.classes(BEN.viewer, None, NOW)) == 3


def test_a_module_that_the_student_has_left_is_left_out(planned):
    left = (
        update(Registration).where(Registration.student == BEN.number).values(last=TODAY - timedelta(days=1))
    )
    planned.change(left)
    assert coming_classes.classes(BEN.viewer, None, NOW) == []


@pytest.mark.parametrize(("asking", "asked"), list(itertools.product(CAST, STUDENTS)), ids=lambda m: m.given)
def test_a_timetable_opens_for_those_who_may_see_the_record_and_holds_no_other_modules(
    planned, asking, asked
):
    if (asking, asked) in OPENS:
        found = coming_classes.classes(asking.viewer, asked.id, NOW)
        assert {one.module for one in found} == {f"Introduction to {asked.family} Studies"}
        return
    with pytest.raises(Refusal):
        coming_classes.classes(asking.viewer, asked.id, NOW)


@pytest.mark.parametrize("asking", CAST, ids=lambda m: m.given)
def test_a_student_who_does_not_exist_opens_for_nobody(planned, asking):
    with pytest.raises(Refusal):
        coming_classes.classes(asking.viewer, NOBODY, NOW)


def test_only_a_student_has_a_timetable_of_their_own(planned):
    with pytest.raises(NotYoursToSee):
        coming_classes.classes(ADA.viewer, None, NOW)
