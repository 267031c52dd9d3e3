"""The versions of the privacy notice: kept for ever as they were published, a new one published by compliance."""

from datetime import datetime

from sqlalchemy import func, select

import policy
from auth.permissions import Act, Action
from auth.refusals import MovedOn
from auth.refusals.compliance import NoticeNotUsable, VersionTaken
from auth.viewer import Role, Viewer
from data_access import gate, notices
from data_access.gate import Opened
from data_access.tables import NoticeRead, NoticeVersion, Person
from policy import notice as text
from policy.days import london_day
from policy.notice import Notice
from privacy.labels import Category
from privacy.notices import Publish, Published
from privacy.purposes import Duty

_LOOK = Act(Action.READ, Category.NOTICE, Duty.AUDIT)
_PUBLISH = Act(Action.WRITE, Category.NOTICE, Duty.AUDIT)


def all_of(viewer: Viewer, at: datetime) -> tuple[Published, ...]:
    """Every version there was, the one in force first, each with how many students have read it."""
    readers = (
        select(func.count())
        .where(NoticeRead.version == NoticeVersion.version, NoticeRead.sha256 == NoticeVersion.sha256)
        .scalar_subquery()
    )
    question = (
        select(NoticeVersion, Person.given_name, Person.family_name, readers)
        .outerjoin(Person, Person.number == NoticeVersion.published_by)
        .order_by(NoticeVersion.id.desc())
    )
    with gate.reading(viewer, None, _LOOK, at) as opened:
        return tuple(
            Published(
                Notice(row.version, row.reviewed, row.summary, row.text),
                row.published_at,
                " ".join(part for part in (given, family) if part),
                count,
            )
            for row, given, family, count in opened.session.execute(question)
        )


def take_up(viewer: Viewer, at: datetime) -> None:
    """Publish the policy folder's notice if its version is a new one: at each start, by the job that starts.

    A text changed under a version that is known stays unpublished, and the health check says so.
    """
    gate.only(viewer, _PUBLISH, at, Role.SERVICE)
    if not notices.published(viewer, policy.current().notice.version):
        with gate.writing(viewer, None, _PUBLISH, at) as opened:
            _take_up(opened, at)


def publish(viewer: Viewer, decided: Publish, at: datetime) -> None:
    """Put a version in the place of the one that was before the writer's eyes, and into force at once.

    NoticeNotUsable says what it lacks; VersionTaken; MovedOn when another was published meanwhile.
    """
    made = _usable(decided.notice, at)
    with gate.writing(viewer, None, _PUBLISH, at, only={Role.COMPLIANCE}) as opened:
        _take_up(opened, at)
        if notices.current(opened.session).version != decided.after:
            raise MovedOn
        if notices.known(opened.session, made.version):
            raise VersionTaken
        _add(opened, made, viewer.person, at)


def _usable(notice: Notice, at: datetime) -> Notice:
    if notice.reviewed > london_day(at):
        raise NoticeNotUsable("The day on which the notice was looked over cannot lie ahead.")
    try:
        return text.notice(notice.version, notice.reviewed, notice.summary, notice.text)
    except ValueError as fault:
        raise NoticeNotUsable(f"{fault}.") from fault


def _take_up(opened: Opened, at: datetime) -> None:
    ours = policy.current().notice
    if not notices.known(opened.session, ours.version):
        _add(opened, ours, None, at)


def _add(opened: Opened, notice: Notice, by: int | None, at: datetime) -> None:
    opened.session.add(
        NoticeVersion(
            version=notice.version,
            reviewed=notice.reviewed,
            summary=notice.summary,
            text=notice.text,
            sha256=notice.sha256,
            published_at=at,
            published_by=by,
        )
    )
