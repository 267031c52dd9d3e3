"""Who of staff has accepted the confidentiality agreement in force and who has not, by name, for compliance."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

import policy
from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import gate
from data_access.gate import Opened
from data_access.register_counts import HELD
from data_access.scope import who_and_when
from data_access.tables import AgreementAcceptance, Person, RoleGrant
from privacy.labels import Category
from privacy.purposes import Duty
from privacy.signer import Signer

_READ = Act(Action.READ, Category.REGISTER, Duty.AUDIT)


def of_staff(viewer: Viewer, at: datetime) -> tuple[Signer, ...]:
    """Everybody with a role of staff today and an open account; who has not accepted it first, then by name."""
    with gate.reading(viewer, None, _READ, at, only={Role.COMPLIANCE}) as opened:
        held = (
            HELD.join(Person, Person.number == RoleGrant.person)
            .add_columns(Person.given_name, Person.family_name)
            .where(RoleGrant.role.in_([role for role in Role if role.staff]))
            .order_by(Person.family_name, Person.given_name, RoleGrant.person, RoleGrant.role)
        )
        rows = opened.session.execute(held, who_and_when(viewer, at)).all()
        roles: dict[int, dict[str, None]] = defaultdict(dict)
        for row in rows:
            roles[row.person][row.role.words] = None
        accepted = _accepted(opened, at)
    names = {row.person: f"{row.given_name} {row.family_name}" for row in rows}
    found = [_signer(name, tuple(roles[person]), accepted.get(person), at) for person, name in names.items()]
    return tuple(sorted(found, key=lambda one: one.in_force))


def _accepted(opened: Opened, at: datetime) -> Mapping[int, AgreementAcceptance]:
    """What each accepted last; where one of several is in force, as the gate asks, it is that one."""
    accepted = select(AgreementAcceptance).where(AgreementAcceptance.accepted_at <= at)
    rows = opened.session.scalars(accepted.order_by(AgreementAcceptance.accepted_at, AgreementAcceptance.id))
    return {row.person: row for row in sorted(rows, key=lambda row: _in_force(row, at))}


def _in_force(row: AgreementAcceptance, at: datetime) -> bool:
    ours = policy.current().agreement
    return (row.version, row.sha256) == (ours.version, ours.sha256) and row.expires_at > at


def _signer(name: str, roles: tuple[str, ...], row: AgreementAcceptance | None, at: datetime) -> Signer:
    if row is None:
        return Signer(name, roles, in_force=False)
    return Signer(name, roles, _in_force(row, at), row.version, row.accepted_at, row.expires_at)
