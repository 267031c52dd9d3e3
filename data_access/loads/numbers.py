"""The numbers behind the keys of the source systems: those stored, and new ones for what a load brings."""

from collections.abc import Iterable, Iterator
from itertools import count

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from auth.refusals import Refusal
from data_access import watermarks
from data_access.loads.changes import Column, Question, look_up
from data_access.tables import (
    Assessment,
    Course,
    Enrolment,
    EnrolmentStatus,
    FeedGap,
    Module,
    Person,
    School,
    SourceKey,
    TimetableEvent,
    Tutoring,
)
from privacy.labels import Source


class NotLoadedYet(Refusal):
    """A load speaks of something that no load has brought. The sentence says what, and never whom."""


class Numbers:
    """The numbers of one noun by key. What is not stored gets the next free number when it is minted."""

    def __init__(self, session: Session, noun: str, key: Column, number: Column, stored: Question) -> None:
        self._session, self._noun, self._key, self._stored = session, noun, key, stored
        self._known: dict[str, int] = {}
        self._last = watermarks.last_person(session) if number is Person.number else _highest(session, number)

    def learn(self, keys: Iterable[str]) -> None:
        """Look up the keys that have not been looked up yet."""
        unknown = {key for key in keys if key not in self._known}
        found = look_up(self._session, self._stored, self._key, unknown)
        self._known |= {row[0]: row[1] for row in found}

    def mint(self, keys: Iterable[str]) -> None:
        """Give a number to every key that has none, in this order."""
        wanted = list(keys)
        self.learn(wanted)
        for key in wanted:
            if key not in self._known:
                self._last += 1
                self._known[key] = self._last

    def __getitem__(self, key: str) -> int:
        try:
            return self._known[key]
        except KeyError:
            raise NotLoadedYet(
                f"It speaks of {self._noun} that has not been loaded. Nothing was stored."
            ) from None


class Nouns:
    """The numbers of every noun, shared by the batches of one load; and the next ones of what has no key."""

    def __init__(self, session: Session) -> None:
        keys = select(SourceKey.key, SourceKey.person).where(SourceKey.system == Source.STUDENT_RECORDS)
        self.people = Numbers(session, "a person", SourceKey.key, Person.number, keys)
        self.schools = _numbers(session, "a school", School.name, School.id)
        self.courses = _numbers(session, "a course", Course.code, Course.id)
        self.modules = _numbers(session, "a module", Module.code, Module.id)
        self.enrolments = _numbers(session, "an enrolment", Enrolment.key, Enrolment.id)
        self.assessments = _numbers(session, "an assessment", Assessment.key, Assessment.id)
        self.events = _numbers(session, "a class", TimetableEvent.key, TimetableEvent.id)
        self.statuses = _after(session, EnrolmentStatus.id)
        self.tutorings = _after(session, Tutoring.id)
        self.gaps = _after(session, FeedGap.id)


def _numbers(session: Session, noun: str, key: Column, number: Column) -> Numbers:
    return Numbers(session, noun, key, number, select(key, number))


def _after(session: Session, number: Column) -> Iterator[int]:
    return count(_highest(session, number) + 1)


def _highest(session: Session, number: Column) -> int:
    return session.scalar(select(func.max(number))) or 0
