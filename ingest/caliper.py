"""Caliper 1.1 and 1.2: envelopes as sensors send them, and events by themselves; one, many, or one on each line.

The student's and the module's keys are taken from the IRIs of actor and group (`iri.py`). Left out, and counted:
what programs and those without a learner's role did, marking, signing in and out, what belongs to no course, and
entities that are only described.
"""

from collections.abc import Iterator

from pydantic import ValidationError

from ingest import iri
from ingest.bundle import Member
from ingest.caliper_event import Event, is_caliper
from ingest.documents import entries
from ingest.format import Format, Glance
from ingest.found import Found, Skipped
from ingest.limits import Limits
from ingest.vle_event import OUTSIDE, PROGRAM, SIGN_IN, STAFF, invalid, zoned
from privacy.labels import Source

_ENVELOPE = frozenset({"sensor", "data"})
_EVENT = frozenset({"@context", "eventTime"})
_PERSON = ("", "Person")
_LEARNERS = ("learner", "student")
_DESCRIPTION = Skipped("a description, not an event")


def read(members: tuple[Member, ...], limits: Limits) -> Iterator[Found]:
    """Every event and every entity of every file."""
    for member in members:
        for found in entries(member, limits, "data"):
            yield _found(found[1], found[0], member.name) if isinstance(found, tuple) else found


def _found(value: object, place: int, file: str) -> Found:
    if (
        isinstance(value, dict)
        and is_caliper(value.get("@context"))
        and not {"action", "eventTime"} & value.keys()
    ):
        return _DESCRIPTION
    try:
        event = Event.model_validate(value)
    except ValidationError as reason:
        return invalid(reason, place, file)
    if event.actor.type not in _PERSON:
        return PROGRAM
    if event.type == "SessionEvent":
        return SIGN_IN
    if event.type == "GradeEvent" or (event.roles and not any(map(_learns, event.roles))):
        return STAFF
    if not event.course:
        return OUTSIDE
    return zoned(iri.key(event.actor.id), iri.key(event.course), event.at, place, file)


def _learns(role: str) -> bool:
    return any(word in role.casefold() for word in _LEARNERS)


def recognises(glance: Glance) -> bool:
    """Whether the first object is an envelope, or anything in Caliper's context."""
    first = glance.document
    if not isinstance(first, dict):
        return False
    context = first.get("@context")
    # Of an object too long to be looked at whole, only the names in it are known.
    told = first.keys() >= _EVENT if context is True else is_caliper(context)
    return first.keys() >= _ENVELOPE or told


FORMAT = Format("caliper", Source.VLE, "Caliper 1.1 and 1.2 events", recognises, read)
