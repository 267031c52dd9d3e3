"""Suggestions to talk, what became of each, and for whom it is out of sight."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped

from data_access.tables.base import COURSE, DERIVED, IDENTITY, SUGGESTED, Base, column, table
from engagement.suggestion import Rule, State

# Of one rule, or of one piece of missing work, an enrolment has one suggestion at most that has not ended.
_OF_A_RULE = text("ended_at IS NULL AND assessment IS NULL")
_OF_WORK = text("ended_at IS NULL AND assessment IS NOT NULL")


class SuggestedTalk(Base):
    """One suggestion to talk. Days are day numbers; `amount` and `of` as in `engagement.suggestion.Finding`.

    `as_of` is the day of the data that brought it about. `ended_at` is when its condition ended; a dismissed
    one stays without an end while its condition holds, so that it is not raised again.
    """

    __tablename__ = "suggested_talk"
    __table_args__ = (
        Index(None, "enrolment", "rule", unique=True, sqlite_where=_OF_A_RULE, postgresql_where=_OF_A_RULE),
        Index(None, "enrolment", "assessment", unique=True, sqlite_where=_OF_WORK, postgresql_where=_OF_WORK),
        table(person="enrolment.student"),
    )

    id: Mapped[int] = column(SUGGESTED, primary_key=True)
    enrolment: Mapped[int] = column(COURSE, ForeignKey("enrolment.id"), index=True)
    rule: Mapped[Rule] = column(SUGGESTED)
    assessment: Mapped[int | None] = column(SUGGESTED, ForeignKey("assessment.id"))
    state: Mapped[State] = column(SUGGESTED)
    raised_at: Mapped[datetime] = column(SUGGESTED)
    as_of: Mapped[int] = column(DERIVED)
    first: Mapped[int | None] = column(DERIVED)
    last: Mapped[int] = column(DERIVED)
    amount: Mapped[int] = column(DERIVED)
    of: Mapped[int] = column(DERIVED)
    policy: Mapped[str] = column(DERIVED)
    ended_at: Mapped[datetime | None] = column(SUGGESTED)


class SuggestionStep(Base):
    """What became of a suggestion; `person` decided, and had opened its grounds at `opened_at`. A job has neither."""

    __tablename__ = "suggestion_step"
    __table_args__ = table(person="suggestion.enrolment.student")

    id: Mapped[int] = column(SUGGESTED, primary_key=True)
    suggestion: Mapped[int] = column(SUGGESTED, ForeignKey("suggested_talk.id"), index=True)
    state: Mapped[State] = column(SUGGESTED)
    at: Mapped[datetime] = column(SUGGESTED)
    person: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    reason: Mapped[str | None] = column(SUGGESTED)
    opened_at: Mapped[datetime | None] = column(SUGGESTED)


class HiddenSuggestion(Base):
    """A suggestion that one colleague has put out of their own sight; for everybody else nothing changes."""

    __tablename__ = "hidden_suggestion"
    __table_args__ = table(person="suggestion.enrolment.student", clustered=True)

    suggestion: Mapped[int] = column(SUGGESTED, ForeignKey("suggested_talk.id"), primary_key=True)
    person: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), primary_key=True)
    at: Mapped[datetime] = column(SUGGESTED)
