"""The workbook of waiting rows as it comes back: numbers of faults, and what stands in the place of their values."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from ingest.template.fields import Count
from ingest.template.record import Record, said


class MendedRow(Record):
    """A fault on record, and what its field should say. Of no system: its row is on record here already."""

    sheet: ClassVar[str] = "mended rows"

    id: Count = said("The number of the fault", 17)
    value: Annotated[str, BeforeValidator(str)] = said("What the field should say", "w2013456")
