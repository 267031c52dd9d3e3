"""Copies of what is held about a student: those there are, and the whole of one for the student it was issued to."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

import policy
from auth.permissions import Act, Action
from auth.refusals import NotYoursToSee
from auth.refusals.rights import CopyOver, TheirsToFetch
from auth.viewer import Role, Viewer
from data_access import access_log, gate, pack_beside, pack_flagged, pack_rows, pack_sealed
from data_access.access_log import Line
from data_access.gate import Opened
from data_access.scope import covers
from data_access.tables import AccessPack, Account, Person, RoleGrant
from policy.days import london_day
from privacy import pack_supplement
from privacy.labels import Category, Source
from privacy.pack import Pack, Section
from privacy.pack_state import Copy, Flagged, State
from privacy.purposes import Duty

READ = Act(Action.READ, Category.RIGHTS, Duty.RIGHTS)


def own(viewer: Viewer, at: datetime) -> tuple[Copy, ...]:
    """The viewer's own copies, the latest first; withdrawn ones are none."""
    with gate.reading(viewer, None, READ, at, only={Role.STUDENT}) as opened:
        return tuple(copy(opened, row) for row in rows(opened, viewer.person))


def whole(viewer: Viewer, id: str, at: datetime) -> Pack:
    """All of an issued copy, made now. CopyOver when its link has ended, NotYoursToSee for anybody else's."""
    with gate.reading(viewer, None, READ, at, only={Role.STUDENT}) as opened:
        row = next((one for one in rows(opened, viewer.person) if one.id == id), None)
        if row is None or row.state is not State.ISSUED:
            raise NotYoursToSee
        if not copy(opened, row).opens(at):
            raise CopyOver
        return _whole(opened, row.id, viewer.person, row.issued_at)


def handed_over(viewer: Viewer, student_id: str, id: str, at: datetime) -> Pack:
    """The same for an officer who answers a request of somebody who cannot sign in any more, to be passed on to them.

    What was sealed stays closed in it. TheirsToFetch while the student can sign in. That it was handed out is a
    line of the log.
    """
    with gate.reading(viewer, student_id, READ, at, only={Role.COMPLIANCE}) as opened:
        person = opened.students[0]
        row = next((one for one in rows(opened, person) if one.id == id), None)
        if row is None or row.state is not State.ISSUED:
            raise NotYoursToSee
        if signs_in(opened, person, at):
            raise TheirsToFetch
        if not copy(opened, row).opens(at):
            raise CopyOver
        access_log.record(Line(viewer, "copy_handed_over", (person,), at))
        student = replace(opened, viewer=Viewer(person, Role.STUDENT, viewer.session))
        return _whole(student, row.id, person, row.issued_at, closed=True)


def signs_in(opened: Opened, person: int, at: datetime) -> bool:
    """Whether somebody has an open account as a student today."""
    held = (
        select(Account.person)
        .join(RoleGrant, RoleGrant.person == Account.person)
        .where(Account.person == person, Account.active, RoleGrant.role == Role.STUDENT)
        .where(covers(RoleGrant.first, RoleGrant.last))
    )
    return opened.session.scalar(held.limit(1), {"today": london_day(at)}) is not None


def _whole(opened: Opened, id: str, person: int, issued_at: datetime, *, closed: bool = False) -> Pack:
    told = pack_rows.sections(opened, person, issued_at)
    sections = (
        *(pack_sealed.closed(told) if closed else pack_sealed.opened_for(opened, person, told)),
        *pack_beside.sections(opened, person, issued_at),
    )
    shown, covered = pack_flagged.applied(opened, person, sections, id)
    who = opened.session.execute(
        select(Person.given_name, Person.family_name).where(Person.number == person)
    ).one()
    ours = policy.current()
    return Pack(
        name=f"{who.given_name} {who.family_name}",
        institution=ours.institution.controller_name,
        as_of=issued_at,
        sections=tuple(sorted(shown, key=_source)),
        left_out=(*covered, *pack_supplement.never()),
        beside=pack_supplement.paragraphs(ours, shown, london_day(issued_at)),
    )


def _source(section: Section) -> int:
    """What systems tell comes before what is made here."""
    return list(Source).index(next(iter(section.sources), Source.HERE))


def rows(opened: Opened, person: int) -> list[Row[Any]]:
    """The rows of the student's copies that were not withdrawn, the latest first."""
    p = AccessPack
    columns = (p.id, p.state, p.begun_at, p.checked_by, p.issued_at, p.ends_at)
    question = (
        select(*opened.columns(*columns), Person.given_name, Person.family_name)
        .outerjoin(Person, Person.number == p.checked_by)
        .where(p.student == person, p.state != State.WITHDRAWN)
        .order_by(p.begun_at.desc(), p.id)
    )
    return list(opened.session.execute(question))


def copy(opened: Opened, row: Row[Any], flagged: tuple[Flagged, ...] = ()) -> Copy:
    """The copy of a row of `rows`."""
    by = f"{row.given_name} {row.family_name}" if row.checked_by else ""
    return Copy(
        row.id,
        row.state,
        row.begun_at,
        by,
        row.checked_by == opened.viewer.person,
        row.issued_at,
        row.ends_at,
        flagged,
    )
