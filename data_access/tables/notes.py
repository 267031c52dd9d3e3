"""Notes that tutor and student both read: every text that was kept, every correction, and the student's answer."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped

from data_access.tables.base import COURSE, IDENTITY, SUPPORT, Base, column, table
from support.note import State as NoteState


class EntryKind(StrEnum):
    """What a part of a note is."""

    TEXT = "text"
    CORRECTION = "correction"
    COMMENT = "comment"


class Note(Base):
    """One note. A draft is its author's alone; `version` counts its savings."""

    __tablename__ = "note"
    __table_args__ = table(person="enrolment.student")

    id: Mapped[int] = column(SUPPORT, primary_key=True)
    enrolment: Mapped[int] = column(COURSE, ForeignKey("enrolment.id"), index=True)
    author: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), index=True)
    meeting: Mapped[int | None] = column(SUPPORT, ForeignKey("meeting.id"), index=True)
    plan: Mapped[int | None] = column(SUPPORT, ForeignKey("support_plan.id"), index=True)
    state: Mapped[NoteState] = column(SUPPORT)
    begun_at: Mapped[datetime] = column(SUPPORT)
    saved_at: Mapped[datetime] = column(SUPPORT)
    version: Mapped[int] = column(SUPPORT, default=1)


class NoteEntry(Base):
    """One part of a note; nothing that was kept is ever changed, a correction is added after it.

    `why_kept` is the reason for keeping words that looked like sensitive information. Each saving of a draft
    is a row of its own, with its `version`.
    """

    __tablename__ = "note_entry"
    __table_args__ = (Index(None, "note", "version"), table(person="note.enrolment.student"))

    id: Mapped[int] = column(SUPPORT, primary_key=True)
    note: Mapped[int] = column(SUPPORT, ForeignKey("note.id"))
    kind: Mapped[EntryKind] = column(SUPPORT)
    version: Mapped[int] = column(SUPPORT)
    person: Mapped[int] = column(IDENTITY, ForeignKey("person.number"))
    at: Mapped[datetime] = column(SUPPORT)
    text: Mapped[str] = column(SUPPORT)
    why_kept: Mapped[str | None] = column(SUPPORT)
