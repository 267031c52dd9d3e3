"""The gate: who is let through to whose records, what is written down, and how refusals sound."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from auth.permissions import Act, Action, grants
from auth.refusals import AgreementNeeded, GoneMeanwhile, NotOpenToYourRole, NotYoursToSee, Refusal
from auth.viewer import Role, Viewer
from data_access import access_log, escalations, gate, shared_with_me
from data_access.tables import (
    AccessLine,
    AgreementAcceptance,
    Course,
    Enrolment,
    EnrolmentAgreement,
    EnrolmentStatus,
    Person,
    Status,
    Tutoring,
)
from privacy.labels import Category
from privacy.purposes import Purpose
from tests.cast import ADA, AVI, BEN, CAL, DEE, EVE, MO, NOBODY, NOW, ROS, SUE, TIM, TODAY, TOM
from tests.conftest import University
from tests.shared import share

LOOK = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)
OFFER = Act(Action.WRITE, Category.SUPPORT, Purpose.OFFER)


def lines(store: University) -> list[AccessLine]:
    with store.session() as session:
        return list(session.scalars(select(AccessLine).order_by(AccessLine.seq)))


def opened(viewer: Viewer, student_id: str | None, at: datetime = NOW) -> tuple[int, ...]:
    with gate.reading(viewer, student_id, LOOK, at) as record:
        return record.students


@pytest.mark.parametrize(
    ("viewer", "student", "refusal"),
    [
        (ADA, BEN.id, None),
        (ADA, CAL.id, NotYoursToSee),  # Tom's tutee
        (ADA, DEE.id, NotYoursToSee),  # her own, finished three days ago
        (ADA, NOBODY, NotYoursToSee),
        (TOM, CAL.id, None),
        (TOM, BEN.id, NotYoursToSee),
        (TIM, BEN.id, AgreementNeeded),
        (BEN, BEN.id, None),
        (BEN, CAL.id, NotYoursToSee),
        (DEE, DEE.id, NotYoursToSee),  # a leaver asks through the right of access
        (SUE, BEN.id, NotYoursToSee),  # nobody is passed on to her
        (AVI, BEN.id, NotOpenToYourRole),
        (MO, BEN.id, NotOpenToYourRole),
        (ROS, BEN.id, NotOpenToYourRole),
        (EVE, BEN.id, NotOpenToYourRole),
    ],
)
def test_a_record_opens_for_its_student_and_their_tutor_alone(store, viewer, student, refusal):
    if refusal is None:
        assert len(opened(viewer.viewer, student)) == 1
    else:
        with pytest.raises(refusal):
            opened(viewer.viewer, student)
    assert [line.allowed for line in lines(store)] == [refusal is None]


def test_a_student_who_does_not_exist_and_one_who_is_not_yours_refuse_alike(store):
    sentences = []
    for student in (CAL.id, DEE.id, NOBODY, "", "' or 1=1 --"):
        with pytest.raises(NotYoursToSee) as refused:
            opened(ADA.viewer, student)
        sentences.append(refused.value.sentence)
    assert len(set(sentences)) == 1


def test_a_list_holds_the_tutees_alone_and_is_one_line_with_their_pseudonyms(store):
    assert opened(ADA.viewer, None) == (BEN.number,)
    (line,) = lines(store)
    assert line.students == access_log.pseudonym(BEN.number)


def test_the_log_line_of_a_read_is_committed_before_its_rows_are_fetched(store):
    with gate.reading(ADA.viewer, BEN.id, LOOK, NOW):
        assert len(lines(store)) == 1


def test_the_same_people_in_the_same_session_within_five_minutes_are_the_same_read(store):
    for minutes in (0, 1, 4, 6):
        opened(ADA.viewer, BEN.id, NOW + timedelta(minutes=minutes))
    assert len(lines(store)) == 2


def test_every_refusal_is_logged_however_soon_it_is_repeated(store):
    for _ in range(3):
        with pytest.raises(NotYoursToSee):
            opened(ADA.viewer, CAL.id)
    assert [line.reason for line in lines(store)] == ["not_yours_to_see"] * 3
    assert {line.students for line in lines(store)} == {access_log.pseudonym(CAL.number)}


def test_what_is_denied_behind_the_gate_is_undone_and_logged_as_a_refusal_too(store):
    for refusal in (
        NotYoursToSee("Only whoever made it."),
        GoneMeanwhile(),
    ):  # the second may be anybody's luck
        with pytest.raises(type(refusal)):
            _rename(refusal)
    (line,) = lines(store)
    assert (line.allowed, line.reason, line.action) == (False, "not_yours_to_see", "write")
    assert line.students == access_log.pseudonym(BEN.number)
    with store.session() as session:
        assert session.get(Person, BEN.number).given_name == "Ben"


def _rename(refusal: Refusal) -> None:
    with gate.writing(ADA.viewer, BEN.id, OFFER, NOW) as record:
        record.session.execute(update(Person).where(Person.number == BEN.number).values(given_name="Benn"))
        raise refusal


@pytest.mark.parametrize("opening", [gate.reading_one, gate.writing_one])
def test_nobody_but_a_student_has_a_record_of_their_own(store, opening):
    act = LOOK if opening is gate.reading_one else OFFER
    for viewer in (ADA.viewer, Viewer.service("night")):
        with pytest.raises(Refusal), opening(viewer, None, act, NOW):
            pass
    with opening(BEN.viewer, None, act, NOW) as record:
        assert record.students == (BEN.number,)
    assert [line.allowed for line in lines(store)] == [False, False, True]


def test_where_no_record_is_opened_another_role_is_refused_and_logged_too(store):
    gate.only(Viewer.service("night"), "keys_rotated", NOW, Role.SERVICE)
    with pytest.raises(NotOpenToYourRole):
        gate.only(EVE.viewer, "keys_rotated", NOW, Role.SERVICE)
    (line,) = lines(store)
    assert (line.allowed, line.action, line.role) == (False, "keys_rotated", Role.ADMINISTRATOR)


@pytest.mark.parametrize("member", [ADA, SUE, AVI, MO, ROS, EVE], ids=lambda m: m.role)
def test_no_role_of_staff_opens_anything_before_it_has_accepted_the_agreement(store, member):
    act = next(grant.act for grant in grants() if grant.role == member.role)
    with gate.reading(member.viewer, None, act, NOW):
        pass
    store.change(delete(AgreementAcceptance).where(AgreementAcceptance.person == member.number))
    for opening in (gate.reading, gate.writing):
        with pytest.raises(AgreementNeeded), opening(member.viewer, None, act, NOW):
            pass
    assert [line.reason for line in lines(store)] == ["", "agreement_needed", "agreement_needed"]


@pytest.mark.parametrize(
    ("last", "at", "visible"),
    [
        (date(2027, 6, 4), datetime(2027, 6, 4, 22, 59, 59, tzinfo=UTC), True),  # 23:59:59 in summer
        (date(2027, 6, 4), datetime(2027, 6, 4, 23, 0, 0, tzinfo=UTC), False),  # midnight in London
        (date(2027, 1, 29), datetime(2027, 1, 29, 23, 59, 59, tzinfo=UTC), True),
        (date(2027, 1, 29), datetime(2027, 1, 30, 0, 0, 0, tzinfo=UTC), False),
    ],
)
def test_a_record_closes_at_londons_midnight_of_the_last_day(store, last, at, visible):
    with store.session() as session, session.begin():
        session.execute(update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=last))
        session.execute(update(AgreementAcceptance).values(expires_at=at + timedelta(days=1)))
    if visible:
        assert opened(ADA.viewer, BEN.id, at)
    else:
        with pytest.raises(NotYoursToSee):
            opened(ADA.viewer, BEN.id, at)


def test_an_interrupted_student_is_hidden_and_returns_on_resumption(store):
    with store.session() as session, session.begin():
        session.execute(
            update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(status=Status.INTERRUPTED)
        )
    with pytest.raises(NotYoursToSee):
        opened(BEN.viewer, BEN.id)


def test_without_the_agreement_at_enrolment_nobody_sees_anything(store):
    with store.session() as session, session.begin():
        agreement = session.get(EnrolmentAgreement, 1)
        session.delete(agreement)
    for viewer in (ADA, BEN):
        with pytest.raises(NotYoursToSee):
            opened(viewer.viewer, BEN.id)


def test_a_tutor_loses_sight_the_day_after_the_tutoring_ends_and_the_next_one_gains_it(store):
    with store.session() as session, session.begin():
        session.execute(update(Tutoring).where(Tutoring.enrolment == 1).values(last=TODAY))
        session.add(Tutoring(enrolment=1, tutor=TOM.number, first=TODAY + timedelta(days=1), run=1))
    tomorrow = NOW + timedelta(days=1)
    assert opened(ADA.viewer, BEN.id)
    assert opened(TOM.viewer, BEN.id, tomorrow)
    with pytest.raises(NotYoursToSee):
        opened(TOM.viewer, BEN.id)
    with pytest.raises(NotYoursToSee):
        opened(ADA.viewer, BEN.id, tomorrow)


def test_the_agreement_blocks_again_when_it_expires_and_when_its_text_changes(store):
    with store.session() as session, session.begin():
        session.execute(update(AgreementAcceptance).values(expires_at=NOW))
    with pytest.raises(AgreementNeeded):
        opened(ADA.viewer, BEN.id)
    with store.session() as session, session.begin():
        session.execute(update(AgreementAcceptance).values(expires_at=NOW + timedelta(days=1), sha256="old"))
    with pytest.raises(AgreementNeeded):
        opened(ADA.viewer, BEN.id)


def test_columns_the_role_may_not_read_come_back_empty(store):
    with gate.reading(ADA.viewer, BEN.id, LOOK, NOW) as record:
        name, seal = record.columns(Person.given_name, AccessLine.mac)
        row = record.session.execute(select(name, seal).where(Person.number == BEN.number)).one()
    assert tuple(row) == ("Ben", None)


def test_an_adviser_with_whom_an_action_is_shared_reads_the_students_name_and_not_the_course(ready):
    share(ready)
    read = []
    for member, act in ((ADA, escalations.LOOK), (AVI, shared_with_me.LOOK)):
        with gate.reading(member.viewer, BEN.id, act, NOW) as record:
            name, course = record.columns(Person.given_name, Course.title)
            question = select(name, course).select_from(Enrolment).join(Person).join(Course)
            row = record.session.execute(question.where(Enrolment.id.in_(record.enrolments))).one()
        read.append(tuple(row))
    assert read == [("Ben", "Quaverley Studies"), ("Ben", None)]


def test_an_instant_without_a_time_zone_is_a_mistake_of_ours(store):
    with pytest.raises(TypeError):
        opened(ADA.viewer, BEN.id, NOW.replace(tzinfo=None))


def test_a_write_and_its_line_are_one_transaction(store):
    act = Act(Action.WRITE, Category.SOURCES, Purpose.IDENTIFY)
    with pytest.raises(ZeroDivisionError):
        _write(act, fail=True)
    assert lines(store) == []
    _write(act, fail=False)
    assert [line.action for line in lines(store)] == ["write"]


def _write(act: Act, fail: bool) -> None:
    with gate.writing(Viewer.service("test"), None, act, NOW) as record:
        record.session.execute(update(Person).where(Person.number == 1).values(given_name="Adah"))
        if fail:
            raise ZeroDivisionError


def test_the_chain_holds_and_a_changed_line_breaks_it(store):
    for student in (BEN.id, CAL.id, DEE.id):
        try:
            opened(ADA.viewer, student)
        except Refusal:
            continue
    auditor = Viewer.service("audit")
    assert access_log.verify(auditor, NOW).broken_at is None
    with store.session() as session, session.begin():
        session.execute(update(AccessLine).where(AccessLine.seq == 2).values(allowed=True))
    assert access_log.verify(auditor, NOW).broken_at == 2
