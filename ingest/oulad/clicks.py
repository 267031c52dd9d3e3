"""The click table: days of activity up to today, and where the feed has a gap."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from data_access.engine import clicks
from data_access.engine.clicks import Clicks, Known
from data_access.records import GapRecord
from ingest.oulad.presentations import Presentation, of
from ingest.oulad.rows import Faulty, Row, Shape, read
from ingest.oulad.students import Pair
from ingest.oulad.tally import Tally
from policy.days import day, number

_SITE = Shape(
    ("id_site", "code_module", "code_presentation", "activity_type", "week_from", "week_to"),
    ("id_site", "code_module", "code_presentation"),
)
_SILENT = 7  # days on which nobody of a whole module used its pages: the feed was missing, not the students


@dataclass(frozen=True)
class Days:
    """Activity up to today, in the columns of a batch's `vle_days`, and its last day."""

    table: pa.Table
    last: date | None


def sites(file: Path, codes: frozenset[str], tally: Tally) -> list[Pair]:
    """The sites that each presentation lists. They are not stored: lines of the click table must name one."""

    def site(row: Row) -> Pair:
        code = of(row.text("code_module"), row.text("code_presentation"))
        if code not in codes:
            raise Faulty("an unknown presentation")
        return code, row.whole("id_site")

    return read(file, _SITE, tally, site)


def counted(
    files: Sequence[Path],
    presentations: Sequence[Presentation],
    enrolled: Collection[Pair],
    listed: Collection[Pair],
    tally: Tally,
) -> Clicks:
    """The click table by presentation, student and day; lines that cannot be used are tallied."""
    position = {p.code: n for n, p in enumerate(presentations)}
    known = Known(
        [(p.module, p.name) for p in presentations],
        frozenset((position[code], student) for code, student in enrolled),
        frozenset((position[code], site) for code, site in listed),
    )
    found = clicks.daily(files, known)
    tally.repeat(found.repeated)
    for fault, lines in found.faults.items():
        tally.quarantine(fault, lines)
    return found


def with_clicks(found: Clicks, presentations: Sequence[Presentation]) -> set[str]:
    """The codes of the presentations that have clicks."""
    return {presentations[n].code for n in pc.unique(found.days["delivery"]).to_pylist()}


def days(found: Clicks, presentations: Sequence[Presentation], today: date, tally: Tally) -> Days:
    """The days up to today; the lines of later ones are held back."""
    rows = found.days
    first = pa.array([number(p.starts) for p in presentations], pa.int32())
    dates = pc.add(first.take(rows["delivery"].combine_chunks()), rows["day"].combine_chunks())
    past = pc.less_equal(dates, number(today))
    lines = pc.sum(pc.filter(rows["lines"], past)).as_py() or 0
    tally.accept(lines)
    tally.hold_back((pc.sum(rows["lines"]).as_py() or 0) - lines)
    codes = pa.array([p.code for p in presentations], pa.string()).dictionary_encode()
    columns = {
        "student": rows["student"].cast(pa.string()),
        "module": codes.take(rows["delivery"].combine_chunks()),
        "day": dates,
        "views": rows["views"],
    }
    table = pa.table(columns).filter(past)
    latest = pc.max(table["day"]).as_py()
    return Days(table, None if latest is None else day(latest))


def gaps(found: Clicks, presentations: Sequence[Presentation], today: date) -> list[GapRecord]:
    """A presentation without clicks is missing whole. Of the others, runs of days on which nobody clicked
    that have begun; they are taken to where the file has clicks again, or to the presentation's last day."""
    clicked: dict[int, set[int]] = {n: set() for n in range(len(presentations))}
    seen = found.days.group_by(["delivery", "day"]).aggregate([])
    for n, on in zip(seen["delivery"].to_pylist(), seen["day"].to_pylist(), strict=True):
        clicked[n].add(on)
    return [
        gap for n, presentation in enumerate(presentations) for gap in _gaps(presentation, clicked[n], today)
    ]


def _gaps(presentation: Presentation, clicked: set[int], today: date) -> list[GapRecord]:
    if not clicked:
        reason = "The data set has no clicks of this presentation."
        return [GapRecord(presentation.code, presentation.starts, presentation.ends, reason)]
    inside = sorted(on for on in clicked if 0 <= on <= presentation.length)
    borders = [-1, *inside, presentation.length + 1]
    silent = [
        (presentation.date(before + 1), presentation.date(after - 1))
        for before, after in pairwise(borders)
        if after - before > _SILENT
    ]
    reason = "Nobody on the module used its pages for a week or more."
    return [GapRecord(presentation.code, first, last, reason) for first, last in silent if first <= today]
