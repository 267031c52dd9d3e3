"""A copy on its way: what officers see, two of them for one copy, every step that is refused, and what is covered."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, insert, select, update

import policy
from auth.refusals import GoneMeanwhile, MovedOn, NotOpenToYourRole, NotYoursToSee, ReasonNeeded
from auth.refusals.rights import NotAllDecided, OtherOfficer
from auth.viewer import Role
from data_access import pack_decisions, pack_flagged, pack_review, packs
from data_access.tables import (
    AccessPack,
    Account,
    AgreementAcceptance,
    CaseStep,
    EntryKind,
    Message,
    Note,
    NoteEntry,
    PackStep,
    Person,
    RightsCase,
    RoleGrant,
)
from privacy.pack_decisions import Begin, Check, Decide, Issue, SendBack, Withdraw
from privacy.pack_state import NEXT, Cover, State
from privacy.redaction import Kind, Reason
from privacy.request import Channel
from privacy.request import Kind as Asked
from privacy.request import State as CaseState
from support.note import State as NoteState
from tests.cast import ADA, BEN, CAL, CAST, DEE, HASH, NOW, ROS, TERM, Member

ANA = Member(9, "p-ana-11f1", "Ana", "Brodie", Role.COMPLIANCE)
"""A second officer."""
TEXT = "We talked about Dee Yarborough and her flatmate Priya Patel."


@pytest.fixture
def case(store):
    """An open request of Ben's, a note of his that speaks of others, and a second officer."""
    with store.session() as session, session.begin():
        session.add(Person(number=ANA.number, id=ANA.id, given_name=ANA.given, family_name=ANA.family))
        session.flush()
        session.add(Account(person=ANA.number, username=ANA.username, password_hash=HASH))
        session.add(RoleGrant(person=ANA.number, role=ANA.role, first=TERM, granted_by="x", reason="x"))
        signed = session.scalars(
            select(AgreementAcceptance).where(AgreementAcceptance.person == ROS.number)
        ).one()
        session.add(
            AgreementAcceptance(
                person=ANA.number,
                version=signed.version,
                sha256=signed.sha256,
                typed_name="Ana Brodie",
                accepted_at=signed.accepted_at,
                expires_at=signed.expires_at,
            )
        )
        session.add(opened_case())
        session.add(
            Note(id=1, enrolment=1, author=ADA.number, state=NoteState.APPROVED, begun_at=NOW, saved_at=NOW)
        )
        session.flush()
        session.add(NoteEntry(note=1, kind=EntryKind.TEXT, version=1, person=ADA.number, at=NOW, text=TEXT))
    return store


def opened_case(member=BEN, **also):
    """A request for a copy that is open."""
    days = dict.fromkeys(("target", "due", "latest"), date(2026, 12, 23))
    fields = {
        "reference": f"R-{member.given}",
        "student": member.number,
        "kind": Asked.ACCESS,
        "state": CaseState.IN_PROGRESS,
        "channel": Channel.HERE,
        "text": "A copy, please.",
        "received_at": NOW,
        "entered_at": NOW,
        "about_team": False,
    }
    return RightsCase(**fields | days | also)


def latest(member=ROS):
    return pack_review.latest(member.viewer, BEN.id, NOW)


def do(decided, member=ROS, student=BEN):
    pack_decisions.carry_out(member.viewer, student.id, decided, NOW)


def covers(hidden=True):
    (flagged,) = latest().flagged
    spans = [Cover(span.start, span.end, Reason.OTHER_PERSON, hidden) for span in flagged.spans]
    return Decide(latest().id, flagged.place, flagged.sha256, tuple(spans))


def bring(state):
    """Bring a new copy of Ben's into this state; its id."""
    do(Begin())
    id = latest().id
    if state is State.LOOKED_AT:
        return id
    if state is State.WITHDRAWN:
        do(Withdraw(id, "Not needed"))
        return id
    do(covers())
    do(Check(id))
    if state is State.ISSUED:
        do(Issue(id), ANA)
    return id


def state_of(store):
    with store.session() as session:
        return session.scalars(select(AccessPack.state)).one()


def test_what_may_speak_of_others_is_shown_to_the_officer(case):
    assert latest() is None
    do(Begin())
    (flagged,) = latest().flagged
    assert (flagged.title, flagged.text, flagged.covers) == ("What stands in notes", TEXT, ())
    assert [(span.of(TEXT), span.kind) for span in flagged.spans] == [
        ("Dee Yarborough", Kind.NAME),
        ("Priya Patel", Kind.SOMEBODY),
    ]


def test_two_officers_bring_a_copy_to_its_student_without_the_covered_words(case):
    id = bring(State.ISSUED)
    pack = packs.whole(BEN.viewer, id, NOW)
    (text,) = [row[6] for row in pack.section("note_entry").rows]
    other = "[REDACTED – other person]"
    assert text == f"We talked about {other} and her flatmate {other}."
    assert pack.left_out[0].what == "What stands in notes"
    assert pack.left_out[0].why == "Words are covered: other person."
    with case.session() as session:
        assert session.scalars(select(NoteEntry.text)).one() == TEXT
        steps = session.execute(select(PackStep.state, PackStep.person).order_by(PackStep.id)).all()
    assert steps == [
        (State.LOOKED_AT, ROS.number),
        (State.CHECKED, ROS.number),
        (State.ISSUED, ANA.number),
    ]


def test_what_an_officer_leaves_is_left(case):
    do(Begin())
    do(covers(hidden=False))
    do(Check(latest().id))
    do(Issue(latest().id), ANA)
    assert TEXT in packs.whole(BEN.viewer, latest().id, NOW).section("note_entry").rows[0]


def test_the_students_own_words_need_no_covering(case):
    mine = {"note": 1, "kind": EntryKind.COMMENT, "version": 2, "person": BEN.number, "at": NOW}
    case.change(insert(NoteEntry).values(**mine, text="My mother and Dee Yarborough help me."))
    do(Begin())
    assert [one.text for one in latest().flagged] == [TEXT]
    do(covers())
    do(Check(latest().id))
    do(Issue(latest().id), ANA)
    said = [row[-2] for row in packs.whole(BEN.viewer, latest().id, NOW).section("note_entry").rows]
    assert said[-1] == "My mother and Dee Yarborough help me."


def test_the_places_that_the_university_names_are_no_other_persons(case):
    (place, *_) = policy.current().support.place
    case.change(update(NoteEntry).values(text=f"Write to {place.email} or ring {place.phone}."))
    do(Begin())
    assert latest().flagged == ()


def test_what_is_said_of_a_complaint_about_the_team_is_the_officers_alone_and_stays_closed(case, monkeypatch):
    ours = policy.current()
    named = ours.rights.model_copy(update={"data_protection_officer": ANA.username})
    monkeypatch.setattr(policy, "current", lambda: replace(ours, rights=named))
    with case.session() as session, session.begin():
        session.add(complaint := opened_case(reference="R-2", kind=Asked.COMPLAINT, about_team=True))
        session.flush()
        said = {"state": CaseState.RECEIVED, "on": NOW.date(), "at": NOW, "person": ANA.number}
        session.add(CaseStep(case=complaint.id, why="Ros told her flatmate Priya Patel.", **said))
    do(Begin())
    assert [one.text for one in latest().flagged] == [TEXT]
    assert len(latest(ANA).flagged) == 2
    do(covers())
    do(Check(latest().id))
    case.change(update(AccessPack).values(state=State.ISSUED, issued_at=NOW, ends_at=NOW + timedelta(days=7)))
    pack = packs.whole(BEN.viewer, latest().id, NOW)
    assert pack_flagged.NOT_YET in pack.section("case_step").rows[0]


def test_whoever_checked_it_does_not_issue_it(case):
    id = bring(State.CHECKED)
    assert latest().by_viewer
    with pytest.raises(OtherOfficer):
        do(Issue(id))
    assert state_of(case) is State.CHECKED
    assert not latest(ANA).by_viewer


def test_nothing_is_checked_while_a_text_waits(case):
    do(Begin())
    with pytest.raises(NotAllDecided):
        do(Check(latest().id))


def test_a_text_that_changed_after_the_check_is_looked_at_again(case):
    id = bring(State.CHECKED)
    case.change(update(NoteEntry).values(text="Her mother rang."))
    with pytest.raises(NotAllDecided):
        do(Issue(id), ANA)


def test_a_text_that_changed_after_the_issue_is_left_out_whole(case):
    id = bring(State.ISSUED)
    case.change(update(NoteEntry).values(text="Her mother rang."))
    pack = packs.whole(BEN.viewer, id, NOW)
    assert pack_flagged.NOT_YET in pack.section("note_entry").rows[0]
    assert pack.left_out[0].why == "A text here was written after the copy was checked."


def test_a_decision_about_another_text_than_is_there_is_refused(case):
    do(Begin())
    decided = covers()
    case.change(update(NoteEntry).values(text="Her mother rang."))
    with pytest.raises(MovedOn):
        do(decided)


def test_covers_beyond_the_text_are_refused(case):
    do(Begin())
    (flagged,) = latest().flagged
    for start, end in ((0, 10_000), (-1, 3), (5, 5)):
        beyond = (Cover(start, end, Reason.LEGAL, hidden=True),)
        with pytest.raises(MovedOn):
            do(Decide(latest().id, flagged.place, flagged.sha256, beyond))


def test_a_second_decision_takes_the_place_of_the_first(case):
    do(Begin())
    do(covers())
    do(covers(hidden=False))
    assert [one.hidden for one in latest().flagged[0].covers] == [False, False]


MOVES = {
    State.CHECKED: lambda id: Check(id),
    State.LOOKED_AT: lambda id: SendBack(id, "Look at the note again"),
    State.ISSUED: lambda id: Issue(id),
    State.WITHDRAWN: lambda id: Withdraw(id, "Asked for by mistake"),
}


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", MOVES)
def test_every_step_is_allowed_or_refused_as_the_table_says(case, before, after):
    id = bring(before)
    if after in NEXT[before]:
        if after is State.CHECKED:
            do(covers())
        do(MOVES[after](id), ANA)
        assert state_of(case) is after
        return
    with pytest.raises((MovedOn, GoneMeanwhile, NotAllDecided)):
        do(MOVES[after](id), ANA)
    assert state_of(case) is before


@pytest.mark.parametrize("decided", [SendBack("x", "  "), Withdraw("x", "")])
def test_a_step_back_needs_a_reason(case, decided):
    with pytest.raises(ReasonNeeded):
        do(decided)


def test_begun_twice_it_is_one_copy(case):
    do(Begin())
    do(Begin(), ANA)
    with case.session() as session:
        assert session.scalar(select(func.count()).select_from(AccessPack)) == 1


def test_the_student_is_told_once_it_is_issued(case):
    bring(State.CHECKED)
    with case.session() as session:
        assert session.scalars(select(Message)).all() == []
    do(Issue(latest().id), ANA)
    with case.session() as session:
        message = session.scalars(select(Message)).one()
    assert (message.to, message.template) == (BEN.number, "access-pack")
    assert "30 November 2026, 10:00" in message.body


def test_the_student_sees_where_it_stands_and_never_the_texts(case):
    bring(State.CHECKED)
    (copy,) = packs.own(BEN.viewer, NOW)
    assert (copy.state, copy.flagged, copy.opens(NOW)) == (State.CHECKED, (), False)
    assert packs.own(CAL.viewer, NOW) == ()


@pytest.mark.parametrize("member", [m for m in CAST if m.role is not Role.COMPLIANCE], ids=lambda m: m.given)
def test_nobody_but_compliance_looks_at_it_or_moves_it(case, member):
    with pytest.raises(NotOpenToYourRole):
        latest(member)
    with pytest.raises(NotOpenToYourRole):
        do(Begin(), member)


def test_compliance_looks_at_nothing_without_an_open_request(case):
    for student in (CAL, DEE):
        with pytest.raises(NotYoursToSee):
            do(Begin(), student=student)
    do(Begin())
    case.change(update(RightsCase).values(ended_at=NOW))
    with pytest.raises(NotYoursToSee):
        latest()


def test_a_copy_of_another_student_is_not_reached_through_this_one(case):
    id = bring(State.CHECKED)
    with case.session() as session, session.begin():
        session.add(opened_case(CAL))
    with pytest.raises(GoneMeanwhile):
        do(Issue(id), ANA, CAL)


def test_what_became_of_copies_is_in_the_copy(case):
    id = bring(State.ISSUED)
    pack = packs.whole(BEN.viewer, id, NOW + timedelta(hours=1))
    assert len(pack.section("pack_step").rows) == 3
    assert len(pack.section("redaction").rows) == 2
