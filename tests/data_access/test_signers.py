"""Who has accepted the confidentiality agreement and who has not, by name, for compliance alone."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from auth.refusals import NotOpenToYourRole
from auth.viewer import Role
from data_access import signers
from data_access.tables import AccessLine, Account, AgreementAcceptance, RoleGrant
from privacy.signer import Signer
from tests.cast import ADA, BEN, EVE, MO, NOW, ROS, STAFF, SUE, TERM, TIM, TODAY, TOM

DAY = timedelta(days=1)


def names(found, *, in_force: bool) -> set[str]:
    return {one.name for one in found if one.in_force is in_force}


def name(*members) -> set[str]:
    return {f"{one.given} {one.family}" for one in members}


def test_who_has_not_accepted_it_comes_first_and_each_of_staff_is_there_once(store):
    more = {"role": Role.MANAGER, "first": TERM, "granted_by": EVE.username, "reason": "A test"}
    store.change(insert(RoleGrant).values(person=ADA.number, **more))
    found = signers.of_staff(ROS.viewer, NOW)
    assert found[0] == Signer("Tim Unsigned", ("Personal tutor",), in_force=False)
    assert names(found, in_force=True) == name(*STAFF) - name(TIM)
    assert len(found) == len(STAFF)
    (ada,) = (one for one in found if one.name.startswith("Ada"))
    assert set(ada.roles) == {"Personal tutor", "Manager"}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"version": "2019-1"}, "another version"),
        ({"sha256": "0" * 64}, "another text under the same version"),
        ({"expires_at": NOW}, "run out"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_was_accepted_and_counts_no_more_is_not_in_force(store, changed, says):
    mine = AgreementAcceptance.person == TOM.number
    store.change(update(AgreementAcceptance).where(mine).values(**changed))
    found = signers.of_staff(ROS.viewer, NOW)
    assert names(found, in_force=False) == name(TIM, TOM), says
    (tom,) = (one for one in found if one.name.startswith("Tom"))
    assert tom.accepted_at is not None


def test_an_older_text_accepted_again_takes_nothing_away(store):
    mine = AgreementAcceptance.person == TOM.number
    with store.session() as session:
        row = session.scalars(select(AgreementAcceptance).where(mine)).one()
        older = {"person": TOM.number, "version": "2019-1", "sha256": "0" * 64, "typed_name": row.typed_name}
    store.change(insert(AgreementAcceptance).values(**older, accepted_at=NOW, expires_at=NOW + DAY))
    assert names(signers.of_staff(ROS.viewer, NOW), in_force=False) == name(TIM)


def test_who_has_left_is_not_asked_for(store):
    store.change(
        update(Account).where(Account.person == TIM.number).values(active=False),
        update(RoleGrant).where(RoleGrant.person == MO.number).values(last=TODAY - DAY),
    )
    assert {one.name for one in signers.of_staff(ROS.viewer, NOW)} == name(*STAFF) - name(TIM, MO)


def test_it_is_for_compliance_and_reading_it_is_logged(store):
    signers.of_staff(ROS.viewer, NOW)
    with store.session() as session:
        line = session.scalars(select(AccessLine).order_by(AccessLine.seq.desc())).first()
    assert (line.action, line.category, line.allowed) == ("read", "register", True)
    for member in (ADA, SUE, MO, EVE, BEN):
        with pytest.raises(NotOpenToYourRole):
            signers.of_staff(member.viewer, NOW)
