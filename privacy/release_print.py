"""Released figures to take along: every table of a place with its gaps, how they were made, and for whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from policy.days import LONDON
from privacy import evidence, release_words
from privacy.disclosure import number
from privacy.lattice import ALL, Node
from privacy.register import Register, Text
from privacy.register import Table as Part
from privacy.releases import MEASURES, Cell, Cohort, Measure, Release, Table

HEAD = ("Group", "Students", "Share of students", "Share (%)", "Gap (points)", "From", "To", "Evidence")
Figures = tuple[Release, Node, Mapping[str, tuple[Table, ...]]]
"""A release, a place in it, and its tables there by characteristic."""


@dataclass(frozen=True)
class ReleasePrint:
    """A file of released figures: what is in it, of which university, and what it says of itself."""

    register: Register
    institution: str
    stamp: tuple[str, ...]
    file: str


def of(figures: Sequence[Figures], title: str, institution: str, who: str, at: datetime) -> ReleasePrint:
    """The figures of one or several places. `who` fetched them, and the file says so."""
    parts = tuple(part for one in figures for part in _parts(*one, several=len(figures) > 1))
    releases = tuple(dict.fromkeys(release for release, _, _ in figures))
    about = release_words.MEANS.replace("**", "") if _compared(releases) else ""
    register = Register("equality", title, about, (_method(releases), *parts))
    return ReleasePrint(register, institution, _stamp(releases, who, at), _file(title, at.date()))


def rows(
    release: Release, node: Node, tables: Mapping[str, tuple[Table, ...]]
) -> Iterator[tuple[str | int, ...]]:
    """Every figure in a row of its own: the place, the characteristic and its step, and what HEAD names."""
    for dimension, steps in tables.items():
        for table in steps:
            for cell in table.cells:
                for line in _lines(table, cell, release):
                    yield node.name, dimension or _TOGETHER, f"{len(table.cells) - 1} groups", *line


def _parts(
    release: Release, node: Node, tables: Mapping[str, tuple[Table, ...]], *, several: bool
) -> Iterator[Part]:
    for dimension, steps in tables.items():
        for table in steps:
            where = f"{node.name}, {release_words.full(release.census)}: " if several else ""
            groups = f", in {len(table.cells) - 1} groups" if len(steps) > 1 else ""
            lines = [line for cell in table.cells for line in _lines(table, cell, release)]
            yield Part(f"{where}{dimension or _TOGETHER}{groups}", HEAD, tuple(lines))


def _lines(table: Table, cell: Cell, release: Release) -> Iterator[tuple[str | int, ...]]:
    against = release_words.reference(table)
    for measure in MEASURES[release.cohort]:
        if measure.name in cell.shares:
            yield (
                release_words.name(cell),
                _figure(cell.people),
                measure.value,
                _figure(cell.shares[measure.name]),
                *_gap(cell, against, measure),
                cell.verdicts.get(measure.name, ""),
            )
    if cell.wait and Measure.OFFERED in MEASURES[release.cohort]:
        yield (
            release_words.name(cell),
            _figure(cell.people),
            "median days to an offer",
            _figure(cell.wait),
            "",
            "",
            "",
            "",
        )


def _gap(cell: Cell, against: Cell | None, measure: Measure) -> tuple[str | int, ...]:
    if against is None or cell is against or cell.group == ALL or not cell.verdicts.get(measure.name):
        return "", "", ""
    found = evidence.gap(cell.shares[measure.name], cell.people, against.shares[measure.name], against.people)
    return (found[0], round(found[1][0]), round(found[1][1])) if found else ("", "", "")


def _figure(said: str) -> str | int:
    return said if number(said) is None else int(float(said))


def _method(releases: Sequence[Release]) -> Text:
    """What every release is of, how its figures are told, and the marks."""
    made = [
        f"Release {one.id}: {release_words.cohort(one)}. Built on {_day(one.built_at)}, approved by "
        f"{one.approved_by} on {_day(one.approved_at)}. {release_words.rules(one)}."
        for one in releases
    ]
    profiles = dict.fromkeys(one.profile for one in releases)
    rules = [release_words.why_hidden(profile) for profile in profiles]
    marks = [
        f"{mark} {said}." for profile in profiles for mark, said in release_words.meanings(profile).items()
    ]
    return Text(
        "How these figures were made",
        (*made, _COUNTED, *([_GAPS] if _compared(releases) else []), *rules, *dict.fromkeys(marks)),
    )


def _compared(releases: Sequence[Release]) -> bool:
    """Whether groups are held against each other: a week is told of everybody together."""
    return any(one.cohort is not Cohort.WEEK for one in releases)


_TOGETHER = "all students together"
_COUNTED = "Students are counted once, on the census day; who asked not to be counted is left out."
_GAPS = (
    "Gaps and their 95% intervals (Newcombe) are worked out from the published figures; whether a gap is likely is "
    "judged by the exact counts, after Holm’s correction."
)


def _stamp(releases: Sequence[Release], who: str, at: datetime) -> tuple[str, ...]:
    numbers = ", ".join(str(one.id) for one in releases)
    return (
        f"Fetched by {who} on {at.astimezone(LONDON):%-d %B %Y at %H:%M}, from the approved releases {numbers}.",
        "Published figures: no person stands in this file.",
    )


def _day(at: datetime | None) -> str:
    return release_words.full(at.astimezone(LONDON).date()) if at else "–"


def _file(title: str, on: date) -> str:
    words = "".join(
        letter if letter.isalnum() else "-" for letter in title.lower().encode("ascii", "ignore").decode()
    )
    return f"{'-'.join(part for part in words.split('-') if part)}-{on}"
