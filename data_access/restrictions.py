"""Data that are left unused at a student's wish: from that moment until they, or whoever decides, end it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

import policy
from auth.permissions import Act, Action
from auth.refusals import FullerReasonNeeded, GoneMeanwhile, MovedOn
from auth.refusals.rights import ToldFirst
from auth.viewer import Role, Viewer
from data_access import (
    database,
    equality,
    gate,
    request_news,
    request_rows,
    request_steps,
    requests,
    tombstones,
)
from data_access.gate import Opened
from data_access.loads import marks
from data_access.tables import LoadRun, Registration, Restriction, RightsCase
from data_access.tombstones import What
from privacy.case import Unused
from privacy.labels import Category
from privacy.purposes import Duty, Purpose
from privacy.request import Channel, Kind, State
from support.sharing import SHORTEST

READ = Act(Action.READ, Category.RIGHTS, Duty.RIGHTS)
_WRITE = Act(Action.WRITE, Category.RIGHTS, Duty.RIGHTS)
_LOST = "The words of this request were lost when an older copy of the records was put back. What it ended stays so."


def begin(opened: Opened, student: int, case: RightsCase, purposes: Iterable[Purpose], at: datetime) -> None:
    """Leave the student's data unused for these purposes from now on, in the transaction that is open."""
    for purpose in _begin(opened, student, case.id, purposes, at):
        said = f"{purpose} {case.kind} {case.reference}"
        tombstones.add(opened.session, [student], What.UNUSED, said, at)


def begin_again(opened: Opened, student: int, said: str, at: datetime) -> None:
    """Leave the data of one student unused again, as the list says that they asked; after a restore.

    Where the request itself was lost with the records of that time, one stands in its place, and says so.
    """
    purpose, kind, reference = said.split()
    case = opened.session.scalar(select(RightsCase).where(RightsCase.reference == reference))
    if case is None:
        case = request_steps.begun(opened, student, Kind(kind), "", Channel.HERE, at, at)
        case.reference = reference
        request_steps.note(opened, case, _LOST, at)
        if case.kind is Kind.EQUALITY_STOP:
            requests.settled(opened, case.id, State.FULFILLED, "You are in no count.", at)
    _begin(opened, student, case.id, [Purpose(purpose)], at)


def _begin(
    opened: Opened, student: int, case: int, purposes: Iterable[Purpose], at: datetime
) -> list[Purpose]:
    """Those of the purposes for which the data were still used."""
    running = set(
        opened.session.scalars(
            select(Restriction.purpose).where(Restriction.student == student, Restriction.lifted_at.is_(None))
        )
    )
    new = [purpose for purpose in Purpose if purpose in set(purposes) - running]
    opened.session.add_all(
        Restriction(student=student, case=case, purpose=purpose, begun_at=at) for purpose in new
    )
    try:
        opened.session.flush()
    except IntegrityError as fault:  # the same was asked in another window just now
        raise MovedOn from fault
    if Purpose.EQUALITY in new:
        equality.drop(opened, student)
    if Purpose.IDENTIFY in new:
        _stale(opened, student)
    return new


def own(viewer: Viewer, at: datetime) -> tuple[Unused, ...]:
    """For what the viewer's data are not used at present, and by which request; in the order of the purposes."""
    with gate.reading(viewer, None, READ, at, only={Role.STUDENT}) as opened:
        r, order = Restriction, list(Purpose)
        question = (
            select(r.purpose, r.begun_at, r.told_at, r.why, RightsCase.reference)
            .join(RightsCase, RightsCase.id == r.case)
            .where(r.student == viewer.person, r.lifted_at.is_(None))
        )
        found = [Unused(*one) for one in opened.session.execute(question)]
    return tuple(sorted(found, key=lambda one: order.index(one.purpose)))


def use_again(viewer: Viewer, purpose: Purpose, at: datetime) -> None:
    """The student lets their data be used for it again. GoneMeanwhile where they are."""
    with gate.writing_own(viewer, _WRITE, at) as opened:
        _lift(opened, viewer.person, purpose, at)
    _stays_used(viewer.person, purpose, at)


def announce(
    viewer: Viewer, student_id: str, reference: str, purpose: Purpose, why: str, at: datetime
) -> None:
    """Tell the student that their data will be used for it again, and why (UK GDPR art. 18(3)).

    FullerReasonNeeded; GoneMeanwhile where they are used, or the request is over.
    """
    said = " ".join(why.split())
    with _answering(viewer, student_id, at) as opened:
        case = _case(opened, reference)
        if len(said) < SHORTEST:
            raise FullerReasonNeeded
        mine = _running(opened.students[0], purpose, Restriction.case == case.id)
        changed: Any = opened.session.execute(mine.values(told_at=at, why=said))
        if changed.rowcount != 1:
            raise GoneMeanwhile
        news = f"Your data will be used again: {purpose.words}. {said}"
        request_steps.note(opened, case, news, at)
        request_news.tell(opened, case, at)


def lift(viewer: Viewer, student_id: str, reference: str, purpose: Purpose, at: datetime) -> None:
    """Use the data for it again. ToldFirst until the student has known of it for the days of policy."""
    notice = timedelta(days=policy.current().rights.days_before_use)
    with _answering(viewer, student_id, at) as opened:
        case = _case(opened, reference)
        told = opened.session.scalar(
            select(Restriction.told_at).where(
                Restriction.case == case.id, Restriction.purpose == purpose, Restriction.lifted_at.is_(None)
            )
        )
        if told is None or at < told + notice:
            raise ToldFirst
        student = opened.students[0]
        _lift(opened, student, purpose, at)
        request_steps.note(opened, case, f"Your data are used again: {purpose.words}.", at)
    _stays_used(student, purpose, at)


def _answering(viewer: Viewer, student_id: str, at: datetime) -> Any:
    return gate.writing(viewer, student_id, _WRITE, at, only={Role.COMPLIANCE})


def _case(opened: Opened, reference: str) -> RightsCase:
    found = request_rows.row(opened, reference, request_rows.open_to_team(opened))
    if found is None:
        raise GoneMeanwhile
    return found


def _lift(opened: Opened, student: int, purpose: Purpose, at: datetime) -> None:
    mine = _running(student, purpose).values(lifted_at=at, lifted_by=opened.viewer.person)
    changed: Any = opened.session.execute(mine)
    if changed.rowcount != 1:
        raise GoneMeanwhile
    if purpose is Purpose.IDENTIFY:
        _stale(opened, student)


def _stays_used(student: int, purpose: Purpose, at: datetime) -> None:
    """Written once it holds: better that a restore leaves unused what may be used than the reverse."""
    with database.writing() as session:
        tombstones.add(session, [student], What.USED, purpose, at)


def _running(student: int, purpose: Purpose, *where: Any) -> Any:
    r = Restriction
    return update(r).where(r.student == student, r.purpose == purpose, r.lifted_at.is_(None), *where)


def _stale(opened: Opened, student: int) -> None:
    """Whoever is left out, or is back, changes the median of their modules: the next rating works them out anew."""
    session = opened.session
    run = session.scalar(select(func.max(LoadRun.id)))
    modules = session.scalars(select(Registration.module).where(Registration.student == student).distinct())
    if run is not None:
        marks.set_(session.connection(), dict.fromkeys(modules, 0), run)
