"""The register of disclosures: a ground and its evidence, an approval where nobody agreed, and the student's view."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from auth.refusals import DaysDoNotFit, FullerReasonNeeded, NotOpenToYourRole
from auth.refusals.compliance import EvidenceNeeded, NotAgreedTo, RecipientNeeded
from auth.refusals.rights import NoSuchStudent
from data_access import disclosures, plan_actions, plans
from data_access.access_log import pseudonym
from data_access.tables import AccessLine, Disclosure, SourceKey
from privacy.disclosed import Ground, Record
from privacy.labels import Source
from support.party import Party
from tests.cast import ADA, BEN, CAL, EVE, MO, NOW, ROS, SUE, TODAY
from tests.data_access import supporting

DAY = timedelta(days=1)
COURT = Record(
    "w1",
    "Harrow County Court",
    "Dates of attendance in October",
    Ground.COURT_ORDER,
    "Order 26/114 of 3 November 2026",
    TODAY - DAY,
)


@pytest.fixture
def known(store):
    store.change(insert(SourceKey).values(system=Source.STUDENT_RECORDS, key="W1", person=BEN.number))
    return store


def record(by=ROS, **changed):
    disclosures.record(by.viewer, replace(COURT, **changed), NOW)


def test_a_disclosure_by_law_has_its_approver_and_the_student_sees_it(known):
    record()
    (own,) = disclosures.own(BEN.viewer, NOW)
    assert (own.recipient, own.items, own.ground) == (COURT.recipient, COURT.items, Ground.COURT_ORDER)
    assert (own.approved_by, own.recorded_by, own.given_on) == (f"Ros {ROS.family}",) * 2 + (TODAY - DAY,)
    assert disclosures.own(CAL.viewer, NOW) == ()
    with known.session() as session:
        about = session.scalars(select(AccessLine.students).where(AccessLine.category == "register")).all()
    assert pseudonym(BEN.number) in about


def test_the_register_names_no_student(known):
    record()
    (line,) = disclosures.all_of(ROS.viewer, NOW)
    assert line.student == pseudonym(BEN.number)
    assert BEN.family not in repr(line)


@pytest.mark.parametrize("member", [ADA, SUE, EVE, MO, BEN], ids=lambda m: m.given)
def test_nobody_but_compliance_writes_or_reads_the_register(known, member):
    with pytest.raises(NotOpenToYourRole):
        record(by=member)
    with pytest.raises(NotOpenToYourRole):
        disclosures.all_of(member.viewer, NOW)


@pytest.mark.parametrize("ground", Ground)
def test_what_rests_on_agreement_needs_a_yes_to_an_action_and_the_rest_an_approver(known, ground):
    if ground.agreed:
        with pytest.raises(NotAgreedTo):
            record(ground=ground)
        return
    record(ground=ground)
    with known.session() as session:
        assert session.scalars(select(Disclosure.approved_by)).one() == ROS.number


def test_what_the_student_said_yes_to_sharing_needs_no_approver(known):
    plan = supporting.drafted()
    plans.propose(ADA.viewer, BEN.id, plan, NOW)
    supporting.agree(plan)
    with pytest.raises(NotAgreedTo):
        record(ground=Ground.AGREED_SERVICE)  # agreed to, and to sharing nothing of it
    theirs = next(one for one in supporting.of(BEN)[0].actions if one.owner is Party.ADVISER)
    plan_actions.allow_sharing(BEN.viewer, theirs.id, True, NOW)
    record(ground=Ground.AGREED_SERVICE)
    (own,) = disclosures.own(BEN.viewer, NOW)
    assert (own.ground, own.approved_by) == (Ground.AGREED_SERVICE, "")


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"recipient": "  "}, RecipientNeeded),
        ({"items": ""}, RecipientNeeded),
        ({"evidence": "because"}, EvidenceNeeded),
        ({"key": "w9"}, NoSuchStudent),
        ({"given_on": TODAY + DAY}, DaysDoNotFit),
        ({"later": TODAY, "why_later": "The police ask us not to."}, DaysDoNotFit),
        ({"later": TODAY + DAY, "why_later": "no"}, FullerReasonNeeded),
    ],
)
def test_what_is_missing_refuses_it_and_leaves_nothing(known, changed, refusal):
    with pytest.raises(refusal):
        record(**changed)
    assert disclosures.all_of(ROS.viewer, NOW) == ()


def test_what_may_not_be_told_yet_is_shown_from_its_day_on(known):
    record(later=TODAY + 7 * DAY, why_later="The police ask us not to.")
    assert disclosures.own(BEN.viewer, NOW + 6 * DAY) == ()
    assert len(disclosures.own(BEN.viewer, NOW + 7 * DAY)) == 1
    assert len(disclosures.all_of(ROS.viewer, NOW)) == 1


def test_they_are_counted_by_ground(known):
    record()
    record(ground=Ground.VITAL_INTERESTS)
    counts = disclosures.by_ground(ROS.viewer, NOW - DAY, NOW)
    assert counts == dict.fromkeys(Ground, 0) | {Ground.COURT_ORDER: 1, Ground.VITAL_INTERESTS: 1}
    assert not any(disclosures.by_ground(ROS.viewer, NOW + DAY, NOW + 2 * DAY).values())
