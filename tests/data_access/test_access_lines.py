"""The access log as compliance reads it: nobody's name, a day at a time, and what stands out in it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, update

from auth.permissions import Act, Action
from auth.refusals import GoneMeanwhile, Refusal
from auth.viewer import Viewer
from data_access import access_lines, access_log, gate, who_looked
from data_access.access_log import Line, pseudonym
from data_access.tables import Person, SuggestedTalk, SuggestionStep
from engagement.suggestion import Rule as Suggests
from engagement.suggestion import State
from privacy.labels import Category
from privacy.logged import SESSION, Wanted
from privacy.purposes import Purpose
from privacy.watching import Confirmations, Rule, Warned
from tests.cast import ADA, AVI, BEN, CAL, CAST, DEE, MO, NOW, ROS, SUE, TODAY

LOOK = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)
NIGHT = NOW - timedelta(hours=11)
SECOND = timedelta(seconds=1)


@pytest.fixture
def looked(store):
    """Ada opened Ben's record tonight and today, and was refused Cal's; somebody signed in."""
    for at, student in ((NIGHT, BEN.id), (NOW, BEN.id), (NOW, CAL.id)):
        try:
            with gate.reading(ADA.viewer, student, LOOK, at):
                pass
        except Refusal:
            continue
    access_log.record(Line(AVI.viewer, "signed_in", (), NOW))
    return store


def lines(**wanted):
    found = access_lines.on(ROS.viewer, Wanted(**{"day": TODAY, "role": "tutor", **wanted}), NOW)
    return [(one.action, one.allowed, one.students) for one in found.lines]


def test_a_day_is_londons_and_each_filter_leaves_its_own_lines(looked):
    ben, cal = ((pseudonym(one.number),) for one in (BEN, CAL))
    assert lines() == [("read", False, cal), ("read", True, ben)]
    assert lines(allowed=True) == [("read", True, ben)]
    assert lines(allowed=False) == [("read", False, cal)]
    assert lines(day=TODAY - timedelta(days=1)) == [("read", True, ben)]
    assert lines(day=date(2020, 1, 1)) == []
    assert lines(action="write") == []
    assert lines(role="adviser", action=SESSION) == [("signed_in", True, ())]
    assert lines(role="manager") == []


def test_nobody_stands_in_it_by_name_and_to_read_it_is_a_line_of_it(looked):
    before = access_lines.on(ROS.viewer, Wanted(TODAY), NOW)
    shown = repr((before, access_lines.standing_out(ROS.viewer, NOW)))
    assert not [one for one in CAST if one.family in shown or one.id in shown]
    assert access_lines.on(ROS.viewer, Wanted(TODAY, role="compliance"), NOW).all >= 1
    assert before.all == len(before.lines)


def test_what_stands_out_is_found_with_whom_and_when(looked):
    looked.change(update(Person).where(Person.number == BEN.number).values(family_name="OKONKWO-BYRNE"))
    ada = pseudonym(ADA.number)
    found = access_lines.standing_out(ROS.viewer, NOW)
    assert found == (
        Warned(Rule.NAMESAKE, ada, "Personal tutor", NOW, 1),
        Warned(Rule.NAMESAKE, ada, "Personal tutor", NIGHT, 1),
        Warned(Rule.LATE, ada, "Personal tutor", NIGHT, 1),
    )
    assert access_lines.standing_out(ROS.viewer, NOW + timedelta(days=30)) == ()


def test_a_job_and_a_student_on_their_own_record_stand_out_in_nothing(store):
    with gate.reading(BEN.viewer, None, LOOK, NIGHT):
        pass
    access_log.record(Line(Viewer.service("rate"), LOOK, (BEN.number,), NIGHT))
    assert access_lines.standing_out(ROS.viewer, NOW) == ()


def test_a_colleague_is_named_to_who_asks_and_that_they_asked_is_written_down(looked):
    assert access_lines.colleague(ROS.viewer, pseudonym(ADA.number), NOW) == "Ada Okonkwo-Byrne"
    (asked,) = access_lines.on(ROS.viewer, Wanted(TODAY, action=SESSION, role="compliance"), NOW).lines
    assert (asked.action, asked.students) == ("colleague_named", (pseudonym(ADA.number),))
    for other in (pseudonym(BEN.number), "0" * 16):  # students are nobody's to name here
        with pytest.raises(GoneMeanwhile):
            access_lines.colleague(ROS.viewer, other, NOW)
    assert not [one for one in who_looked.of(DEE.viewer, NOW) if one.role == "Information compliance"]


def test_confirmations_are_counted_by_how_soon_they_followed_the_opening(store):
    talk = {"enrolment": 1, "rule": Suggests.QUIET, "state": State.CONFIRMED, "raised_at": NOW, "as_of": 1}
    store.change(
        insert(SuggestedTalk).values(talk | {"id": 1, "last": 1, "amount": 1, "of": 1, "policy": ""})
    )
    step = {"suggestion": 1, "person": ADA.number}
    steps = [
        step | {"state": State.CONFIRMED, "at": NOW, "opened_at": NOW - 2 * SECOND},
        step | {"state": State.CONFIRMED, "at": NOW, "opened_at": NOW - 40 * SECOND},
        step | {"state": State.DISMISSED, "at": NOW, "opened_at": NOW},
        step
        | {"state": State.CONFIRMED, "at": NOW - timedelta(days=90), "opened_at": NOW - timedelta(days=90)},
    ]
    store.change(*(insert(SuggestionStep).values(one) for one in steps))
    assert access_lines.confirmations(ROS.viewer, NOW) == Confirmations(2, 1)


@pytest.mark.parametrize("member", [ADA, AVI, BEN, MO, SUE], ids=lambda one: one.given)
def test_it_is_open_to_compliance_alone(store, member):
    for asked in (
        lambda: access_lines.on(member.viewer, Wanted(TODAY), NOW),
        lambda: access_lines.standing_out(member.viewer, NOW),
        lambda: access_lines.confirmations(member.viewer, NOW),
        lambda: access_lines.colleague(member.viewer, pseudonym(ADA.number), NOW),
    ):
        with pytest.raises(Refusal):
            asked()
