"""The sheets of student engagement and attendance. Never the reason for an absence."""

from typing import ClassVar, Self

from pydantic import model_validator

from engagement.studies import Register
from ingest.template.fields import (
    Count,
    Day,
    Instant,
    Key,
    OptionalInstant,
    OptionalKey,
    OptionalText,
    Text,
    refuse,
)
from ingest.template.record import Record, said


class RegisterMark(Record):
    """What the register says of one student at one class: the class by its key, or by module and time."""

    sheet: ClassVar[str] = "registers"

    student_id: Key = said("The student's key in the attendance system", "w2013456")
    event_id: OptionalKey = said("The class, by its key in the timetable", "TT-88121", default=None)
    module_id: OptionalKey = said(
        "The module's key in the attendance system, where the register does not know the class's key",
        "",
        default=None,
    )
    starts_at: OptionalInstant = said("When the class began, with the module", "", default=None)
    status: Register = said("present, late, absent, authorised absence or not recorded", "present")

    @model_validator(mode="after")
    def _names_the_class(self) -> Self:
        if not self.event_id and not (self.module_id and self.starts_at):
            raise refuse("no_class", "Give the class's key, or its module and when it began.")
        return self


class Swipe(Record):
    """A card read at a door; matched to a class by its key, or by room and time."""

    sheet: ClassVar[str] = "swipes"

    student_id: Key = said("The student's key on the card", "w2013456")
    at: Instant = said("The time", "2026-11-18T09:02")
    event_id: OptionalKey = said("The class, where the reader knows it", "", default=None)
    room: OptionalText = said("The room, where it does not", "CG-204", default=None)


class ServiceUse(Record):
    """How often a student used a service that policy lists. Counselling, disability and chaplaincy never."""

    sheet: ClassVar[str] = "service use"
    # Beside a student even the name of a service that is not listed would say too much.
    withheld: ClassVar[frozenset[str]] = frozenset({"service"})

    student_id: Key = said("The student", "w2013456")
    service: Text = said("The service, as policy/services.toml names it", "library")
    day: Day = said("The day", "2026-11-18")
    count: Count = said("How often", 1)
