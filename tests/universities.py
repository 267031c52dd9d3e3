"""Small universities by chance: who studies till when, who tutors whom, what was consented to, stopped and held.

Every text of a person is a word that stands nowhere else. What may be seen of it is said here a second time, in plain
Python, and not by the expressions that decide it in the application.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.orm import Session

import data_access
import policy
from auth.viewer import Role, Viewer
from data_access import database, sealing, tables
from data_access.sealing import Place
from engagement.studies import Level, Mode, Register, Status
from engagement.suggestion import Rule
from engagement.suggestion import State as Suggested
from policy.days import LONDON, number
from policy.settings import Settings
from privacy import consent as consents
from privacy.dispute import Kind as Datum
from privacy.dispute import State as Disputed
from privacy.labels import SYSTEMS, Source
from privacy.purposes import Purpose
from privacy.request import Channel, Kind
from privacy.request import State as CaseState
from support.action import State as ActionState
from support.note import State as NoteState
from support.offer import Format
from support.offer import State as Offered
from support.party import Party
from support.plan import State as PlanState

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
FIRST = TODAY - timedelta(days=60)
ADVISER, MANAGER, OFFICER, SECOND, SENIOR, ADMIN = 21, 22, 23, 24, 25, 26
_STAFF = {
    ADVISER: Role.ADVISER,
    MANAGER: Role.MANAGER,
    OFFICER: Role.COMPLIANCE,
    SECOND: Role.COMPLIANCE,
    SENIOR: Role.SENIOR_TUTOR,
    ADMIN: Role.ADMINISTRATOR,
}


class End(StrEnum):
    """What comes after the last day of study."""

    NOT = "studies on"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True)
class Student:
    """One student. Days are counted from TODAY; `tutored` is the tutor's place and the days, both included."""

    place: int
    tutor: int
    tutored: tuple[int, int]
    end: End
    last: int
    agreed: bool
    unused: frozenset[Purpose]
    consent: consents.State | None
    shared: bool

    @property
    def number(self) -> int:
        return 101 + self.place

    @property
    def id(self) -> str:
        return f"p-student-{self.place}-7xq"

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.number, Role.STUDENT, f"session-{self.number}")

    def word(self, what: str) -> str:
        """The word that only this student's `what` holds."""
        return f"{what}zq{self.place}xk"

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.word(what) for what in ("family", "note", "draft", "sealed", "contact"))

    def studies(self, day: date) -> bool:
        """Whether the record is open at all on that day."""
        over = self.end is not End.NOT and day > TODAY + timedelta(days=self.last)
        return self.agreed and day >= FIRST and not over

    def reached_again(self, day: date) -> bool:
        """Whether the course goes on, so that the ways to reach the student are kept, if only for the return."""
        return self.studies(day) or (self.agreed and self.end is End.INTERRUPTED)

    def tutored_by(self, tutor: int, day: date) -> bool:
        first, last = (TODAY + timedelta(days=days) for days in self.tutored)
        return tutor == self.tutor and first <= day <= last

    def open_to(self, tutor: int, day: date, purpose: Purpose) -> bool:
        """Whether this tutor reads the record on that day for that purpose."""
        return self.studies(day) and self.tutored_by(tutor, day) and purpose not in self.unused


@dataclass(frozen=True)
class Made:
    """A university: its students and how many tutors there are."""

    students: tuple[Student, ...]
    tutors: int

    def tutor(self, place: int) -> Viewer:
        return Viewer(1 + place, Role.TUTOR, f"session-{1 + place}")


def staff(person: int) -> Viewer:
    """A colleague who is no tutor, in their role."""
    return Viewer(person, _STAFF[person], f"session-{person}")


@st.composite
def universities(draw: st.DrawFn, fewest: int = 1) -> Made:
    """From so many to four students, and up to three tutors."""
    tutors = draw(st.integers(1, 3))
    day = st.integers(-30, 12)
    states = [None, *consents.State]

    def student(place: int) -> Student:
        first = draw(st.integers(-50, 2))
        return Student(
            place=place,
            tutor=draw(st.integers(0, tutors - 1)),
            tutored=(first, first + draw(st.integers(5, 70))),
            end=draw(st.sampled_from(End)),
            last=draw(day),
            agreed=draw(st.booleans() | st.just(True)),
            unused=draw(st.frozensets(st.sampled_from([Purpose.IDENTIFY, Purpose.AGREE]), max_size=2)),
            consent=draw(st.sampled_from(states)),
            shared=draw(st.booleans()),
        )

    return Made(tuple(student(place) for place in range(draw(st.integers(fewest, 4)))), tutors)


@contextmanager
def standing(blank: Path, home: Path, made: Made) -> Iterator[Session]:
    """The university on a copy of a blank installation, started; a session past the gate to look behind."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(blank, home)
    data_access.start(Settings(home=home))
    with database.writing() as session:
        _everybody(session, made)
        for student in made.students:
            _student(session, student)
    try:
        with Session(database.stores().core) as session:
            yield session
    finally:
        database.stores().core.dispose()
        database.stores().log.dispose()


def _put(session: Session, table: Any, **values: Any) -> None:
    session.execute(insert(table).values(**values))


def _everybody(session: Session, made: Made) -> None:
    for n, system in enumerate(SYSTEMS, start=1):
        run = {
            "format": "test",
            "file": "x",
            "sha256": "0",
            "state": tables.RunState.LOADED,
            "started_by": "x",
        }
        _put(
            session,
            tables.LoadRun,
            id=n,
            system=system,
            started_at=NOW,
            finished_at=NOW,
            data_up_to=TODAY,
            **run,
        )
    _put(session, tables.School, id=1, name="School")
    _put(session, tables.Course, id=1, code="C", title="Course", school=1, level=Level.UNDERGRADUATE)
    _put(
        session,
        tables.Module,
        id=1,
        code="M",
        title="Module",
        credits=20,
        starts=FIRST,
        ends=date(2026, 12, 13),
    )
    day = TODAY - timedelta(days=6)
    begins = datetime.combine(day, time(9), LONDON)
    event = {"key": "T", "kind": "Lecture", "cancelled": False, "day": number(day), "starts_at": begins}
    _put(session, tables.TimetableEvent, id=1, module=1, ends_at=begins + timedelta(hours=1), run=3, **event)
    agreement = policy.current().agreement
    for person in (*(1 + place for place in range(made.tutors)), *_STAFF):
        role = _STAFF.get(person, Role.TUTOR)
        _put(
            session,
            tables.Person,
            number=person,
            id=f"p-{person}",
            given_name="Staff",
            family_name=f"Staff{person}",
        )
        granted = {"granted_by": "x", "reason": "x", "first": FIRST}
        _put(session, tables.Account, person=person, username=f"staff{person}", password_hash="x")
        _put(session, tables.RoleGrant, person=person, role=role, **granted)
        _put(
            session,
            tables.AgreementAcceptance,
            person=person,
            version=agreement.version,
            sha256=agreement.sha256,
            typed_name="x",
            accepted_at=NOW,
            expires_at=NOW + timedelta(days=4000),
        )


def _student(session: Session, of: Student) -> None:
    n, enrolment, tutor = of.number, of.number, 1 + of.tutor
    _put(
        session,
        tables.Person,
        number=n,
        id=of.id,
        given_name=f"Given{of.place}",
        family_name=of.word("family"),
    )
    _put(session, tables.SourceKey, system=SYSTEMS[0], key=f"w{n}", person=n)
    studying = {"course": 1, "mode": Mode.FULL_TIME, "stage": 1, "starts": FIRST, "run": 1}
    _put(
        session,
        tables.Enrolment,
        id=enrolment,
        key=f"E{n}",
        student=n,
        expected_end=date(2029, 6, 1),
        **studying,
    )
    last = None if of.end is End.NOT else TODAY + timedelta(days=of.last)
    status = {"enrolment": enrolment, "recorded_at": NOW, "run": 1}
    _put(session, tables.EnrolmentStatus, status=Status.ENROLLED, first=FIRST, last=last, **status)
    if last:
        after = last + timedelta(days=1)
        _put(session, tables.EnrolmentStatus, status=Status(of.end.value), first=after, **status)
    if of.agreed:
        _put(session, tables.EnrolmentAgreement, enrolment=enrolment, agreed_on=FIRST, regulation="1", run=1)
    first, until = (TODAY + timedelta(days=days) for days in of.tutored)
    _put(session, tables.Tutoring, enrolment=enrolment, tutor=tutor, first=first, last=until, run=1)
    _put(session, tables.Registration, student=n, module=1, enrolment=enrolment, first=FIRST, run=1)
    _put(session, tables.Attendance, student=n, event=1, register=Register.PRESENT, run=4)
    _put(session, tables.VleDay, student=n, module=1, day=number(TODAY) - 4, views=3, run=2)
    email = tables.ContactKind.EMAIL
    _put(session, tables.ContactDetail, enrolment=enrolment, kind=email, value=of.word("contact"), run=1)
    for place, (state, text) in enumerate(((NoteState.APPROVED, "note"), (NoteState.DRAFT, "draft"))):
        note = 2 * n + place
        _put(
            session,
            tables.Note,
            id=note,
            enrolment=enrolment,
            author=tutor,
            state=state,
            begun_at=NOW,
            saved_at=NOW,
            version=1,
        )
        told = {"person": tutor, "at": NOW, "version": 1, "text": of.word(text)}
        _put(session, tables.NoteEntry, note=note, kind=tables.EntryKind.TEXT, **told)
    for purpose in sorted(of.unused):
        _unused(session, of, purpose)
    _talk(session, of, tutor)
    _plan(session, of, tutor)


def _unused(session: Session, of: Student, purpose: Purpose) -> None:
    case = 10 * of.number + list(Purpose).index(purpose)
    asked = {"kind": Kind.OBJECTION, "state": CaseState.FULFILLED, "channel": Channel.HERE, "text": ""}
    _put(
        session,
        tables.RightsCase,
        id=case,
        reference=f"R-{case}",
        student=of.number,
        received_at=NOW,
        entered_at=NOW,
        ended_at=NOW,
        **asked,
    )
    _put(session, tables.Restriction, student=of.number, case=case, purpose=purpose, begun_at=NOW)


def _talk(session: Session, of: Student, tutor: int) -> None:
    """A suggestion and the offer that answered it, and that the approved note is disputed."""
    n = of.number
    found = {"rule": Rule.QUIET, "last": number(TODAY), "amount": 7, "of": 7, "as_of": number(TODAY)}
    raised = {"state": Suggested.OFFERED, "raised_at": NOW, "policy": "x"}
    _put(session, tables.SuggestedTalk, id=n, enrolment=n, **found, **raised)
    offer = {"format": Format.VIDEO, "place": "x", "text": "x", "state": Offered.ACCEPTED, "made_at": NOW}
    _put(session, tables.ConversationOffer, id=n, enrolment=n, tutor=tutor, made_by=tutor, **offer)
    _put(session, tables.OfferSuggestion, offer=n, suggestion=n)
    said = {"about": "x", "value": "x", "claim": "x", "state": Disputed.DISPUTED, "raised_at": NOW}
    where = {"kind": Datum.NOTE, "system": Source.HERE, "note": 2 * n, "open_key": f"note {n}"}
    asked = {"kind": Kind.RECTIFICATION, "state": CaseState.FULFILLED, "channel": Channel.HERE, "text": ""}
    told = {"received_at": NOW, "entered_at": NOW, "ended_at": NOW}
    _put(session, tables.RightsCase, id=10 * n + 9, reference=f"C-{n}", student=n, **asked, **told)
    _put(
        session, tables.Dispute, reference=f"D-{n}", student=n, enrolment=n, case=10 * n + 9, **where, **said
    )


def _plan(session: Session, of: Student, tutor: int) -> None:
    """A plan in force with an action for the adviser, and what was asked, written and passed on under a consent."""
    n = of.number
    agreed = {"made_at": NOW, "agreed_at": NOW, "review_on": TODAY, "aim": "x"}
    _put(session, tables.SupportPlan, id=n, enrolment=n, tutor=tutor, state=PlanState.ACTIVE, **agreed)
    action = {"text": "x", "owner": Party.ADVISER, "adviser": ADVISER, "due": TODAY, "may_share_at": NOW}
    _put(session, tables.SupportAction, id=n, plan=n, state=ActionState.OPEN, **action)
    if of.shared:
        shared = {"recipient": ADVISER, "necessity": "x", "shared_by": tutor, "shared_at": NOW}
        _put(session, tables.SharedAction, id=n, action=n, **shared)
    if of.consent is None:
        return
    key, sealed = sealing.seal({"what": of.word("sealed"), "why": "", "text": ""}, Place("consent", n), NOW)
    asked = {"asked_by": tutor, "asked_at": NOW, "last_day": TODAY + timedelta(days=8), "version": "1"}
    _put(session, tables.Consent, id=n, enrolment=n, plan=n, sha256="0", key=key, sealed=sealed, **asked)
    for person in (tutor, ADVISER):
        _put(session, tables.ConsentRecipient, consent=n, person=person)
    for place, state in enumerate(_way(of.consent), start=1):
        _put(session, tables.ConsentStep, consent=n, n=place, state=state, at=NOW, person=n, typed="")
    key, sealed = sealing.seal({"text": of.word("sealed")}, Place("sensitive_note", n), NOW)
    _put(session, tables.SensitiveNote, id=n, consent=n, author=tutor, at=NOW, key=key, sealed=sealed)
    if of.shared:
        told = {"text": of.word("sealed"), "necessity": "x"}
        key, sealed = sealing.seal(told, Place("sensitive_extract", n), NOW)
        passed = {"shared_by": tutor, "at": NOW, "key": key, "sealed": sealed}
        _put(session, tables.SensitiveExtract, id=n, note=n, share=n, **passed)


def _way(to: consents.State) -> tuple[consents.State, ...]:
    """The steps by which a consent came to stand where it does."""
    state = consents.State
    given = (state.GIVEN,) if to in (state.GIVEN, state.WITHDRAWN, state.LAPSED) else ()
    return (state.ASKED, *given, *((to,) if to not in (state.ASKED, state.GIVEN) else ()))
