"""What the measure is worked out from, as relations: every engine is handed these, under these names.

Days and weeks are day numbers, a week that of its Monday; flags are 0 or 1; `mode` is 0 for full-time and 1
for part-time.
"""

from dataclasses import dataclass, fields

from sqlalchemy import BigInteger, FromClause, column, table

_COLUMNS = {
    "facts": "student module day views expected attended authorised cancelled unrecorded",
    "registered": "student module enrolment mode first last",
    "work": "student module due handed_in late mark",
    "windows": "module mode week as_of first usable fallback gap",
    "window_days": "module mode day week",
    "lost": "module day vle attendance",
}


@dataclass(frozen=True)
class Inputs:
    """The relations. Only the first three tell of students.

    `windows` has a row for each week of a module: the last day looked at, the first, whether enough of its
    days had a VLE feed, the fixed expectation in half days, and whether a gap of a feed lies in it; `window_days`
    the taught days of each window; `lost` the days of which a feed told nothing of a module.
    """

    facts: FromClause
    registered: FromClause
    work: FromClause
    windows: FromClause
    window_days: FromClause
    lost: FromClause


def named() -> Inputs:
    """The relations by name alone, for an engine that was handed them under these names."""
    return Inputs(**{field.name: relation(field.name) for field in fields(Inputs)})


def relation(name: str) -> FromClause:
    """One of them by name."""
    return table(name, *(column(each, BigInteger) for each in columns(name)))


def columns(name: str) -> list[str]:
    """The columns of one of them."""
    return _COLUMNS[name].split()
