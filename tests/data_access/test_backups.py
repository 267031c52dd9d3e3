"""Restored backups: whatever has ended since one was made stays ended, and no file keeps what was deleted."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from auth.refusals import NotOpenToYourRole, NotYoursToSee, Refusal
from auth.refusals.consent import ConsentRequired
from auth.refusals.files import BackupDamaged, FolderTaken
from auth.viewer import Role, Viewer
from data_access import (
    access_log,
    accounts,
    backups,
    calendar_feeds,
    consents,
    database,
    disposals,
    disposing,
    equality,
    keys,
    loads,
    own_requests,
    plan_actions,
    plan_agreement,
    plans,
    ratings,
    restoring,
    restrictions,
    roles,
    sensitive_notes,
    sessions,
    sharing,
    timelines,
    tombstones,
)
from data_access.records import ContactRecord, PersonRecord, StatusRecord
from data_access.tables import (
    Ceremony,
    ContactDetail,
    ContactKind,
    EnrolmentStatus,
    Person,
    PlanStep,
    RoleGrant,
    SignIn,
    SourceKey,
    Status,
    VleDay,
)
from policy.days import number
from privacy.case_decisions import Ask, UseAgain
from privacy.consent import State
from privacy.labels import Source
from privacy.purposes import Purpose
from privacy.request import Kind
from support.plan import State as PlanState
from tests.cast import ADA, AVI, BEN, DEE, EVE, NOW, ROS, SUE, TERM, TODAY
from tests.data_access import consenting, loading
from tests.data_access.disposing import AFTER, DAY, NIGHT, STILL_AGREED, dispose_of_what_is_due, everything
from tests.data_access.profiles import PROFILE
from tests.planned import planned
from tests.shared import mine, share

JOB = Viewer.service("backup")
ADMIN = EVE.viewer
HOUR = timedelta(hours=1)
LATER = NOW + HOUR


@pytest.fixture
def home(university):
    """The cast on SQLite, rated, whose staff's agreements hold for years."""
    ratings.refresh(NIGHT, NOW)
    university.change(STILL_AGREED)
    return university


@pytest.fixture
def copy(home, tmp_path):
    """Puts yesterday's copy back: made when it is first called, restored at the second."""
    folder = tmp_path / "copy"

    def made_or_restored(at=LATER):
        if folder.exists():
            return backups.restore(ADMIN, folder, at)
        return backups.make(JOB, folder, NOW)

    return made_or_restored


def reach(store) -> list[str]:
    with store.session() as session:
        return sorted(session.scalars(select(ContactDetail.value)))


def address(enrolment, value):
    row = {"enrolment": enrolment, "kind": ContactKind.EMAIL, "value": value, "run": 1}
    return insert(ContactDetail).values(row)


# What was disposed of


def test_yesterdays_backup_brings_back_nobody_who_was_disposed_of(home, copy):
    copy()
    dispose_of_what_is_due()
    assert everything(home, DEE) == {}
    home.change(update(Person).where(Person.number == BEN.number).values(given_name="Changed"))
    assert copy(AFTER).rows > 20
    assert everything(home, DEE) == {}
    assert everything(home, BEN)
    with home.session() as session:
        assert session.get(Person, BEN.number).given_name == "Ben"
    assert access_log.verify(JOB, AFTER).broken_at is None


def test_what_was_erased_at_a_students_wish_does_not_come_back(home, copy):
    copy()
    reference = own_requests.ask(BEN.viewer, Ask(Kind.ERASURE, "Please delete it"), NOW)
    erase(home, reference)
    assert "attendance" not in everything(home, BEN)
    copy()
    left = everything(home, BEN)
    assert not {"attendance", "vle_day"} & left.keys()
    assert {"person", "submission"} <= left.keys()


def erase(store, reference) -> None:
    grant = {"person": SUE.number, "role": Role.COMPLIANCE, "first": TERM, "granted_by": "x", "reason": "x"}
    store.change(insert(RoleGrant).values(grant))
    made = disposals.propose_erasure(ROS.viewer, reference, NOW)
    disposals.approve(Viewer(SUE.number, Role.COMPLIANCE, "session-of-sue"), made, NOW)
    disposing.carry_out(ROS.viewer, NOW)


def test_what_came_after_an_erasure_is_in_a_later_backup_and_stays(home, copy):
    reference = own_requests.ask(BEN.viewer, Ask(Kind.ERASURE, "Please delete it"), NOW)
    erase(home, reference)
    home.change(insert(VleDay).values(student=BEN.number, module=1, day=number(TODAY), views=7, run=2))
    copy()
    assert copy() == restoring.Ended(0, 0)
    assert everything(home, BEN)["vle_day"] == 1


# What a student took back or stopped


@pytest.fixture
def given(home):
    """A consent of Ben's, with a note under it of which Avi reads a sentence."""
    ready = planned(home)
    asked = consenting.ask(ready)
    consenting.give(asked)
    consenting.passed_on(ready, asked)
    return asked


def test_a_consent_that_was_withdrawn_since_stays_withdrawn_and_its_note_shut(home, copy, given):
    copy()
    consents.withdraw(BEN.viewer, given, NOW)
    copy()
    for reader, whom in ((ADA, BEN.id), (BEN, None)):
        with pytest.raises(ConsentRequired):
            sensitive_notes.of(reader.viewer, whom, given, LATER)
    assert sensitive_notes.shared_with_me(AVI.viewer, BEN.id, LATER) == ()
    (one,) = consents.of(BEN.viewer, None, LATER)
    assert (one.state, one.steps[-1].at) == (State.WITHDRAWN, NOW)


def test_a_consent_that_was_refused_since_is_not_asked_for_again(home, copy):
    asked = consenting.ask(planned(home))
    copy()
    consents.refuse(BEN.viewer, asked, NOW)
    copy()
    assert consents.of(BEN.viewer, None, LATER)[0].state is State.REFUSED


def test_an_objection_made_since_still_hides_the_student(home, copy):
    copy()
    own_requests.ask(BEN.viewer, Ask(Kind.OBJECTION, "", (Purpose.IDENTIFY,)), NOW)
    copy()
    with pytest.raises(NotYoursToSee):
        timelines.year(ADA.viewer, BEN.id, LATER)
    (case,) = own_requests.of(BEN.viewer, LATER)
    assert (case.kind, [one.purpose for one in case.unused]) == (Kind.OBJECTION, [Purpose.IDENTIFY])
    assert "lost when an older copy" in case.steps[-1].why


def test_an_objection_that_the_student_ended_since_stays_ended(home, copy):
    own_requests.ask(BEN.viewer, Ask(Kind.OBJECTION, "", (Purpose.IDENTIFY,)), NOW)
    copy()
    own_requests.carry_out(BEN.viewer, UseAgain(Purpose.IDENTIFY), NOW)
    copy()
    assert restrictions.own(BEN.viewer, LATER) == ()
    assert timelines.year(ADA.viewer, BEN.id, LATER)


def test_who_left_the_equality_statistics_since_is_in_no_store(home, copy):
    home.change(insert(SourceKey).values(system=Source.STUDENT_RECORDS, key="W1", person=BEN.number))
    equality.put(JOB, {"W1": PROFILE}, NOW)
    copy()
    own_requests.ask(BEN.viewer, Ask(Kind.EQUALITY_STOP, ""), NOW)
    copy()
    assert equality.finest(JOB, LATER) == {}
    assert equality.put(JOB, {"W1": PROFILE}, LATER) == 0


def test_an_agreement_taken_back_since_and_an_action_not_to_be_shared_stay_so(home, copy):
    ready = planned(home)
    home.change(insert(PlanStep).values(plan=ready.plan, state=PlanState.AGREED, at=NOW - DAY, said=""))
    share(ready)
    copy()
    plan_actions.allow_sharing(BEN.viewer, ready.action, False, NOW)
    copy()
    assert mine(LATER) == ()
    plan_agreement.undo(BEN.viewer, ready.plan, "I would rather not", LATER)
    copy(LATER)
    assert not plans.of(BEN.viewer, None, LATER)[0].in_force
    assert mine(LATER) == ()


def test_a_share_that_the_tutor_ended_since_shows_the_action_to_nobody(home, copy):
    shared = share(planned(home))
    copy()
    sharing.end(ADA.viewer, BEN.id, shared, NOW)
    copy()
    assert mine(LATER) == ()


# Ways to reach somebody, and ways in


def test_ways_to_reach_a_leaver_do_not_come_back_whoever_deleted_them(home, copy):
    home.change(
        address(1, "quince@uni.example"), address(2, "sloe@uni.example"), address(3, "medlar@uni.example")
    )
    copy()
    ended = EnrolmentStatus.enrolment == 1
    home.change(update(EnrolmentStatus).where(ended).values(last=TODAY - DAY))
    disposing.carry_out(NIGHT, NOW)
    assert reach(home) == ["sloe@uni.example"]
    copy()
    # Ben is enrolled in the older records: that his address went is known from the list alone.
    assert reach(home) == ["sloe@uni.example"]


def test_those_that_a_load_deleted_do_not_come_back_either(home, copy):
    email = ContactRecord("kim", ContactKind.EMAIL, "kim@students.example")
    loads.store(JOB, replace(loading.RECORDS, contacts=[email]), NOW)
    copy()
    loads.store(JOB, loading.with_statuses(StatusRecord(Status.WITHDRAWN, TERM, None)), LATER)
    assert reach(home) == []
    copy()
    assert reach(home) == []


def test_an_account_closed_a_role_taken_and_a_calendar_stopped_since_open_nothing(home, copy):
    address_of_ben = calendar_feeds.make(BEN.viewer, NOW)
    ticket = sessions.begin_session(ADA.number, Ceremony.PASSWORD, NOW)
    cookie = sessions.redeem(ticket, "a browser", NOW)
    copy()
    accounts.disable(ADMIN, "avi", NOW)
    roles.revoke(ADMIN, "tom", Role.TUTOR, "He has left the university", NOW)
    calendar_feeds.stop(BEN.viewer, NOW)
    copy()
    with home.session() as session:
        assert session.scalars(select(SignIn.digest).where(SignIn.ended_at.is_(None))).all() == []
    assert sessions.viewer_of(cookie, LATER) is None
    assert calendar_feeds.owner(address_of_ben, LATER) is None
    for username, role in (("avi", Role.ADVISER), ("tom", Role.TUTOR)):
        with pytest.raises(Refusal):
            accounts.acting(username, role, LATER)
    assert accounts.acting("ada", Role.TUTOR, LATER)


def named(store, family) -> int | None:
    with store.session() as session:
        return session.scalar(select(Person.number).where(Person.family_name == family))


def test_the_number_of_somebody_who_came_after_the_backup_is_given_to_nobody_else(home, copy):
    copy()
    loads.store(JOB, loading.RECORDS, LATER)
    before = named(home, "Oyelaran")
    copy()
    assert named(home, "Oyelaran") is None
    other = PersonRecord("lee", "Lee", "Marchbanks")
    loads.store(JOB, replace(loading.NOTHING, people=[other]), LATER + HOUR)
    assert named(home, "Marchbanks") > before + 1


# Files


def test_no_file_holds_a_word_of_whoever_was_disposed_of(home):
    dispose_of_what_is_due()
    found = b"".join(p.read_bytes() for p in home.settings.home.rglob("*") if p.is_file())
    assert not re.search(rb"Yarborough(?! Studies)", found)  # the course of that name is nobody's
    assert DEE.id.encode() not in found
    assert BEN.family.encode() in found


def test_a_way_to_reach_somebody_lingers_in_no_file_once_it_is_deleted(home):
    def found(word: bytes) -> bool:
        return any(word in p.read_bytes() for p in home.settings.home.rglob("*") if p.is_file())

    email = ContactRecord("kim", ContactKind.EMAIL, "kim@students.example")
    home.change(address(3, "medlar@uni.example"))
    loads.store(JOB, replace(loading.RECORDS, contacts=[email]), NOW)
    assert found(b"kim@students")
    assert not found(b"medlar@")  # it went with that load, for Dee has finished
    loads.store(JOB, loading.with_statuses(StatusRecord(Status.WITHDRAWN, TERM, None)), LATER)
    assert not found(b"kim@students")
    home.change(address(3, "medlar@uni.example"))
    disposing.carry_out(NIGHT, NOW)
    assert not found(b"medlar@")


def test_a_backup_that_was_changed_is_refused_before_anything_happens(home, tmp_path):
    folder = tmp_path / "copy"
    backups.make(JOB, folder, NOW)
    with pytest.raises(FolderTaken):
        backups.make(JOB, folder, NOW)
    (path,) = (p for p in folder.glob("*.db") if p.name not in backups.FILES)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(BackupDamaged):
        backups.restore(ADMIN, folder, NOW)
    assert everything(home, DEE)


def test_a_backup_holds_no_key(home, tmp_path):
    made = backups.make(JOB, tmp_path / "copy", NOW)
    assert "note-keys.db" not in made
    found = [p.read_bytes() for p in (home.settings.home / "keys").iterdir()]
    assert len(found) > len(keys.NAMES)
    copied = b"".join(p.read_bytes() for p in (tmp_path / "copy").iterdir())
    assert not [key for key in found if key in copied]


def test_nobody_but_an_administrator_restores(home, tmp_path):
    backups.make(JOB, tmp_path / "copy", NOW)
    for member in (ADA, ROS, BEN):
        with pytest.raises(NotOpenToYourRole):
            backups.restore(member.viewer, tmp_path / "copy", NOW)


def test_without_the_whole_list_of_what_has_ended_nothing_is_restored(home, copy):
    dispose_of_what_is_due()
    copy()
    path = home.settings.home / "tombstones.jsonl"
    path.write_text("\n".join(path.read_text().splitlines()[:-1]) + "\n")
    home.change(update(Person).where(Person.number == BEN.number).values(given_name="Changed"))
    with pytest.raises(tombstones.TombstonesBroken):
        copy(AFTER)
    with home.session() as session:
        assert session.get(Person, BEN.number).given_name == "Changed"


@pytest.mark.parametrize("lost", [slice(1, None), slice(0, -1)], ids=["the first", "the last"])
def test_a_list_of_what_has_ended_that_was_changed_is_noticed(home, lost):
    dispose_of_what_is_due()
    path = home.settings.home / "tombstones.jsonl"
    lines = path.read_text().splitlines()
    assert DEE.family not in path.read_text()
    path.write_text("\n".join(lines[lost]) + "\n")
    with database.writing() as session, pytest.raises(tombstones.TombstonesBroken):
        tombstones.missed(session)
