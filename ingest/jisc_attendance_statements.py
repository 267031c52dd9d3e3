"""Attendance as xAPI statements in Jisc's profile: attended a class, or came into a building."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field, ValidationError

from ingest import iri, jisc_profile
from ingest.bundle import Member
from ingest.documents import entries
from ingest.format import Format, Glance
from ingest.found import Fault, Found, Note, Row, Skipped
from ingest.limits import Limits
from ingest.register_marks import (
    EXIT,
    OPTIONAL,
    OUTSIDE_THE_TIMETABLE,
    exit_of,
    no,
    register,
    unknown_category,
)
from ingest.template.attendance import RegisterMark, Swipe
from ingest.xapi_statement import Context, Verb
from ingest.xapi_terms import Actor, Iri, Part
from privacy.labels import Source

_OTHER = Skipped("statements about something other than attendance")
_ACCESSED = ("access", "accessed")
_PLACES = ("library", "facility", "learning_space")


class Definition(Part):
    """What kind of event or place it is, and what is said of it."""

    type: Iri | None = None
    extensions: dict[str, Any] = {}


class Thing(Part):
    """The event or the place."""

    id: Iri
    definition: Definition = Definition()


class Outcome(Part):
    """Whether it was attended."""

    completion: bool | None = None
    extensions: dict[str, Any] = {}


class Statement(Part):
    """Someone, attended or came in, where, when."""

    actor: Actor
    verb: Verb
    object: Thing
    result: Outcome = Field(default=Outcome())
    context: Context = Context()
    timestamp: str | None = None


def read(members: tuple[Member, ...], limits: Limits) -> Iterator[Found]:
    """Every statement of attendance; others are counted and left out."""
    unknown = 0
    for member in members:
        for found in entries(member, limits, "statements"):
            if not isinstance(found, tuple):
                yield found
                continue
            place, value = found
            try:
                statement = Statement.model_validate(value)
            except ValidationError as reason:
                yield _invalid(reason, place, member.name) if _about_attendance(value) else _OTHER
                continue
            unknown += unknown_category(
                _attended(statement), _said(statement.result.extensions, "attendance_category")
            )
            yield _found(statement, place, member.name)
    if unknown:
        yield Note(f"{unknown} absences have a category that is not known here; they count as absence.")


def _about_attendance(value: object) -> bool:
    verb = value.get("verb") if isinstance(value, Mapping) else None
    name = str(verb.get("id", "")) if isinstance(verb, Mapping) else ""
    return iri.last(name) in ("attended", *_ACCESSED, "")


def _invalid(reason: ValidationError, place: int, file: str) -> Fault:
    error = reason.errors(include_url=False, include_input=False, include_context=False)[0]
    field = ".".join(str(part) for part in error["loc"] if isinstance(part, str))
    advice = "The statement is not what xAPI and Jisc's profile ask for. Ask whoever runs the sending system."
    return Fault(place, field, "not_to_standard", advice, file=file)


def _found(statement: Statement, place: int, file: str) -> Found:
    verb = iri.last(statement.verb.id)
    if verb == "attended":
        return _mark(statement, place, file)
    kind = iri.last(statement.object.definition.type or "")
    if verb in _ACCESSED and kind in _PLACES:
        return _swipe(statement, place, file)
    return _OTHER


def _said(extensions: Mapping[str, Any], name: str) -> str:
    """An extension by the last word of its name, as text."""
    found = next((value for key, value in extensions.items() if iri.last(key) == name), None)
    return "" if found is None else str(found)


def _student(statement: Statement) -> str:
    return statement.actor.account.name if statement.actor.account else ""


def _attended(statement: Statement) -> str:
    return "" if statement.result.completion is None else str(statement.result.completion)


def _mark(statement: Statement, place: int, file: str) -> Found:
    event, result = statement.object.definition.extensions, statement.result.extensions
    if iri.last(statement.object.definition.type or "") == "event_non-timetabled":
        return OUTSIDE_THE_TIMETABLE
    if no(_said(event, "event_mandatory")):
        return OPTIONAL
    late, category = _said(result, "attendance_late"), _said(result, "attendance_category")
    cells = {
        "student_id": _student(statement),
        "event_id": _said(event, "event_id") or iri.key(statement.object.id),
        "module_id": jisc_profile.module(statement.context.extensions),
        "starts_at": _said(event, "starttime") or statement.timestamp or "",
        "status": register(_attended(statement), late, category),
    }
    return Row(RegisterMark, cells, place, file)


def _swipe(statement: Statement, place: int, file: str) -> Found:
    if exit_of(_said(statement.context.extensions, "direction_of_access")):
        return EXIT
    cells = {
        "student_id": _student(statement),
        "at": statement.timestamp or "",
        "room": iri.key(statement.object.id),
    }
    return Row(Swipe, cells, place, file)


def _recognises(glance: Glance) -> bool:
    first = glance.document
    return isinstance(first, dict) and ("statements" in first or {"actor", "verb", "object"} <= first.keys())


FORMAT = Format(
    "jisc-attendance-xapi",
    Source.ATTENDANCE,
    "Jisc: xAPI statements of attendance and of access",
    _recognises,
    read,
    "The same as from Jisc's tables, from statements “attended” and “accessed”; other statements are left out.",
)
