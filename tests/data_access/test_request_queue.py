"""The list of what is to be answered: in the order of its days, to whom it is open, and what came by post."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select

import policy
from auth.refusals import GoneMeanwhile, NothingWritten, NotOpenToYourRole, NotYoursToSee
from auth.refusals.rights import NoSuchStudent, ReceivedAhead
from data_access import own_requests, request_queue
from data_access.access_log import pseudonym
from data_access.tables import AccessLine, Restriction, RightsCase, SourceKey
from privacy.case_counts import Counted
from privacy.case_decisions import Ask, Enter, Go
from privacy.labels import Source
from privacy.purposes import Purpose
from privacy.request import Channel, Kind, State
from tests.cast import ADA, BEN, CAL, DEE, EVE, MO, NOW, ROS, SUE
from tests.data_access.asking import LATER, asked, begun, checked, does, letter, seen

TEAM = "You lost my letter"


@pytest.fixture
def known(store):
    """Ben and Ros have numbers in student records; Ros does not study."""
    store.change(
        insert(SourceKey).values(system=Source.STUDENT_RECORDS, key="W1234567", person=BEN.number),
        insert(SourceKey).values(system=Source.STUDENT_RECORDS, key="S7", person=ROS.number),
    )
    return store


@pytest.fixture
def officer(tmp_path):
    """Policy names somebody as data protection officer."""

    def name(username: str) -> None:
        file = (policy.SHIPPED / "rights.toml").read_text("utf-8")
        said = file.replace('data_protection_officer = ""', f'data_protection_officer = "{username}"')
        (tmp_path / "rights.toml").write_text(said, "utf-8")
        policy.use(tmp_path)

    yield name
    policy.use(None)


def entered(key="w1234567", kind=Kind.ACCESS, at=LATER, received=NOW, text="By letter", **more) -> str:
    return request_queue.enter(ROS.viewer, Enter(key, kind, Channel.POST, text, received, **more), at)


def test_what_is_due_first_comes_first_and_what_has_no_day_before_all(store):
    later = asked(at=NOW + timedelta(days=5))
    first = own_requests.ask(CAL.viewer, Ask(Kind.ERASURE, "All of it"), NOW)
    assert [case.reference for case in request_queue.waiting(ROS.viewer, LATER)] == [first, later]


def test_only_compliance_has_the_list(store):
    asked()
    for member in (ADA, SUE, BEN, MO, EVE):
        with pytest.raises(NotOpenToYourRole):
            request_queue.waiting(member.viewer, NOW)
        with pytest.raises(NotOpenToYourRole):
            request_queue.over(member.viewer, NOW, NOW)
        with pytest.raises(NotOpenToYourRole):
            request_queue.enter(member.viewer, Enter("x", Kind.ACCESS, Channel.POST, "y", NOW), NOW)


def test_what_is_over_is_in_the_list_no_more_and_in_the_counts_without_a_name(store):
    reference = checked()
    does(reference, letter(State.FULFILLED))
    gone = own_requests.ask(CAL.viewer, Ask(Kind.ERASURE, "All of it"), NOW)
    own_requests.take_back(CAL.viewer, gone, NOW + timedelta(days=40))
    assert request_queue.waiting(ROS.viewer, LATER) == ()
    with pytest.raises(NotYoursToSee):
        request_queue.one(ROS.viewer, BEN.id, reference, LATER)
    at = NOW + timedelta(days=50)
    found = request_queue.over(ROS.viewer, NOW, at)
    assert found == (Counted(Kind.ERASURE, 2, 1, 20, ((State.FULFILLED, 1), (State.WITHDRAWN, 1))),)
    assert "Ben" not in repr(found)


def test_of_a_student_with_two_requests_the_one_that_is_over_opens_no_more(store):
    reference = checked()
    asked(Kind.RESTRICTION, "")
    does(reference, letter(State.FULFILLED))
    with pytest.raises(GoneMeanwhile):
        request_queue.one(ROS.viewer, BEN.id, reference, LATER)


def test_a_letter_by_post_counts_from_the_day_it_came(known):
    reference = entered(received=NOW - timedelta(days=3), at=NOW)
    case = seen(reference)
    assert (case.channel, case.received, case.days.due) == (
        Channel.POST,
        date(2026, 11, 20),
        date(2026, 12, 21),
    )
    assert own_requests.of(BEN.viewer, LATER)[0].reference == reference
    with known.session() as session:
        row = session.scalars(select(RightsCase)).one()
        lines = session.scalars(select(AccessLine).where(AccessLine.category == "rights")).all()
    assert (row.entered_by, row.entered_at) == (ROS.number, NOW)
    assert pseudonym(BEN.number) in {line.students for line in lines if line.action == "write"}


@pytest.mark.parametrize("key", ["", "W123456", "%", "S7", "Ben"])
def test_nobody_is_searched_for(known, key):
    with pytest.raises(NoSuchStudent):
        entered(key)


def test_what_is_still_to_come_or_says_nothing_is_not_entered(known):
    with pytest.raises(ReceivedAhead):
        entered(received=LATER + timedelta(minutes=1))
    with pytest.raises(NothingWritten):
        entered(text=" ")


def test_an_objection_by_letter_stops_the_use_at_once(known):
    entered(kind=Kind.OBJECTION, purposes=(Purpose.IDENTIFY,))
    with known.session() as session:
        assert session.scalars(select(Restriction.purpose)).all() == [Purpose.IDENTIFY]


def test_a_complaint_by_letter_waits_for_its_acknowledgement(known):
    reference = entered(kind=Kind.COMPLAINT, at=NOW)
    assert (seen(reference).state, seen(reference).days.due) == (State.RECEIVED, date(2026, 12, 22))
    assert seen(reference).days.latest == date(2026, 12, 23)
    does(reference, letter(State.ACKNOWLEDGED))
    assert seen(reference).letters[0].state is State.ACKNOWLEDGED


def test_a_complaint_about_the_team_is_the_data_protection_officers_alone(store, officer):
    officer("dpo")
    reference = own_requests.ask(BEN.viewer, Ask(Kind.COMPLAINT, TEAM, about_team=True), NOW)
    assert request_queue.waiting(ROS.viewer, LATER) == ()
    for decided in (Go(State.INVESTIGATING, NOW.date()), letter(State.OUTCOME, TEAM)):
        with pytest.raises(NotYoursToSee):
            does(reference, decided)
    begun(Kind.ERASURE)  # so that the record is open to Ros
    with pytest.raises(GoneMeanwhile):
        seen(reference)
    with pytest.raises(GoneMeanwhile):
        does(reference, Go(State.INVESTIGATING, LATER.date()))
    officer("ros")
    assert seen(reference).text == TEAM


def test_while_no_officer_is_named_the_team_sees_it_rather_than_nobody(store):
    reference = own_requests.ask(BEN.viewer, Ask(Kind.COMPLAINT, TEAM, about_team=True), NOW)
    assert seen(reference).about_team


def test_a_student_who_has_finished_is_found_and_answered(store):
    store.change(insert(SourceKey).values(system=Source.STUDENT_RECORDS, key="W9", person=DEE.number))
    reference = entered("W9")
    (case,) = request_queue.waiting(ROS.viewer, LATER)
    assert (case.reference, case.student) == (reference, "Dee Yarborough")
