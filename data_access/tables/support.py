"""Offered conversations and meetings, and what became of each."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped

from auth.viewer import Role
from data_access.tables.base import COURSE, IDENTITY, SUPPORT, Base, column, table
from support.meeting import Missed
from support.meeting import State as MeetingState
from support.offer import Format
from support.offer import State as OfferState


class ConversationOffer(Base):
    """One offer to talk; `made_by` is the tutor, or the student who asked for it."""

    __tablename__ = "conversation_offer"
    __table_args__ = table(person="enrolment.student")

    id: Mapped[int] = column(SUPPORT, primary_key=True)
    enrolment: Mapped[int] = column(COURSE, ForeignKey("enrolment.id"), index=True)
    tutor: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), index=True)
    made_by: Mapped[int] = column(IDENTITY, ForeignKey("person.number"))
    state: Mapped[OfferState] = column(SUPPORT)
    format: Mapped[Format] = column(SUPPORT)
    place: Mapped[str] = column(SUPPORT)
    text: Mapped[str] = column(SUPPORT)
    made_at: Mapped[datetime] = column(SUPPORT)


class OfferSlot(Base):
    """A time that was offered, or that the student proposed."""

    __tablename__ = "offer_slot"
    __table_args__ = table(person="offer.enrolment.student")

    id: Mapped[int] = column(SUPPORT, primary_key=True)
    offer: Mapped[int] = column(SUPPORT, ForeignKey("conversation_offer.id"), index=True)
    starts_at: Mapped[datetime] = column(SUPPORT)
    minutes: Mapped[int] = column(SUPPORT)
    gone: Mapped[bool] = column(SUPPORT, default=False)


class OfferSuggestion(Base):
    """A suggestion to talk that an offer answers."""

    __tablename__ = "offer_suggestion"
    __table_args__ = table(person="offer.enrolment.student")

    offer: Mapped[int] = column(SUPPORT, ForeignKey("conversation_offer.id"), primary_key=True)
    suggestion: Mapped[int] = column(SUPPORT, ForeignKey("suggested_talk.id"), primary_key=True, index=True)


class OfferStep(Base):
    """What became of an offer; `person` is empty for a job."""

    __tablename__ = "offer_step"
    __table_args__ = table(person="offer.enrolment.student")

    id: Mapped[int] = column(SUPPORT, primary_key=True)
    offer: Mapped[int] = column(SUPPORT, ForeignKey("conversation_offer.id"), index=True)
    state: Mapped[OfferState] = column(SUPPORT)
    at: Mapped[datetime] = column(SUPPORT)
    person: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    said: Mapped[str] = column(SUPPORT, default="")


class Meeting(Base):
    """One meeting, planned or recorded afterwards; `sequence` counts the changes of its calendar entry."""

    __tablename__ = "meeting"
    __table_args__ = table(person="enrolment.student")

    id: Mapped[int] = column(SUPPORT, primary_key=True)
    enrolment: Mapped[int] = column(COURSE, ForeignKey("enrolment.id"), index=True)
    tutor: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), index=True)
    offer: Mapped[int | None] = column(SUPPORT, ForeignKey("conversation_offer.id"), unique=True)
    state: Mapped[MeetingState] = column(SUPPORT)
    starts_at: Mapped[datetime] = column(SUPPORT, index=True)
    minutes: Mapped[int] = column(SUPPORT)
    format: Mapped[Format] = column(SUPPORT)
    place: Mapped[str] = column(SUPPORT)
    missed: Mapped[Missed | None] = column(SUPPORT)
    sequence: Mapped[int] = column(SUPPORT, default=0)
    reminded_at: Mapped[datetime | None] = column(SUPPORT)


class MeetingStep(Base):
    """What became of a meeting; `person` is empty for a job."""

    __tablename__ = "meeting_step"
    __table_args__ = table(person="meeting.enrolment.student")

    id: Mapped[int] = column(SUPPORT, primary_key=True)
    meeting: Mapped[int] = column(SUPPORT, ForeignKey("meeting.id"), index=True)
    state: Mapped[MeetingState] = column(SUPPORT)
    at: Mapped[datetime] = column(SUPPORT)
    person: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    said: Mapped[str] = column(SUPPORT, default="")


class CalendarFeed(Base):
    """A person's own calendar address in one role, known by the digest of its token, until it is revoked."""

    __tablename__ = "calendar_feed"
    __table_args__ = table(person="person")

    digest: Mapped[str] = column(SUPPORT, primary_key=True)
    person: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), index=True)
    role: Mapped[Role] = column(SUPPORT)
    made_at: Mapped[datetime] = column(SUPPORT)
    revoked_at: Mapped[datetime | None] = column(SUPPORT)
