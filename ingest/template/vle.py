"""The sheets of the VLE: by the day, or event by event. No addresses, no texts, no page names."""

from typing import ClassVar

from ingest.template.fields import Count, Day, Instant, Key
from ingest.template.record import Record, said


class VleDay(Record):
    """How often a student used a module's pages on one day."""

    sheet: ClassVar[str] = "vle days"

    student_id: Key = said("The student's key in the VLE", "w2013456")
    module_id: Key = said("The module's key in the VLE", "5COSC001-2026-A")
    day: Day = said("The day", "2026-11-18")
    views: Count = said("How many pages were viewed, or actions taken", 14)


class VleEvent(Record):
    """One use of a module's pages; only the day of it is kept, and how many there were."""

    sheet: ClassVar[str] = "vle events"

    student_id: Key = said("The student's key in the VLE", "w2013456")
    module_id: Key = said("The module's key in the VLE", "5COSC001-2026-A")
    at: Instant = said("The time", "2026-11-18T14:05")
