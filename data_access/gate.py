"""The only door to the records: it asks who, whom, what and when, writes the answer down, and then opens."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, null, select
from sqlalchemy.orm import InstrumentedAttribute, Session

import policy
from auth.permissions import Act, Relation, readable, relations
from auth.refusals import AgreementNeeded, Denied, NotOpenToYourRole, NotYoursToSee
from auth.viewer import Role, Viewer
from data_access import access_log, database, fences
from data_access.access_log import Line
from data_access.scope import enrolments_visible, who_and_when
from data_access.tables import AgreementAcceptance, Enrolment, Person
from privacy.labels import Category

Column = InstrumentedAttribute[Any]
EVERY_ROLE = frozenset(Role)


@dataclass(frozen=True)
class Opened:
    """What the gate opened: a session, and whose records it was opened for.

    `enrolments` and `students` are the numbers the viewer may see; queries are limited to them.
    """

    session: Session
    viewer: Viewer
    act: Act
    enrolments: tuple[int, ...]
    students: tuple[int, ...]

    def columns(self, *wanted: Column) -> list[ColumnElement[Any]]:
        """The columns the role may read; one it may not read comes back empty under its own name."""
        category = {c: c.property.columns[0].info["about"].category for c in wanted}
        allowed = readable(self.viewer.role, self.act, category.values())
        return [c if category[c] in allowed else null().label(c.key) for c in wanted]  # type: ignore[misc]


@contextmanager
def reading(
    viewer: Viewer, student_id: str | None, act: Act, at: datetime, *, only: Collection[Role] = EVERY_ROLE
) -> Iterator[Opened]:
    """Open one student's records, or with None those of every student in the viewer's scope.

    `only` are the roles among those granted the act for whom this is. The log line is committed before a row is
    fetched. A manager's read of published figures is fenced in by the database itself. Raises a Refusal, logged too,
    whose sentence is the same for a student who does not exist and for one who is not the viewer's.
    """
    with noting(viewer, act, at, student_id), database.reading() as session:
        opened = _open(session, viewer, student_id, act, at, only)
        line = Line(viewer, act, opened.students, at)
        if not access_log.repeats(line, policy.current().access.same_read):
            access_log.record(line)
        monitors = viewer.role is Role.MANAGER and act.category is Category.PUBLISHED
        with fences.published_only(session) if monitors else nullcontext():
            yield opened


@contextmanager
def reading_one(
    viewer: Viewer, student_id: str | None, act: Act, at: datetime, *, only: Collection[Role] = EVERY_ROLE
) -> Iterator[Opened]:
    """Open one student's records; None is the student's own, and nobody else's. Raises as `reading` does."""
    with reading(viewer, _one(viewer, student_id), act, at, only=only) as opened:
        yield opened


@contextmanager
def writing(
    viewer: Viewer, student_id: str | None, act: Act, at: datetime, *, only: Collection[Role] = EVERY_ROLE
) -> Iterator[Opened]:
    """Open for writing. What is written and the log line of it are one transaction. Raises as `reading` does.

    A person writes about one student; None is for what is about no student, and for jobs.
    """
    with noting(viewer, act, at, student_id), database.writing() as session:
        opened = _open(session, viewer, student_id, act, at, only)
        yield opened
        session.flush()
        access_log.append(session.connection(), Line(viewer, act, opened.students, at))


@contextmanager
def writing_one(
    viewer: Viewer, student_id: str | None, act: Act, at: datetime, *, only: Collection[Role] = EVERY_ROLE
) -> Iterator[Opened]:
    """Open one student's records for writing; None is the student's own. Raises as `reading` does."""
    with writing(viewer, _one(viewer, student_id), act, at, only=only) as opened:
        yield opened


@contextmanager
def writing_own(viewer: Viewer, act: Act, at: datetime) -> Iterator[Opened]:
    """Open a student's own record for what they decide themselves; nobody else, and nobody not enrolled."""
    with writing(viewer, None, act, at, only={Role.STUDENT}) as opened:
        if not opened.enrolments:
            raise NotYoursToSee
        yield opened


@contextmanager
def noting(viewer: Viewer, act: Act | str, at: datetime, student_id: str | None = None) -> Iterator[None]:
    """Write down that somebody was denied what is done within; what was begun there is undone by then.

    It does not matter who finds out: the gate itself, or whoever asks it and then looks closer.
    """
    try:
        yield
    except Denied as refusal:
        access_log.record(Line(viewer, act, _known(student_id), at, refusal))
        raise


def only(viewer: Viewer, act: Act | str, at: datetime, *roles: Role) -> None:
    """Refuse whoever acts in another role where no record is opened; that is logged too."""
    with noting(viewer, act, at):
        if viewer.role not in roles:
            raise NotOpenToYourRole


def _one(viewer: Viewer, student_id: str | None) -> str | None:
    """None from anybody but a student names nobody, and is refused as somebody who does not exist."""
    return "" if student_id is None and viewer.role is not Role.STUDENT else student_id


def _open(
    session: Session,
    viewer: Viewer,
    student_id: str | None,
    act: Act,
    at: datetime,
    only: Collection[Role],
) -> Opened:
    if at.tzinfo is None:
        raise TypeError("the gate needs an aware instant")
    if viewer.role not in only or not relations(viewer.role, act):
        raise NotOpenToYourRole
    _agreed(session, viewer, at)
    return Opened(session, viewer, act, *_scope(session, viewer, student_id, act, at))


def _agreed(session: Session, viewer: Viewer, at: datetime) -> None:
    """Staff have accepted the agreement now in force; also where no page stopped them."""
    if viewer.role.staff and not has_agreed(session, viewer, at):
        raise AgreementNeeded


_AGREED = (
    select(AgreementAcceptance.id)
    .where(
        AgreementAcceptance.person == bindparam("person"),
        AgreementAcceptance.version == bindparam("version"),
        AgreementAcceptance.sha256 == bindparam("sha256"),
        AgreementAcceptance.expires_at > bindparam("at"),
    )
    .limit(1)
)


def has_agreed(session: Session, viewer: Viewer, at: datetime) -> bool:
    """Whether the viewer accepted this version of the agreement's text, and not too long ago."""
    agreement = policy.current().agreement
    asked = {"person": viewer.person, "version": agreement.version, "sha256": agreement.sha256, "at": at}
    return session.scalar(_AGREED, asked) is not None


@cache
def _visible(role: Role, act: Act) -> Select[int, int]:
    visible = select(Enrolment.id, Enrolment.student).where(Enrolment.id.in_(enrolments_visible(role, act)))
    return visible.order_by(Enrolment.id)


@cache
def _visible_of(role: Role, act: Act) -> Select[int, int]:
    one = select(Person.number).where(Person.id == bindparam("student")).scalar_subquery()
    return _visible(role, act).where(Enrolment.student == one)


def _scope(
    session: Session, viewer: Viewer, student_id: str | None, act: Act, at: datetime
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    if viewer.role is Role.SERVICE:
        if student_id is not None:
            raise NotYoursToSee
        return (), ()  # a job works on all; it says what it did in its own run
    if student_id is None and relations(viewer.role, act) == {Relation.NOBODY}:
        return (), ()  # what is about nobody asks after no student
    asked = who_and_when(viewer, at)
    if student_id is None:
        rows = session.execute(_visible(viewer.role, act), asked).all()
    else:
        rows = session.execute(_visible_of(viewer.role, act), asked | {"student": student_id}).all()
        if not rows:
            raise NotYoursToSee
    return tuple(r.id for r in rows), tuple(sorted({r.student for r in rows}))


def _known(student_id: str | None) -> tuple[int, ...]:
    """The number of whom it was about, where such a person exists."""
    if not student_id:
        return ()
    with database.reading() as session:
        return tuple(session.scalars(select(Person.number).where(Person.id == student_id)))
