"""What is held about a student, table by table, as their page shows it: whence, why, how long, and the rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from privacy.labels import Category, Source
from privacy.pack import Section, written_here
from privacy.purposes import Duty, Purpose

_ORDER = list(Source)


@dataclass(frozen=True)
class Holding:
    """One table. `rows` is None where people write in it: such texts are handed out in a copy that was looked at.

    `disputed` has by the place of a row the day on which the student said that it is wrong.
    """

    name: str
    title: str
    source: Source
    count: int
    kinds: tuple[str, ...]
    purposes: tuple[str, ...]
    kept_as: tuple[str, ...]
    rows: Section | None
    disputed: Mapping[int, date]


def holdings(sections: Iterable[Section], disputed: Mapping[str, Mapping[str, date]]) -> tuple[Holding, ...]:
    """The tables by the system they come from, in the order of the systems; those that people write in come last.

    `disputed` has by table and key of a row the day since which it is.
    """
    found = (_holding(one, disputed.get(one.name, {})) for one in sections if one.sources)
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.source), one.rows is None)))


def _holding(section: Section, disputed: Mapping[str, date]) -> Holding:
    own = section.own
    whys = {why for about in own for why in about.purposes}
    kinds = {about.category for about in own}
    return Holding(
        section.name,
        section.title,
        section.sources[0],
        len(section.rows),
        tuple(category.value.replace("_", " ") for category in Category if category in kinds),
        tuple(why.words for why in (*Purpose, *Duty) if why in whys),
        tuple(sorted({about.retention.value for about in own})),
        None if Category.SENSITIVE in kinds or any(map(written_here, section.fields)) else section,
        {place: disputed[key] for place, key in enumerate(section.keys) if key in disputed},
    )
