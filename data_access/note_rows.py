"""Notes read from their rows: the text as it was shared, and all that was added to it since."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, Statement, once, run
from data_access.scope import WHO
from data_access.tables import Enrolment, EntryKind, NoteEntry, Person
from data_access.tables import Note as Row
from support.note import SHOWN, Entry, Note, State

_STUDENT, _AUTHOR = aliased(Person), aliased(Person)
_SEEN = Row.state.in_(SHOWN) | ((Row.state == State.DRAFT) & (Row.author == WHO))


def read(opened: Opened) -> tuple[Note, ...]:
    """The notes that the viewer sees of the opened enrolments, the latest first."""
    asked = {"enrolments": opened.enrolments, "who": opened.viewer.person}
    rows, entries = run(opened, _notes, asked), defaultdict(list)
    for entry in run(opened, _entries, asked) if rows else ():
        entries[entry.note].append(entry)
    return tuple(
        Note(
            id=row.id,
            state=row.state,
            student_id=row.student_id,
            author=f"{row.given_name} {row.family_name}",
            mine=row.author == opened.viewer.person,
            written_at=row.begun_at,
            version=row.version,
            entries=_parts(entries[row.id]),
            meeting=row.meeting,
            plan=row.plan,
        )
        for row in rows
    )


def _parts(entries: Sequence[Any]) -> tuple[Entry, ...]:
    """The last text of the draft, then what was added; earlier texts are kept, and are nobody's to read here."""
    texts = [one for one in entries if one.kind is EntryKind.TEXT]
    added = [one for one in entries if one.kind is not EntryKind.TEXT]
    return tuple(
        Entry(f"{one.given_name} {one.family_name}", one.at, one.text, one.kind.value, one.why_kept or "")
        for one in (*texts[-1:], *added)
    )


@once
def _notes(opened: Opened) -> Statement:
    n = Row
    own = opened.columns(n.id, n.state, n.author, n.begun_at, n.version, n.meeting, n.plan)
    student, given, family = opened.columns(_STUDENT.id, _AUTHOR.given_name, _AUTHOR.family_name)
    return (
        select(*own, student.label("student_id"), given, family)
        .select_from(n)
        .join(Enrolment, Enrolment.id == n.enrolment)
        .join(_STUDENT, _STUDENT.number == Enrolment.student)
        .join(_AUTHOR, _AUTHOR.number == n.author)
        .where(n.enrolment.in_(ENROLMENTS), _SEEN)
        .order_by(n.begun_at.desc(), n.id.desc())
    )


@once
def _entries(opened: Opened) -> Statement:
    e = NoteEntry
    columns = opened.columns(e.note, e.kind, e.at, e.text, e.why_kept, Person.given_name, Person.family_name)
    return (
        select(*columns)
        .join(Row, Row.id == e.note)
        .join(Person, Person.number == e.person)
        .where(Row.enrolment.in_(ENROLMENTS), _SEEN)
        .order_by(e.id)
    )
