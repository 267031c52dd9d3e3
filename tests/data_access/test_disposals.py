"""Disposal: what goes when, what holds it back, who approves, and that nothing comes back with a backup."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from auth.refusals import BackupDamaged, FolderTaken, NotOpenToYourRole, NotYourOwn, NotYoursToSee, Refusal
from auth.viewer import Role, Viewer
from data_access import (
    access_log,
    backups,
    database,
    disposals,
    erasing,
    gate,
    own_requests,
    person_paths,
    ratings,
    tombstones,
)
from data_access.tables import (
    AgreementAcceptance,
    Attendance,
    ContactDetail,
    ContactKind,
    Disposal,
    DisposalPerson,
    EnrolmentStatus,
    Person,
    PlanStep,
    RoleGrant,
    Submission,
    SupportPlan,
    VleDay,
)
from privacy.case_decisions import Ask
from privacy.labels import Retention
from privacy.request import Kind
from privacy.retention import State
from support.plan import State as PlanState
from tests.cast import ADA, BEN, CAL, CAST, DEE, EVE, NOW, ROS, SUE, TERM

JOB = Viewer.service("dispose")
ADMIN = EVE.viewer
DAY = timedelta(days=1)
AFTER = datetime(2033, 1, 10, 10, tzinfo=UTC)
"""More than six years after Dee's last day, 20 November 2026."""
_STILL_AGREED = update(AgreementAcceptance).values(expires_at=AFTER + 2 * DAY)


@pytest.fixture
def rated(store):
    ratings.refresh(Viewer.service("rate"), NOW)
    store.change(_STILL_AGREED)
    store.change(
        insert(ContactDetail).values(
            [
                {"enrolment": n, "kind": ContactKind.EMAIL, "value": f"{word}@uni.example", "run": 1}
                for n, word in ((1, "quince"), (3, "medlar"))
            ]
        )
    )
    return store


@pytest.fixture
def second(rated) -> Viewer:
    """A second colleague in compliance: Sue in that role."""
    grant = {"person": SUE.number, "role": Role.COMPLIANCE, "first": TERM, "granted_by": "x", "reason": "x"}
    rated.change(insert(RoleGrant).values(grant))
    return Viewer(SUE.number, Role.COMPLIANCE, "session-of-sue")


def rows(store, column, person=DEE) -> int:
    table = column.class_.__table__
    with store.session() as session:
        question = select(func.count()).select_from(table).where(person_paths.belongs(table, person.number))
        return session.scalar(question)


def everything(store, person=DEE) -> dict[str, int]:
    with store.session() as session:
        return {
            table.name: number
            for table in person_paths.tables()
            if (
                number := session.scalar(
                    select(func.count()).select_from(table).where(person_paths.belongs(table, person.number))
                )
            )
        }


def due(at, kind) -> int:
    return next(one.people for one in disposals.due(JOB, at) if one.kind == kind)


def test_ways_to_reach_a_leaver_are_gone_with_the_next_job_and_nobody_elses(rated):
    done = disposals.carry_out(JOB, NOW)
    assert rows(rated, ContactDetail.value) == 0
    assert rows(rated, ContactDetail.value, BEN) == 1
    assert len(done) == 1
    assert disposals.carry_out(JOB, NOW) == ()


def test_a_course_that_ends_at_midnight_loses_them_on_that_day(rated):
    rated.change(update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=NOW.date()))
    disposals.carry_out(JOB, NOW.replace(hour=23, minute=59))
    assert rows(rated, ContactDetail.value, BEN) == 1
    disposals.carry_out(JOB, NOW + DAY)
    assert rows(rated, ContactDetail.value, BEN) == 0


@pytest.mark.parametrize(
    ("day", "number"), [(date(2027, 11, 19), 0), (date(2027, 11, 20), 1), (date(2030, 1, 1), 1)]
)
def test_engagement_is_due_a_year_after_the_last_course_to_the_day(rated, day, number):
    at = datetime.combine(day, NOW.timetz())
    assert due(at, Retention.ENGAGEMENT) == number


def test_who_still_studies_has_nothing_due_however_late(rated):
    assert all(one.people <= 1 for one in disposals.due(JOB, AFTER))
    assert rows(rated, Attendance.event, BEN) > 0
    disposals.propose(JOB, AFTER)
    with rated.session() as session:
        assert set(session.scalars(select(DisposalPerson.person))) == {DEE.number}


def test_what_somebody_else_has_makes_nobody_due(rated):
    at = NOW + timedelta(days=2)
    with rated.session() as session, session.begin():
        plan = SupportPlan(
            enrolment=1, tutor=ADA.number, state=PlanState.ACTIVE, aim="x", review_on=at.date(), made_at=NOW
        )
        session.add(plan)
        session.flush()
        session.add(PlanStep(plan=plan.id, state=PlanState.ACTIVE, at=NOW, person=ADA.number, said=""))
    assert due(AFTER, Retention.SUPPORT) == 0
    assert everything(rated, BEN)["plan_step"] == 1


def test_nothing_but_what_is_automatic_goes_without_somebodys_approval(rated):
    disposals.propose(JOB, AFTER)
    before = everything(rated)
    disposals.carry_out(JOB, AFTER)
    after = everything(rated)
    assert before.keys() - after.keys() == {"contact_detail"}


def test_what_is_approved_goes_whole_and_leaves_a_certificate_that_names_nobody(rated):
    disposals.propose(JOB, AFTER)
    for one in disposals.proposals(ROS.viewer, AFTER):
        disposals.approve(ROS.viewer, one.id, AFTER)
    disposals.carry_out(JOB, AFTER)
    assert everything(rated) == {}
    found = disposals.proposals(ROS.viewer, AFTER)
    assert {one.state for one in found} == {State.DONE}
    assert sum(one.rows for one in found) > 20
    assert all(len(one.sha256) == 64 for one in found)
    with rated.session() as session:
        assert session.scalars(select(DisposalPerson.person)).all() == []
        texts = " ".join(f"{r.counts} {r.reason}" for r in session.scalars(select(Disposal)))
    assert not [word for word in DEE.canaries if word in texts]
    assert everything(rated, BEN)


def test_a_second_night_changes_nothing(rated):
    disposals.propose(JOB, AFTER)
    for one in disposals.proposals(ROS.viewer, AFTER):
        disposals.approve(ROS.viewer, one.id, AFTER)
    disposals.carry_out(JOB, AFTER)
    assert disposals.propose(JOB, AFTER + DAY) == 0
    assert disposals.carry_out(JOB, AFTER + DAY) == ()


def test_an_earlier_day_never_makes_more_due_than_a_later_one(rated):
    days = [NOW + timedelta(days=200 * n) for n in range(14)]
    for kind in Retention:
        counted = [due(at, kind) for at in days]
        assert counted == sorted(counted)


@pytest.mark.parametrize("kind", ["", "engagement"])
def test_a_hold_keeps_the_records_but_not_the_ways_to_reach_somebody(rated, kind):
    disposals.hold(ROS.viewer, "", kind, "A claim before the court", NOW)
    disposals.carry_out(JOB, AFTER)
    disposals.propose(JOB, AFTER)
    proposed = {one.kind for one in disposals.proposals(ROS.viewer, AFTER) if one.state is State.PROPOSED}
    assert "engagement" not in proposed
    assert bool(proposed) == bool(kind)
    assert rows(rated, ContactDetail.value) == 0


def test_the_list_of_holds_says_who_why_and_until_when(rated):
    first = disposals.hold(ROS.viewer, "", "engagement", "A claim before the court", NOW)
    second = disposals.hold(ROS.viewer, "", "", "An inquiry of the regulator", AFTER)
    disposals.lift(ROS.viewer, first, AFTER)
    said = [
        (one.id, one.kind, one.reason, one.placed_by, one.lifted_at) for one in disposals.holds(JOB, AFTER)
    ]
    assert said == [
        (second, "", "An inquiry of the regulator", "Ros Llewellyn", None),
        (first, "engagement", "A claim before the court", "Ros Llewellyn", AFTER),
    ]


def test_a_hold_placed_after_the_approval_still_holds(rated):
    disposals.propose(JOB, AFTER)
    for one in disposals.proposals(ROS.viewer, AFTER):
        disposals.approve(ROS.viewer, one.id, AFTER)
    number = disposals.hold(ROS.viewer, "", "", "A claim before the court", AFTER)
    before = everything(rated)
    disposals.carry_out(JOB, AFTER)
    assert everything(rated) == {
        n: c for n, c in before.items() if n not in ("contact_detail", "disposal_person")
    }
    disposals.lift(ROS.viewer, number, AFTER)
    assert disposals.propose(JOB, AFTER) > 0


def test_an_open_request_of_the_student_keeps_what_it_is_about(rated):
    own_requests.ask(DEE.viewer, Ask(Kind.ACCESS, "Everything"), AFTER)
    assert next(one.held for one in disposals.due(JOB, AFTER) if one.kind == "core") == 1
    assert disposals.propose(JOB, AFTER) == 0


def test_an_erasure_is_approved_by_another_colleague_and_leaves_that_they_studied_here(rated, second):
    reference = own_requests.ask(BEN.viewer, Ask(Kind.ERASURE, "Please delete it"), NOW)
    number = disposals.propose_erasure(ROS.viewer, reference, NOW)
    with pytest.raises(NotYourOwn):
        disposals.approve(ROS.viewer, number, NOW)
    _agreed(rated, second)
    disposals.approve(second, number, NOW)
    disposals.carry_out(JOB, NOW)
    for column in (Attendance.event, VleDay.day, ContactDetail.value):
        assert rows(rated, column, BEN) == 0
    assert rows(rated, Person.id, BEN) == 1
    assert rows(rated, Submission.assessment, BEN) == rows(rated, Submission.assessment, CAL)
    with pytest.raises(NotYoursToSee):
        disposals.propose_erasure(ROS.viewer, "nothing", NOW)


def _agreed(store, viewer: Viewer) -> None:
    """Nothing to do: Sue has accepted the agreement as senior tutor."""
    with store.session() as session:
        assert gate.has_agreed(session, viewer, NOW)


def test_a_refused_proposal_touches_nothing_and_comes_again(rated):
    disposals.propose(JOB, AFTER)
    before = everything(rated)
    for one in disposals.proposals(ROS.viewer, AFTER):
        disposals.refuse(ROS.viewer, one.id, "An appeal may still come", AFTER)
    disposals.carry_out(JOB, AFTER)
    assert before.keys() - everything(rated).keys() == {"contact_detail", "disposal_person"}
    assert disposals.propose(JOB, AFTER) > 0


def test_a_crash_in_the_middle_leaves_nothing_half_done(rated, monkeypatch):
    disposals.propose(JOB, AFTER)
    for one in disposals.proposals(ROS.viewer, AFTER):
        disposals.approve(ROS.viewer, one.id, AFTER)
    before, real = everything(rated), erasing._rows

    def failing(opened, table, person):
        if table.name == "vle_day":
            raise OSError("the power is gone")
        return real(opened, table, person)

    monkeypatch.setattr(erasing, "_rows", failing)
    with pytest.raises(OSError, match="power"):
        disposals.carry_out(JOB, AFTER)
    left = everything(rated)
    assert left["vle_day"] == before["vle_day"]
    assert left["attendance"] == before["attendance"]
    monkeypatch.setattr(erasing, "_rows", real)
    disposals.carry_out(JOB, AFTER)
    assert everything(rated) == {}


def test_a_colleague_who_once_studied_here_keeps_name_and_account(rated):
    grant = {"person": DEE.number, "role": Role.TUTOR, "first": TERM, "granted_by": "x", "reason": "x"}
    rated.change(insert(RoleGrant).values(grant))
    disposals.propose(JOB, AFTER)
    for one in disposals.proposals(ROS.viewer, AFTER):
        disposals.approve(ROS.viewer, one.id, AFTER)
    disposals.carry_out(JOB, AFTER)
    left = everything(rated)
    assert {"person", "account", "role_grant"} <= left.keys()
    assert not {"attendance", "vle_day", "submission", "enrolment_week"} & left.keys()


@pytest.mark.parametrize("member", [m for m in CAST if m.role is not Role.COMPLIANCE], ids=lambda m: m.given)
def test_nobody_but_compliance_sees_or_decides(rated, member):
    for asked in (
        lambda: disposals.due(member.viewer, NOW),
        lambda: disposals.proposals(member.viewer, NOW),
        lambda: disposals.approve(member.viewer, 1, NOW),
        lambda: disposals.hold(member.viewer, "", "", "A claim before the court", NOW),
    ):
        with pytest.raises(Refusal):
            asked()


# Restored backups


@pytest.fixture
def on_file(university):
    ratings.refresh(Viewer.service("rate"), NOW)
    university.change(_STILL_AGREED)
    return university


def dispose_of_dee() -> None:
    disposals.propose(JOB, AFTER)
    for one in disposals.proposals(ROS.viewer, AFTER):
        disposals.approve(ROS.viewer, one.id, AFTER)
    disposals.carry_out(JOB, AFTER)


def test_yesterdays_backup_brings_back_nobody_who_was_disposed_of(on_file, tmp_path):
    backups.make(Viewer.service("backup"), tmp_path / "copy", NOW)
    dispose_of_dee()
    assert everything(on_file) == {}
    on_file.change(update(Person).where(Person.number == BEN.number).values(given_name="Changed"))
    assert backups.restore(ADMIN, tmp_path / "copy", AFTER) > 20
    assert everything(on_file) == {}
    assert everything(on_file, BEN)
    with on_file.session() as session:
        assert session.get(Person, BEN.number).given_name == "Ben"
    assert access_log.verify(JOB, AFTER).broken_at is None


def test_no_file_holds_a_word_of_whoever_was_disposed_of(on_file):
    dispose_of_dee()
    with database.stores().core.connect() as connection:
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    home = on_file.settings.home
    found = b"".join(p.read_bytes() for p in home.rglob("*") if p.is_file())
    assert not re.search(rb"Yarborough(?! Studies)", found)  # the course of that name is nobody's
    assert DEE.id.encode() not in found
    assert BEN.family.encode() in found


def test_a_backup_that_was_changed_is_refused_before_anything_happens(on_file, tmp_path):
    folder = tmp_path / "copy"
    backups.make(Viewer.service("backup"), folder, NOW)
    with pytest.raises(FolderTaken):
        backups.make(Viewer.service("backup"), folder, NOW)
    (path,) = (p for p in folder.glob("*.db") if p.name not in backups.FILES)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(BackupDamaged):
        backups.restore(ADMIN, folder, NOW)
    assert everything(on_file)


def test_a_backup_holds_no_key(on_file, tmp_path):
    made = backups.make(Viewer.service("backup"), tmp_path / "copy", NOW)
    assert "note-keys.db" not in made
    keys = [p.read_bytes() for p in (on_file.settings.home / "keys").iterdir()]
    copied = b"".join(p.read_bytes() for p in (tmp_path / "copy").iterdir())
    assert not [key for key in keys if key in copied]


def test_nobody_but_an_administrator_restores(on_file, tmp_path):
    backups.make(Viewer.service("backup"), tmp_path / "copy", NOW)
    for member in (ADA, ROS, BEN):
        with pytest.raises(NotOpenToYourRole):
            backups.restore(member.viewer, tmp_path / "copy", NOW)


def test_a_list_of_what_is_gone_that_was_changed_is_noticed(on_file):
    dispose_of_dee()
    path = on_file.settings.home / "tombstones.jsonl"
    lines = path.read_text().splitlines()
    assert DEE.family not in path.read_text()
    path.write_text("\n".join(lines[1:]) + "\n")
    with pytest.raises(tombstones.TombstonesBroken):
        tombstones.all_of()
