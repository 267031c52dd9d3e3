"""The workbook of waiting rows as it comes back, read in the child: nothing but its numbers and values counts."""

from collections.abc import Iterator
from dataclasses import replace

from ingest import tabular
from ingest.bundle import Member
from ingest.found import Fault, Found, NotReadable, Row
from ingest.limits import Limits
from ingest.template.mended import MendedRow

NAME = "mended-rows"
"""Not one of FORMATS: it is asked for by name, and never guessed."""


def read(members: tuple[Member, ...], limits: Limits) -> Iterator[Found]:
    """Its rows. NotReadable where a sheet lacks one of the columns."""
    wanted = list(MendedRow.model_fields)
    for member in members:
        for sheet in tabular.sheets(member, limits):
            if not set(wanted) <= set(sheet.header):
                raise NotReadable(
                    "header",
                    f"{member.name} is no workbook of waiting rows. Export them, correct the column “value”, and "
                    "hand that workbook in.",
                )
            for found in sheet.rows:
                if isinstance(found, Fault):
                    yield replace(found, cells={}, file=member.name, sheet=MendedRow.sheet)
                    continue
                line, cells = found
                yield Row(MendedRow, {name: cells[name] for name in wanted}, line, member.name)
