"""The privacy notice as people read it: the version in force, and that a student has read it.

The notice is public, so it is no record behind the gate, and a stranger, who is no Viewer, may ask for it too.
"""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

import policy
from auth.permissions import Act, Action
from auth.refusals import MovedOn
from auth.viewer import Role, Viewer
from data_access import access_log, database, gate
from data_access.access_log import Line
from data_access.tables import Course, Enrolment, NoticeRead, NoticeVersion
from engagement.studies import Level
from policy.notice import Notice
from privacy.labels import Category
from privacy.purposes import Purpose

_STUDIES = Act(Action.READ, Category.COURSE, Purpose.IDENTIFY)
_LATEST = select(NoticeVersion).order_by(NoticeVersion.id.desc()).limit(1)
_READ = select(NoticeRead.id).where(
    NoticeRead.person == bindparam("who"),
    NoticeRead.version == bindparam("version"),
    NoticeRead.sha256 == bindparam("sha256"),
)


def in_force(viewer: Viewer | None, at: datetime) -> Notice:
    """The version that was published last; the policy folder's where none ever was. None is a stranger."""
    with database.reading() as session:
        return current(session)


def unread(viewer: Viewer, at: datetime) -> Notice | None:
    """The version in force if the viewer is a student and has not said yet that they read it."""
    if viewer.role is not Role.STUDENT:
        return None  # the staff's own text is the confidentiality agreement
    with database.reading() as session:
        notice = current(session)
        return None if _has_read(session, viewer, notice) else notice


def mark_read(viewer: Viewer, version: str, at: datetime) -> None:
    """Note that the student has read this version. MovedOn when another is in force by now."""
    gate.only(viewer, "notice_read", at, Role.STUDENT)
    with database.writing() as session:
        notice = current(session)
        if notice.version != version:
            raise MovedOn
        if _has_read(session, viewer, notice):
            return
        session.add(
            NoticeRead(person=viewer.person, version=notice.version, sha256=notice.sha256, read_at=at)
        )
        session.flush()
        access_log.append(session.connection(), Line(viewer, "notice_read", (), at))


def published(viewer: Viewer, version: str) -> bool:
    """Whether there was ever a version of this name."""
    with database.reading() as session:
        return known(session, version)


def own_levels(viewer: Viewer, at: datetime) -> frozenset[Level]:
    """The levels at which a student studies now, which decide which regulations are theirs."""
    with gate.reading_one(viewer, None, _STUDIES, at) as opened:
        mine = select(Course.level).join(Enrolment, Enrolment.course == Course.id)
        return frozenset(opened.session.scalars(mine.where(Enrolment.id.in_(opened.enrolments))))


def current(session: Session) -> Notice:
    """The version in force, in a transaction that is open."""
    row = session.scalar(_LATEST)
    if row is None:
        return policy.current().notice
    return Notice(row.version, row.reviewed, row.summary, row.text)


def known(session: Session, version: str) -> bool:
    """As `published`, in a transaction that is open."""
    return session.scalar(select(NoticeVersion.id).where(NoticeVersion.version == version)) is not None


def _has_read(session: Session, viewer: Viewer, notice: Notice) -> bool:
    asked = {"who": viewer.person, "version": notice.version, "sha256": notice.sha256}
    return session.scalar(_READ, asked) is not None
