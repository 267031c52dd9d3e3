"""Notes of what was said: a draft of the author's alone, then one text for both, corrected only by adding to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, select, update

from auth.refusals import ChangedMeanwhile, MovedOn, NotYoursToSee
from auth.viewer import Role, Viewer
from data_access import disputes_closing, gate, note_rows, outbox, plan_states, tripwire
from data_access.gate import Opened
from data_access.plan_states import READ, WRITE
from data_access.scope import WHO
from data_access.tables import EntryKind, Meeting, NoteEntry
from data_access.tables import Note as Row
from engagement import words
from policy.days import london_day
from support.note import APPROVED, LAPSES_AFTER, NEXT, SHOWN, Note, State


def of(viewer: Viewer, student_id: str | None, at: datetime) -> tuple[Note, ...]:
    """The notes about one student, the latest first; None is the viewer's own. A draft is its author's alone."""
    with gate.reading_one(viewer, student_id, READ, at) as opened:
        return note_rows.read(opened)


def begin(
    viewer: Viewer,
    student_id: str,
    text: str,
    at: datetime,
    *,
    meeting: int | None = None,
    plan: int | None = None,
    why_kept: str = "",
) -> int:
    """Begin a note that its author alone sees; its number. It may belong to a meeting, a plan, both or neither."""
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        row = Row(
            enrolment=_course(opened, meeting, plan),
            author=viewer.person,
            meeting=meeting,
            plan=plan,
            state=State.DRAFT,
            begun_at=at,
            saved_at=at,
            version=1,
        )
        why = tripwire.reason(text, why_kept)
        opened.session.add(row)
        opened.session.flush()
        _entry(opened, row, EntryKind.TEXT, tripwire.text(text), why, at)
        return row.id


def save(
    viewer: Viewer, student_id: str, note: int, version: int, text: str, at: datetime, *, why_kept: str = ""
) -> int:
    """Keep a new text of a draft beside the earlier ones; its version. ChangedMeanwhile for an older version."""
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        row = _one(opened, note, wait=False)
        before = _last(opened, row)
        if row.state is not State.DRAFT:
            raise MovedOn
        if row.version != version:
            raise ChangedMeanwhile(before, row.version)
        why = tripwire.reason(text, why_kept, before)
        _write(opened, row, at)
        _entry(opened, row, EntryKind.TEXT, tripwire.text(text), why, at)
        return row.version


def share(viewer: Viewer, student_id: str, note: int, version: int, at: datetime) -> None:
    """Show a draft to the student, who is told: from now on nothing in it is changed, only added to."""
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        row = _one(opened, note)
        if row.state is not State.DRAFT:
            raise MovedOn
        if row.version != version:
            raise ChangedMeanwhile(_last(opened, row), row.version)
        _write(opened, row, at, state=State.WAITING)
        _tell(opened, row, at)


def correct(
    viewer: Viewer, student_id: str, note: int, text: str, at: datetime, *, why_kept: str = ""
) -> None:
    """Add a correction below a note, by its author; it waits for the student again, who is told."""
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        row = _one(opened, note)
        if row.author != viewer.person:
            raise NotYoursToSee("Only the author of a note adds a correction to it.")
        _answered(opened, row, State.WAITING, EntryKind.CORRECTION, text, why_kept, at)
        disputes_closing.after_note(opened, row.id, at)
        _tell(opened, row, at)


def approve(viewer: Viewer, note: int, version: int, at: datetime) -> None:
    """Approve a note as it stood in that version, by the student. ChangedMeanwhile after a correction since."""
    with gate.writing_own(viewer, WRITE, at) as opened:
        row = _one(opened, note)
        if row.version != version:
            raise ChangedMeanwhile(_last(opened, row), row.version)
        _answered(opened, row, State.APPROVED, EntryKind.COMMENT, APPROVED, "", at)


def comment(viewer: Viewer, note: int, text: str, at: datetime, *, why_kept: str = "") -> None:
    """Add the student's own words to a note; both sides read them beside it."""
    with gate.writing_own(viewer, WRITE, at) as opened:
        row = _one(opened, note)
        _answered(opened, row, State.COMMENTED, EntryKind.COMMENT, text, why_kept, at)


def lapse(viewer: Viewer, at: datetime) -> int:
    """Drop the drafts that their authors have left alone for long; how many. For the night's job."""
    with gate.writing(viewer, None, plan_states.FOLLOW, at, only={Role.SERVICE}) as opened:
        old = update(Row).where(Row.state == State.DRAFT, Row.saved_at <= at - LAPSES_AFTER)
        changed: Any = opened.session.execute(old.values(state=State.LAPSED))
        return int(changed.rowcount)


def _one(opened: Opened, note: int, *, wait: bool = True) -> Row:
    """The note; NotYoursToSee for one that the viewer does not see.

    It is locked until the transaction ends, but with `wait` False: a saving that comes second need not wait to
    hear that it does.
    """
    seen = (Row.author == WHO) | Row.state.in_(SHOWN)
    mine = select(Row).where(Row.id == note, Row.enrolment.in_(opened.enrolments), seen)
    asked = mine.with_for_update() if wait else mine
    row = opened.session.scalar(asked, {"who": opened.viewer.person})
    if row is None:
        raise NotYoursToSee
    return row


def _answered(
    opened: Opened, row: Row, state: State, kind: EntryKind, text: str, why_kept: str, at: datetime
) -> None:
    """Add a part to a note that both read; MovedOn where that cannot follow."""
    if row.state not in SHOWN or state not in NEXT[row.state]:
        raise MovedOn
    why = tripwire.reason(text, why_kept)
    _write(opened, row, at, state=state)
    _entry(opened, row, kind, tripwire.text(text), why, at)


def _write(opened: Opened, row: Row, at: datetime, **values: Any) -> None:
    """One version on, from the version and the state that were read; ChangedMeanwhile when another was faster."""
    as_read = (Row.id == row.id, Row.state == row.state, Row.version == row.version)
    on = update(Row).where(*as_read).values(version=row.version + 1, saved_at=at, **values)
    changed: Any = opened.session.execute(on)
    if not isinstance(changed, CursorResult) or changed.rowcount != 1:
        opened.session.refresh(row)
        raise ChangedMeanwhile(_last(opened, row), row.version)
    opened.session.refresh(row)


def _entry(opened: Opened, row: Row, kind: EntryKind, text: str, why: str | None, at: datetime) -> None:
    person = opened.viewer.person
    values = {"note": row.id, "kind": kind, "version": row.version, "person": person, "at": at}
    opened.session.add(NoteEntry(**values, text=text, why_kept=why))
    opened.session.flush()


def _last(opened: Opened, row: Row) -> str:
    """The text that was written last."""
    written = select(NoteEntry.text).where(NoteEntry.note == row.id)
    return opened.session.scalars(written.order_by(NoteEntry.id.desc()).limit(1)).one()


def _tell(opened: Opened, row: Row, at: datetime) -> None:
    """The student reads which day it is about: the meeting's, or the one on which the note was begun."""
    meeting = opened.session.get(Meeting, row.meeting) if row.meeting else None
    when = words.day(london_day(meeting.starts_at if meeting else row.begun_at))
    said = {"tutor": plan_states.name(opened), "when": when}
    outbox.tell(opened, row.enrolment, "record", f"record-{row.id}-{row.version}", said, at)


def _course(opened: Opened, meeting: int | None, plan: int | None) -> int:
    """The enrolment of what the note belongs to, or the first of those opened."""
    found = [opened.session.get(Meeting, meeting)] if meeting is not None else []
    plans = [plan_states.one(opened, plan)] if plan is not None else []
    courses = {row.enrolment if row else 0 for row in (*found, *plans)} or {opened.enrolments[0]}
    if len(courses) > 1 or not courses <= set(opened.enrolments):
        raise NotYoursToSee
    return courses.pop()
