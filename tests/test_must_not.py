"""What nobody may do, line by line: each by the call that would do it, refused, for who would like to.

Written down by hand, without asking the policy. What is refused leaves no word of the student in its sentence.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from auth.permissions import Act, Action
from auth.refusals import AgreementNeeded, NotOpenToYourRole, NotYoursToSee
from auth.refusals.accounts import NotYourself
from auth.refusals.compliance import NoSuchRelease
from auth.refusals.support import NobodyDoesIt, NotForOneself
from auth.viewer import Role, Viewer
from data_access import (
    addresses,
    cohorts,
    consents,
    coverage,
    equality,
    escalations,
    gate,
    going_on,
    meeting_steps,
    meetings,
    messages,
    notes,
    offer_answers,
    offers,
    people_and_roles,
    plan_actions,
    plan_effects,
    plans,
    ratings,
    registers,
    release_decisions,
    releases,
    roles,
    sensitive_notes,
    shared_with_me,
    shares,
    sharing,
    support_answers,
    support_marks,
    support_records,
    timelines,
    tutees,
    who_looked,
)
from data_access.tables import AgreementAcceptance, Message, RoleGrant, SupportAction, Tutoring
from privacy.labels import Category
from privacy.purposes import Purpose
from support.action import Wanted
from support.offer import Format, Slot
from support.party import Party
from tests.cast import ADA, AVI, BEN, CAL, DEE, EVE, MO, NOW, ROS, SUE, TERM, TIM, TODAY, TOM, Member
from tests.planned import AIM, OTHER, TEXT, Planned, planned
from tests.shared import NEED, share

DAY = timedelta(days=1)
SECRET = "Chrysanthemum words of a note"
Call = Callable[[Viewer, str], object]
OF_ONE: dict[str, Call] = {
    "all of support": lambda v, s: support_records.of(v, s, NOW),
    "support on the timeline": lambda v, s: support_marks.days(v, s, NOW),
    "the timeline": lambda v, s: timelines.year(v, s, NOW),
    "the middle of a module": lambda v, s: cohorts.middle_half(v, s, None, NOW),
    "plans": lambda v, s: plans.of(v, s, NOW),
    "scores before and after a plan": lambda v, s: plan_effects.of(v, s, NOW),
    "notes": lambda v, s: notes.of(v, s, NOW),
    "offers": lambda v, s: offers.of(v, s, NOW),
    "meetings": lambda v, s: meetings.of(v, s, NOW),
    "what is shared": lambda v, s: shares.of(v, s, NOW),
    "passing on": lambda v, s: escalations.of(v, s, NOW),
    "consents": lambda v, s: consents.of(v, s, NOW),
}
"""Every read of one student's record that has to do with support."""
WRITES: dict[str, Call] = {
    "recording a contact": lambda v, s: meeting_steps.record(
        v, s, Slot(0, NOW - DAY, 5), Format.PHONE, "", NOW
    ),
    "beginning a note": lambda v, s: notes.begin(v, s, "We talked", NOW),
    "writing a plan": lambda v, s: plans.draft(v, s, "Aim", TODAY + DAY, (), None, NOW),
    "passing on": lambda v, s: escalations.pass_on(v, s, SUE.id, "He did not answer me", NOW),
    "sharing": lambda v, s: sharing.share(v, s, 1, AVI.id, NEED, NOW),
}
LISTS: dict[str, Callable[[Viewer], object]] = {
    "tutees": lambda v: tutees.overview(v, NOW),
    "what goes on": lambda v: going_on.by_student(v, NOW),
    "waiting offers": lambda v: offers.waiting(v, NOW),
    "planned meetings": lambda v: meetings.planned(v, NOW),
    "plans that are not closed": lambda v: plans.unclosed(v, NOW),
    "messages": lambda v: messages.of_tutees(v, NOW),
    "news": lambda v: support_answers.news(v, NOW),
    "what is shared with me": lambda v: shared_with_me.mine(v, NOW),
    "who is passed on to me": lambda v: escalations.to_me(v, NOW),
}
"""Every list that could name a student."""
FIGURES: dict[str, Callable[[Viewer], object]] = {
    "releases": lambda v: releases.all_of(v, NOW),
    "characteristics": lambda v: equality.finest(v, NOW),
    "coverage": lambda v: coverage.by_tutor(v, NOW),
    "registers": lambda v: registers.facts(v, NOW),
    "people": lambda v: people_and_roles.colleagues(v, NOW),
}


@dataclass(frozen=True)
class Line:
    """One line of the list: who must not do what, of which student."""

    who: Member
    what: dict[str, Any]
    of: Member | None = None

    def calls(self) -> Iterator[tuple[str, Callable[[], object]]]:
        for name, call in self.what.items():
            yield name, (lambda c=call: c(self.who.viewer, self.of.id) if self.of else c(self.who.viewer))


def but(what: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: call for name, call in what.items() if name not in names}


LINES = {
    "a tutor opens no other tutor's tutee": Line(TOM, OF_ONE | WRITES, BEN),
    "a tutor opens no former tutee": Line(ADA, OF_ONE | WRITES, DEE),
    "a tutor sees no equality data, no coverage, no register, and no colleague's roles": Line(ADA, FIGURES),
    "a senior tutor opens no student who was not passed on": Line(SUE, OF_ONE | WRITES, BEN),
    "a senior tutor has no list of students but of those": Line(SUE, but(LISTS, "who is passed on to me")),
    "a senior tutor sees no equality data and no register": Line(SUE, but(FIGURES, "coverage")),
    "an adviser opens no record, also not of whom an action is shared": Line(AVI, OF_ONE | WRITES, BEN),
    "an adviser opens nobody else": Line(AVI, OF_ONE | WRITES, CAL),
    "an adviser has no list but of shared actions": Line(AVI, but(LISTS, "what is shared with me")),
    "an adviser sees no figures": Line(AVI, FIGURES),
    "a manager opens no person": Line(MO, OF_ONE | WRITES, BEN),
    "a manager has no list of persons": Line(MO, LISTS),
    "a manager sees no characteristic, no coverage and no register": Line(MO, but(FIGURES, "releases")),
    "compliance opens nobody without a case": Line(ROS, OF_ONE | WRITES, BEN),
    "compliance has no list of students": Line(ROS, LISTS),
    "compliance sees no characteristic of a person": Line(ROS, but(FIGURES, "releases", "registers")),
    "an administrator reads no content": Line(EVE, OF_ONE | WRITES, BEN),
    "an administrator has no list of students": Line(EVE, LISTS),
    "an administrator sees no figures of students": Line(EVE, but(FIGURES, "people")),
    "a student opens no other student": Line(BEN, OF_ONE, CAL),
    "a student writes nothing in a tutor's place, not even about themselves": Line(BEN, WRITES, BEN),
    "a student sees no figures": Line(BEN, FIGURES),
    "who has not signed opens nothing": Line(TIM, OF_ONE | WRITES, BEN),
    "who has finished opens their support no more": Line(
        DEE, {"": lambda v: offer_answers.ask(v, "Hello", Format.PHONE, NOW)}
    ),
}


@pytest.fixture
def shared(university) -> Planned:
    """Ben has a plan, of which Avi sees an action, a note, and a message."""
    ratings.refresh(Viewer.service("rate"), NOW)
    of = planned(university)
    share(of)
    notes.share(ADA.viewer, BEN.id, notes.begin(ADA.viewer, BEN.id, SECRET, NOW), 1, NOW)
    return of


def found(call: Callable[[], object]) -> object:
    """What the call found; nothing, where it was refused, and then no word of anybody was said."""
    try:
        return call()
    except (NotYoursToSee, NotOpenToYourRole, AgreementNeeded) as refused:
        said = refused.sentence
    assert not [word for word in (*BEN.canaries, *CAL.canaries, AIM, TEXT, OTHER, SECRET) if word in said]
    return None


@pytest.mark.parametrize("line", LINES)
def test_nobody_does_what_they_must_not(shared, line):
    assert {name for name, call in LINES[line].calls() if found(call)} == set()


def test_what_is_refused_to_all_others_is_open_to_the_tutor_and_the_student(shared):
    for name, call in OF_ONE.items():
        assert call(ADA.viewer, BEN.id) is not None, name
        assert call(BEN.viewer, BEN.id) is not None, name
    record = support_records.of(BEN.viewer, None, NOW)
    assert [note.entries[0].text for note in record.notes] == [SECRET]
    assert [one.entries for one in support_records.of(ADA.viewer, BEN.id, NOW).notes] == [
        one.entries for one in record.notes
    ]


def test_the_lists_of_a_tutor_name_nobody_elses_tutee(shared):
    offer_answers.ask(BEN.viewer, "Could we talk?", Format.PHONE, NOW)
    for name in but(LISTS, "what is shared with me", "who is passed on to me"):
        shown = repr(LISTS[name](TOM.viewer))
        assert not [word for word in (*BEN.canaries, AIM, TEXT, SECRET) if word in shown], name


def test_the_day_after_the_tutoring_ended_everything_is_shut(university, shared):
    university.change(update(Tutoring).where(Tutoring.enrolment == 1).values(last=TODAY - DAY))
    for call in (OF_ONE | WRITES).values():
        with pytest.raises(NotYoursToSee):
            call(ADA.viewer, BEN.id)


# Advisers


def test_an_adviser_sees_the_one_action_and_no_word_beside_it(shared):
    shown = repr(shared_with_me.mine(AVI.viewer, NOW))
    assert TEXT in shown
    assert not [word for word in (AIM, OTHER, SECRET, f"{BEN.family} Studies") if word in shown]
    assert sensitive_notes.shared_with_me(AVI.viewer, BEN.id, NOW) == ()
    with pytest.raises(NotYoursToSee):
        sensitive_notes.shared_with_me(AVI.viewer, CAL.id, NOW)


def _too(university, member: Member, role: Role) -> Viewer:
    """The member in a second role."""
    more = {"person": member.number, "role": role, "first": TERM, "granted_by": EVE.username, "reason": "Too"}
    university.change(insert(RoleGrant).values(**more))
    if not member.role.staff:
        agreed = AgreementAcceptance.person == AVI.number
        university.change(update(AgreementAcceptance).where(agreed).values(person=member.number))
    return Viewer(member.number, role, f"another-session-of-{member.given}")


@pytest.mark.parametrize("member", [BEN, ADA], ids=["the student", "the tutor"])
def test_nobody_is_the_adviser_of_an_action_of_their_own_or_shares_with_themselves(university, member):
    of, adviser = planned(university), _too(university, member, Role.ADVISER)
    assert member.id not in {one.id for one in plan_actions.advisers(ADA.viewer, BEN.id, NOW)}
    wanted = Wanted("Talk", Party.ADVISER, TODAY + DAY, adviser=member.id)
    with pytest.raises(NobodyDoesIt):
        plan_actions.add(ADA.viewer, BEN.id, of.plan, wanted, NOW)
    # Also where they are named already, for they got the role since.
    university.change(
        update(SupportAction).where(SupportAction.id == of.action).values(adviser=member.number)
    )
    with pytest.raises(NotForOneself):
        share(of, to=member.id)
    assert shared_with_me.mine(adviser, NOW) == ()
    with pytest.raises(NotOpenToYourRole):
        plans.of(adviser, BEN.id, NOW)


# Two roles of one person: one is active


def test_a_tutor_who_also_monitors_sees_figures_in_the_one_role_and_students_in_the_other(university, shared):
    manager = _too(university, ADA, Role.MANAGER)
    assert releases.all_of(manager, NOW) == ()
    for call in OF_ONE.values():
        with pytest.raises((NotYoursToSee, NotOpenToYourRole)):
            call(manager, BEN.id)
    with pytest.raises(NotOpenToYourRole):
        releases.all_of(ADA.viewer, NOW)


# Figures


def test_a_manager_opens_no_release_that_is_not_approved_or_does_not_exist(university):
    with pytest.raises(NoSuchRelease):
        releases.tables(MO.viewer, 1, "university", NOW)
    assert releases.all_of(MO.viewer, NOW) == ()
    for member in (MO, ADA, SUE):
        with pytest.raises(NotOpenToYourRole):
            release_decisions.approve(member.viewer, 1, NOW)


# Addresses and the log


@pytest.mark.parametrize("member", [ADA, SUE, AVI, MO, ROS, EVE, BEN], ids=lambda m: m.given)
def test_nobody_reads_an_address_or_whom_others_looked_at(university, member):
    row = Message(enrolment=1, to=BEN.number)
    with pytest.raises(NotOpenToYourRole):
        addresses.of(member.viewer, row, NOW)
    contact = Act(Action.READ, Category.CONTACT, Purpose.COMMUNICATE)
    with pytest.raises((NotOpenToYourRole, AgreementNeeded)), gate.reading(member.viewer, None, contact, NOW):
        pytest.fail("the gate has opened")
    if member is not BEN:
        with pytest.raises((NotOpenToYourRole, NotYoursToSee)):
            who_looked.of(member.viewer, NOW)


# Administrators


def test_an_administrator_gives_themselves_no_role_and_nobody_passes_the_agreement_by(university):
    with pytest.raises(NotYourself):
        roles.grant(EVE.viewer, EVE.username, Role.TUTOR, "So that I can see", NOW)
    with pytest.raises(NotYourself):
        people_and_roles.give(EVE.viewer, EVE.username, Role.TUTOR, TODAY, None, "So that I can see", NOW)
    for member in (ADA, SUE, ROS, MO, AVI):
        with pytest.raises(NotOpenToYourRole):
            roles.grant(member.viewer, TIM.username, Role.ADMINISTRATOR, "To help", NOW)
    university.change(delete(AgreementAcceptance))
    for member in (ADA, SUE, AVI, EVE, ROS, MO):
        with pytest.raises(AgreementNeeded):
            _opens(member)


def _opens(member: Member) -> object:
    """Something that the member may do once they have signed."""
    opens: dict[Role, Callable[[], object]] = {
        Role.TUTOR: lambda: tutees.overview(member.viewer, NOW),
        Role.SENIOR_TUTOR: lambda: coverage.by_tutor(member.viewer, NOW),
        Role.ADVISER: lambda: shared_with_me.mine(member.viewer, NOW),
        Role.ADMINISTRATOR: lambda: people_and_roles.colleagues(member.viewer, NOW),
        Role.COMPLIANCE: lambda: registers.facts(member.viewer, NOW),
        Role.MANAGER: lambda: releases.all_of(member.viewer, NOW),
    }
    return opens[member.role]()


# Students


def test_a_student_reads_no_draft_and_there_is_no_note_for_staff_alone(university):
    notes.begin(ADA.viewer, BEN.id, SECRET, NOW)
    plans.draft(ADA.viewer, BEN.id, AIM, TODAY + DAY, (), None, NOW)
    shown = repr(support_records.of(BEN.viewer, None, NOW)) + repr(support_marks.days(BEN.viewer, None, NOW))
    assert not [word for word in (SECRET, AIM) if word in shown]
    note = notes.of(ADA.viewer, BEN.id, NOW)[0]
    notes.share(ADA.viewer, BEN.id, note.id, note.version, NOW)
    assert support_records.of(BEN.viewer, None, NOW).notes[0].entries == note.entries


def test_there_is_no_role_for_module_leaders_and_none_that_sees_everybody():
    assert {role.value for role in Role} == {
        "student",
        "tutor",
        "senior_tutor",
        "adviser",
        "manager",
        "compliance",
        "administrator",
        "service",
    }
