"""The times of Moodle's reports: `23/01/26, 12:09`, in London, day first, and how it is known that they are.

A day after the 12th tells it. A file in which the month comes first is refused, and so is one that leaves it open.
"""

import re
from datetime import datetime

from ingest.found import NotReadable

_TIME = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4}), (\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)


class Clock:
    """Reads the times of one file. `told`: a person has said that the day comes first."""

    def __init__(self, told: bool) -> None:
        self._told, self._asked = told, False

    def at(self, cell: object, line: int) -> object:
        """The time, still without its zone; the cell as it came where it is none, for the row to be refused."""
        found = _TIME.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if found is None:
            return cell
        day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
        if day <= 12 < month:
            raise NotReadable(
                "month_first",
                f"In line {line} the month comes before the day. Export the log in British English.",
            )
        self._asked, self._told = True, self._told or day > 12
        try:
            return datetime(year + 2000 * (year < 100), month, day, hour, minute, second)  # noqa: DTZ001
        except ValueError:
            return cell

    def check(self) -> None:
        """Raise NotReadable where nothing has told the day from the month."""
        if self._asked and not self._told:
            raise NotReadable(
                "day_or_month",
                "No time in the file shows whether the day or the month comes first. If it is the day, load the "
                "file as moodle-logs-day-first.",
            )
