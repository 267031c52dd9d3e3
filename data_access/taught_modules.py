"""Modules as the measure needs them: when each is taught, and where its feeds have gaps."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_access import known_days
from data_access.engine.windows import Taught
from data_access.known_days import Gap
from data_access.tables import Module, Registration
from engagement import weekly
from engagement.weekly import Gaps
from privacy.labels import Source

_TOGETHER = 8_000  # registrations that are worked out at once


def taught(session: Session, since: Mapping[int, int]) -> dict[int, Taught]:
    """These modules, each with the Monday from which on its weeks are asked for."""
    gaps = known_days.gaps(session)

    def lost(module: int) -> Gaps:
        vle, attendance = (
            [g for g in gaps if g.of(system, module)] for system in (Source.VLE, Source.ATTENDANCE)
        )
        return Gaps(_days(vle), _days(attendance), _days(g for g in (*vle, *attendance) if g.noted))

    rows = session.execute(select(Module.id, Module.starts, Module.ends).where(Module.id.in_(since)))
    return {row.id: Taught(row.starts, row.ends, lost(row.id), since[row.id]) for row in rows}


def _days(gaps: Iterable[Gap]) -> frozenset[int]:
    return frozenset().union(*(weekly.span(gap.first, gap.last) for gap in gaps))


def begun(session: Session, today: date) -> list[int]:
    """The modules that have begun."""
    return list(session.scalars(select(Module.id).where(Module.starts <= today)))


def lots(session: Session, modules: Iterable[int]) -> list[list[int]]:
    """The modules in lots: each lot is worked out at once, and memory holds one of them.

    A module is held against its own median, so that it is never divided, however large.
    """
    found: list[list[int]] = []
    sizes, room = _sizes(session), 0
    for module in sorted(modules):
        room -= sizes.get(module, 0)
        if room < 0 or not found:
            found.append([])
            room = _TOGETHER - sizes.get(module, 0)
        found[-1].append(module)
    return found


def _sizes(session: Session) -> dict[int, int]:
    """How many students were ever registered on each module."""
    question = select(Registration.module, func.count().label("students")).group_by(Registration.module)
    return {row.module: row.students for row in session.execute(question)}
