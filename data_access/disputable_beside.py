"""What can be disputed beside the modules: research, examinations, awards, services, the person, and support."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from data_access.disputable_records import Readable, Rows
from data_access.tables import (
    Assessment,
    Award,
    ContactDetail,
    Enrolment,
    EntryKind,
    Meeting,
    Milestone,
    Module,
    Note,
    NoteEntry,
    Person,
    PlanStep,
    ServiceUse,
    Sitting,
    Supervision,
    SupportAction,
    SupportPlan,
)
from engagement import words
from policy.days import LONDON, day, london_day
from privacy.dispute import Datum, Field, Kind, Target
from support.note import SHOWN
from support.plan import State as PlanState

_LATER = aliased(NoteEntry)


def _meetings_due(student: int) -> Rows:
    s = Supervision
    return select(s.due_day, s.held_day).where(s.student == student).order_by(s.due_day.desc())


def _meeting_due(row: Any) -> Iterator[Datum]:
    due = day(row.due_day)
    value = "not recorded as held" if row.held_day is None else f"held {words.day(day(row.held_day))}"
    about = f"Supervision meeting due {words.day(due)} {due.year}"
    yield Datum(Target(Kind.SUPERVISION, day=row.due_day), about, value, due)


def _milestones(student: int) -> Rows:
    m = Milestone
    question = select(m.title, m.due_day, m.met_day).where(m.student == student)
    return question.order_by(m.due_day.desc(), m.title)


def _milestone(row: Any) -> Iterator[Datum]:
    due = day(row.due_day)
    value = "not recorded as met" if row.met_day is None else f"met {words.day(day(row.met_day))}"
    about = f"Milestone “{row.title}”, due {words.day(due)} {due.year}"
    yield Datum(Target(Kind.MILESTONE, day=row.due_day, name=row.title), about, value, due)


def _sittings(student: int) -> Rows:
    s, a = Sitting, Assessment
    return (
        select(s.assessment, s.day, s.attended, s.mark, a.title, Module.title.label("module"), Module.code)
        .join_from(s, a, a.id == s.assessment)
        .join(Module, Module.id == a.module)
        .where(s.student == student)
        .order_by(s.day.desc())
    )


def _sitting(row: Any) -> Iterator[Datum]:
    on = day(row.day)
    about = f"“{row.title}” of {row.module}, {words.day(on)} {on.year}"
    value = "attended" if row.attended else "not attended"
    value += f", mark {row.mark}" if row.mark is not None else ""
    yield Datum(Target(Kind.SITTING, row.assessment, row.day), about, value, on, row.code)


def _awards(student: int) -> Rows:
    a = Award
    question = select(a.enrolment, a.title, a.classification, a.awarded_day).where(a.student == student)
    return question.order_by(a.awarded_day.desc(), a.title)


def _award(row: Any) -> Iterator[Datum]:
    on = day(row.awarded_day)
    value = f"{row.classification}, " if row.classification else ""
    value += f"awarded {words.day(on)} {on.year}"
    yield Datum(Target(Kind.AWARD, row.enrolment, name=row.title), row.title, value, on)


def _services(student: int) -> Rows:
    s = ServiceUse
    question = select(s.service, s.day, s.count).where(s.student == student)
    return question.order_by(s.day.desc(), s.service)


def _service(row: Any) -> Iterator[Datum]:
    on = day(row.day)
    about = f"{row.service.replace('_', ' ').capitalize()}, {words.day(on)} {on.year}"
    value = f"used {words.of(row.count, 'time')}"
    yield Datum(Target(Kind.SERVICE, day=row.day, name=row.service), about, value, on)


def _names(student: int) -> Rows:
    return select(Person.given_name, Person.family_name).where(Person.number == student)


def _name(row: Any) -> Iterator[Datum]:
    for field, value in ((Field.GIVEN, row.given_name), (Field.FAMILY, row.family_name)):
        yield Datum(Target(Kind.NAME, field=field), field.words, value)


def _contacts(student: int) -> Rows:
    c = ContactDetail
    return (
        select(c.enrolment, c.kind, c.value)
        .join_from(c, Enrolment, Enrolment.id == c.enrolment)
        .where(Enrolment.student == student)
        .order_by(c.enrolment.desc(), c.kind)
    )


def _contact(row: Any) -> Iterator[Datum]:
    """The address itself is not in the words: they are kept with the request, and it goes with the course."""
    check = sha256(row.value.encode()).hexdigest()[:8]
    about = row.kind.value[:1].upper() + row.kind.value[1:]
    value = f"as it stands under What is held (check number {check})"
    yield Datum(Target(Kind.CONTACT, row.enrolment, name=row.kind.value), about, value)


def _notes(student: int) -> Rows:
    """Those that the student reads, with the words that stand: the text, or the last correction of it."""
    n, e = Note, NoteEntry
    stands = select(func.max(_LATER.id)).where(_LATER.note == n.id, _LATER.kind != EntryKind.COMMENT)
    return (
        select(n.id, n.begun_at, Person.given_name, Person.family_name, e.text)
        .join_from(n, e, e.id == stands.correlate(n).scalar_subquery())
        .join(Person, Person.number == n.author)
        .join(Enrolment, Enrolment.id == n.enrolment)
        .where(Enrolment.student == student, n.state.in_(SHOWN))
        .order_by(n.id.desc())
    )


def _note(row: Any) -> Iterator[Datum]:
    on = london_day(row.begun_at)
    about = f"Note by {row.given_name} {row.family_name}, {words.day(on)}"
    yield Datum(Target(Kind.NOTE, row.id), about, row.text, on)


def _plans(student: int) -> Rows:
    """Those that the student reads."""
    p = SupportPlan
    return (
        select(p.id, p.aim, p.review_on, p.made_at)
        .join(Enrolment, Enrolment.id == p.enrolment)
        .where(Enrolment.student == student, p.state != PlanState.DRAFT, _TOLD)
        .order_by(p.id.desc())
    )


def _plan(row: Any) -> Iterator[Datum]:
    on = london_day(row.made_at)
    value = f"{row.aim} To be looked at again on {words.day(row.review_on)} {row.review_on.year}"
    yield Datum(Target(Kind.PLAN, row.id), f"Support plan of {words.day(on)} {on.year}", value, on)


def _actions(student: int) -> Rows:
    a, p = SupportAction, SupportPlan
    return (
        select(a.id, a.text, a.due, a.state, p.aim)
        .join(p, p.id == a.plan)
        .join(Enrolment, Enrolment.id == p.enrolment)
        .where(Enrolment.student == student, p.state != PlanState.DRAFT, _TOLD)
        .order_by(a.id.desc())
    )


def _action(row: Any) -> Iterator[Datum]:
    value = f"{row.text} (by {words.day(row.due)} {row.due.year}): {row.state.value}"
    yield Datum(Target(Kind.ACTION, row.id), f"Action of the plan “{row.aim}”", value, row.due)


def _talks(student: int) -> Rows:
    m = Meeting
    return (
        select(m.id, m.state, m.starts_at, m.format, m.place)
        .join(Enrolment, Enrolment.id == m.enrolment)
        .where(Enrolment.student == student)
        .order_by(m.starts_at.desc(), m.id)
    )


def _talk(row: Any) -> Iterator[Datum]:
    starts = row.starts_at.astimezone(LONDON)
    said = [row.state.value, row.format.value, row.place, f"{starts:%H:%M}"]
    about = f"Meeting with your tutor, {words.day(starts.date())} {starts.year}"
    yield Datum(Target(Kind.MEETING, row.id), about, ", ".join(one for one in said if one), starts.date())


_TOLD = exists().where(
    PlanStep.plan == SupportPlan.id, PlanStep.state.in_((PlanState.PROPOSED, PlanState.AGREED))
)
READABLE: Mapping[Kind, Readable] = {
    Kind.SUPERVISION: Readable(
        _meetings_due, _meeting_due, lambda of: Supervision.due_day == of.day, frozenset({"supervision"})
    ),
    Kind.MILESTONE: Readable(
        _milestones,
        _milestone,
        lambda of: (Milestone.due_day == of.day) & (Milestone.title == of.name),
        frozenset({"milestone"}),
    ),
    Kind.SITTING: Readable(
        _sittings,
        _sitting,
        lambda of: (Sitting.assessment == of.number) & (Sitting.day == of.day),
        frozenset({"sitting"}),
    ),
    Kind.AWARD: Readable(
        _awards,
        _award,
        lambda of: (Award.enrolment == of.number) & (Award.title == of.name),
        frozenset({"award"}),
    ),
    Kind.SERVICE: Readable(
        _services,
        _service,
        lambda of: (ServiceUse.service == of.name) & (ServiceUse.day == of.day),
        frozenset({"service_use"}),
    ),
    Kind.NAME: Readable(_names, _name, lambda of: Person.number.is_not(None), frozenset({"person"})),
    Kind.CONTACT: Readable(
        _contacts,
        _contact,
        lambda of: ContactDetail.enrolment == of.number,
        frozenset({"contact_detail"}),
    ),
    Kind.NOTE: Readable(_notes, _note, lambda of: Note.id == of.number, frozenset({"note", "note_entry"})),
    Kind.PLAN: Readable(_plans, _plan, lambda of: SupportPlan.id == of.number, frozenset({"support_plan"})),
    Kind.ACTION: Readable(
        _actions, _action, lambda of: SupportAction.id == of.number, frozenset({"support_action"})
    ),
    Kind.MEETING: Readable(_talks, _talk, lambda of: Meeting.id == of.number, frozenset({"meeting"})),
}
