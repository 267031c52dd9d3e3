"""The sheets of the timetable."""

from typing import ClassVar, Self

from pydantic import model_validator

from ingest.template.fields import Flag, Instant, Key, OptionalText, Text, refuse
from ingest.template.record import Record, said


class TimetabledClass(Record):
    """A class."""

    sheet: ClassVar[str] = "classes"

    event_id: Key = said("The key of the class", "TT-88121")
    module_id: Key = said("The module's key in the timetable", "5COSC001-2026-A")
    starts_at: Instant = said("When it begins", "2026-11-18T09:00")
    ends_at: Instant = said("When it ends", "2026-11-18T11:00")
    kind: Text = said("What kind of class", "Seminar")
    room: OptionalText = said("The room, to match card swipes", "CG-204", default=None)
    cancelled: Flag = said("yes when it did not take place", "no", default=False)

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends_at <= self.starts_at:
            raise refuse("ends_before_start", "The class ends before it begins, or as it begins.")
        return self
