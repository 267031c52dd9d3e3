"""Published figures: cells of text, rounded or withheld before they are stored, and the tables they make up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Family(StrEnum):
    """Reports that are made together, and replaced together by the next run. The value begins their stored names."""

    ACCURACY = ""
    IMPACT = "impact/"
    ALERT_LOAD = "alert load/"


class Cell(NamedTuple):
    """One cell: of which report, which row, under which heading, and what is said there."""

    report: str
    row: str
    heading: str
    value: str


Row = Mapping[str, str]


@dataclass(frozen=True)
class Published:
    """The tables that were made together: by report, row and heading. `rule` is the version of the rules then."""

    made_at: datetime
    rule: str
    tables: Mapping[str, Mapping[str, Row]]

    def rows(self, report: str) -> Mapping[str, Row]:
        """The rows of a report by their names; none where it has none."""
        return self.tables.get(report, {})
