"""A copy on its way: one officer begins and checks it; another issues it, or sends it back for another look."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Row, update

from auth.refusals import MovedOn, ReasonNeeded
from auth.refusals.rights import NotAllDecided, OtherOfficer
from auth.viewer import Viewer
from data_access import outbox, pack_review, packs
from data_access.gate import Opened
from data_access.tables import AccessPack, PackStep
from policy.days import LONDON
from privacy.pack_state import NEXT, OPENS_FOR, State

_RUNNING = (State.LOOKED_AT, State.CHECKED)


def begin(viewer: Viewer, student_id: str, at: datetime) -> str:
    """Begin a copy, or go on with the one that is under way; its id."""
    with pack_review.writing(viewer, student_id, at) as opened:
        person = opened.students[0]
        running = (row for row in packs.rows(opened, person) if row.state in _RUNNING)
        if under_way := next(running, None):
            return str(under_way.id)
        id = secrets.token_hex(16)
        opened.session.add(AccessPack(id=id, student=person, state=State.LOOKED_AT, begun_at=at))
        opened.session.flush()
        _step(opened, id, State.LOOKED_AT, at)
        return id


def check(viewer: Viewer, student_id: str, id: str, at: datetime) -> None:
    """Say that everything was looked at. NotAllDecided while a text that may speak of others waits."""
    with pack_review.writing(viewer, student_id, at) as opened:
        row = pack_review.one(opened, id)
        _all_decided(opened, id)
        _move(opened, row, State.CHECKED, at, checked_by=viewer.person)


def send_back(viewer: Viewer, student_id: str, id: str, reason: str, at: datetime) -> None:
    """Ask for another look, with the reason."""
    if not reason.strip():
        raise ReasonNeeded
    with pack_review.writing(viewer, student_id, at) as opened:
        _move(opened, pack_review.one(opened, id), State.LOOKED_AT, at, reason.strip(), checked_by=None)


def issue(viewer: Viewer, student_id: str, id: str, at: datetime) -> None:
    """Open it for the student, for seven days, and tell them. OtherOfficer for whoever checked it."""
    with pack_review.writing(viewer, student_id, at) as opened:
        row = pack_review.one(opened, id)
        if row.checked_by == viewer.person:
            raise OtherOfficer
        _all_decided(opened, id)
        ends = at + OPENS_FOR
        _move(opened, row, State.ISSUED, at, issued_at=at, ends_at=ends)
        until = f"{ends.astimezone(LONDON):%-d %B %Y, %H:%M}"
        outbox.tell(opened, opened.enrolments[-1], "access-pack", f"access-pack-{id}", {"until": until}, at)


def withdraw(viewer: Viewer, student_id: str, id: str, reason: str, at: datetime) -> None:
    """End it, with the reason; its link opens no more."""
    if not reason.strip():
        raise ReasonNeeded
    with pack_review.writing(viewer, student_id, at) as opened:
        _move(opened, pack_review.one(opened, id), State.WITHDRAWN, at, reason.strip())


def _all_decided(opened: Opened, id: str) -> None:
    if not all(one.covers for one in pack_review.flagged(opened, id)):
        raise NotAllDecided


def _move(opened: Opened, row: Row[Any], to: State, at: datetime, said: str = "", **also: object) -> None:
    """Bring it into the next state, if it still stands where it was read, and write the step down."""
    if to not in NEXT[row.state]:
        raise MovedOn
    moved = (
        update(AccessPack)
        .where(AccessPack.id == row.id, AccessPack.state == row.state)
        .values(state=to, **also)
    )
    if opened.session.connection().execute(moved).rowcount != 1:
        raise MovedOn
    _step(opened, row.id, to, at, said)


def _step(opened: Opened, id: str, state: State, at: datetime, said: str = "") -> None:
    opened.session.add(PackStep(pack=id, state=state, at=at, person=opened.viewer.person, said=said))
