"""What the registers of compliance say of this installation: live counts, and every label and permission in force."""

from collections.abc import Iterator
from datetime import datetime

from auth.permissions import Act, Action, grants
from auth.viewer import Role, Viewer
from data_access import consent_register, database, disclosures, disposals, gate, notices
from data_access import register_counts as counts
from data_access.tables import Base
from privacy.labels import Category
from privacy.purposes import Duty
from privacy.register_facts import Column, Facts, Granted

_READ = Act(Action.READ, Category.REGISTER, Duty.AUDIT)


def facts(viewer: Viewer, at: datetime, *, measured: bool = False) -> Facts:
    """Everything live, for compliance and for the job that prints.

    `measured` counts every row and checks the whole access log too, which takes time in proportion to both.
    """
    with gate.reading(viewer, None, _READ, at, only={Role.COMPLIANCE, Role.SERVICE}) as opened:
        signers, signed = counts.signing(opened, at)
        settings = database.settings()
        return Facts(
            columns=tuple(_columns()),
            grants=tuple(_grants()),
            https=settings.https,
            database=_where(settings.url),
            notice=notices.current(opened.session),
            students=counts.students(opened, at),
            staff=counts.staff(opened, at),
            signers=signers,
            signed=signed,
            covered=counts.coverage(opened, at),
            loads=counts.loads(opened, at),
            rights=counts.rights(opened, at),
            due=disposals.due(viewer, at),
            disposals=disposals.proposals(viewer, at),
            by_ground=disclosures.by_ground(viewer, at - counts.A_YEAR, at),
            disclosed=disclosures.all_of(viewer, at),
            consents=consent_register.entries(viewer, at),
            releases=counts.releases(opened),
            measured=counts.measured(opened, at) if measured else None,
        )


def _columns() -> Iterator[Column]:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            yield Column(table.name, column.name, column.info["about"], table.info["person"] is not None)


def _grants() -> Iterator[Granted]:
    order = list(Role)
    for one in sorted(
        grants(), key=lambda g: (order.index(g.role), g.act.category, g.act.action, g.relation)
    ):
        act = one.act
        yield Granted(one.role.words, act.category, act.action.value, one.relation.words, act.basis)


def _where(url: str) -> str:
    kind = "PostgreSQL" if url.startswith("postgresql") else "SQLite"
    return f"{kind}; the access log, the keys and the equality characteristics lie apart."
