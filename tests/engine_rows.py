"""A made-up university as the relations of the measure, and what the plain specification makes of it."""

from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

import policy
from data_access.engine import rating
from data_access.engine.inputs import columns
from data_access.engine.windows import Taught, windows
from engagement import measure, weekly
from engagement.weekly import Day, Gaps, Work
from policy.days import number
from policy.engagement import Engagement

FIRST, TODAY = date(2026, 9, 21), date(2027, 3, 1)
_SILENT = weekly.span(date(2026, 11, 2), date(2026, 11, 12))
_GAP = Gaps(vle=_SILENT, attendance=weekly.span(FIRST, FIRST), noted=_SILENT)


@dataclass(frozen=True)
class University:
    """The relations, and the modules that their windows were made from."""

    relations: dict[str, pa.Table]
    taught: dict[int, Taught]


def university(facts: int, seed: int = 1, on_a_module: int = 2_000) -> University:
    """About so many daily facts, with a module for each `on_a_module` of them; the same each time."""
    random = np.random.default_rng(seed)
    modules = max(2, facts // on_a_module)
    starts = [FIRST + timedelta(weeks=16 * (m % 2)) for m in range(modules)]
    taught = {m: Taught(s, s + timedelta(weeks=15), _GAP if m % 3 else Gaps()) for m, s in enumerate(starts)}
    made = windows(taught, policy.current().engagement, policy.current().calendar, TODAY)
    registered = _registered(random, modules, starts)
    told = {
        "facts": _facts(random, registered, starts, facts),
        "registered": _table("registered", registered),
        "work": _table("work", _work(random, registered, starts)),
        "windows": made.windows,
        "window_days": made.window_days,
        "lost": made.lost,
    }
    return University(told, taught)


Row = tuple[int | None, ...]


def rows(table: pa.Table) -> list[Row]:
    """The rows that an engine made, in an order of their own."""
    return sorted(
        zip(*(table[name].to_pylist() for name in rating.COLUMNS), strict=True), key=lambda r: r[:3]
    )


def specified(made: University, rules: Engagement) -> list[Row]:
    """What the specification makes of it: one student at a time, in plain Python."""
    calendar = policy.current().calendar
    days, work = _days(made.relations["facts"]), _works(made.relations["work"])
    found: list[Row] = []
    for module, taught in made.taught.items():
        on_it = [r for r in made.relations["registered"].to_pylist() if r["module"] == module]
        for mode, length, fixed in (
            (0, rules.windows.full_time, rules.vle.fixed_days_full_time),
            (1, rules.windows.part_time, rules.vle.fixed_days_part_time),
        ):
            for window in weekly.windows(calendar, length, taught.starts, taught.ends, TODAY):
                there = [
                    r
                    for r in on_it
                    if r["mode"] == mode
                    and r["first"] <= window.as_of
                    and (r["last"] is None or window.as_of <= r["last"])
                ]
                keys = [(r["student"], module) for r in there]
                counted = [weekly.counts(days[k], work[k], window, taught.gaps) for k in keys]
                fed = weekly.days_with_a_feed(window, taught.gaps)
                usual = measure.usual_halves(
                    (c.active_days for c in counted), (fed, length), fixed, rules.vle
                )
                for r, key, counts in zip(there, keys, counted, strict=True):
                    parts = measure.parts(replace(counts, usual_halves=usual), rules.excused)
                    row = (
                        asdict(counts)
                        | asdict(parts)
                        | {
                            "student": r["student"],
                            "module": module,
                            "week": window.week,
                            "enrolment": r["enrolment"],
                            "as_of": window.as_of,
                            "usual_halves": usual,
                            "score": measure.score(parts, rules.weights),
                            "last_active": weekly.last_active(days[key], work[key], window.as_of),
                            "gap": int(weekly.disturbed(window, taught.gaps)),
                        }
                    )
                    found.append(tuple(row[name] for name in rating.COLUMNS))
    return sorted(found, key=lambda r: r[:3])


def _days(facts: pa.Table) -> dict[tuple[int, int], dict[int, Day]]:
    found: dict[tuple[int, int], dict[int, Day]] = defaultdict(dict)
    for f in facts.to_pylist():
        key, day = (f.pop("student"), f.pop("module")), f.pop("day")
        found[key][day] = Day(**f)
    return found


def _works(work: pa.Table) -> dict[tuple[int, int], list[Work]]:
    found: dict[tuple[int, int], list[Work]] = defaultdict(list)
    for w in work.to_pylist():
        found[w["student"], w["module"]].append(Work(w["due"], w["handed_in"], bool(w["late"]), w["mark"]))
    return found


def _registered(random: np.random.Generator, modules: int, starts: list[date]) -> list[np.ndarray]:
    students, each = max(50, modules * 8), 40
    module = np.repeat(np.arange(modules), each)
    student = np.concatenate([random.choice(students, each, replace=False) for _ in range(modules)])
    first = np.array([number(starts[m]) for m in module]) + random.integers(-7, 10, len(module))
    last = np.where(random.random(len(module)) < 0.15, first + random.integers(5, 90, len(module)), -1)
    return [student, module, module * students + student, student % 5 // 4, first, last]


def _facts(
    random: np.random.Generator, registered: list[np.ndarray], starts: list[date], facts: int
) -> pa.Table:
    chosen = random.integers(0, len(registered[0]), facts)
    student, module = registered[0][chosen], registered[1][chosen]
    day = np.array([number(starts[m]) for m in module]) + random.integers(-3, 110, facts)
    kept = np.unique(np.stack([student, module, day]), axis=1)
    kept = kept[:, kept[2] <= number(TODAY)]
    size = kept.shape[1]
    expected = random.integers(0, 3, size)
    left = expected
    counted = []
    for _ in range(4):  # attended, authorised, cancelled, unrecorded: together never more than expected
        part = random.integers(0, left + 1)
        counted.append(part)
        left = left - part
    views = random.integers(0, 20, size) * (random.random(size) < 0.8)
    return _table("facts", [*kept, views, expected, *counted])


def _work(random: np.random.Generator, registered: list[np.ndarray], starts: list[date]) -> list[np.ndarray]:
    times = 4
    student, module = np.repeat(registered[0], times), np.repeat(registered[1], times)
    size = len(student)
    due = np.array([number(starts[m]) for m in module]) + random.integers(10, 100, size)
    handed_in = np.where(random.random(size) < 0.85, due + random.integers(-10, 6, size), -1)
    mark = np.where((handed_in >= 0) & (random.random(size) < 0.8), random.integers(0, 101, size), -1)
    return [student, module, due, handed_in, (handed_in > due).astype(int), mark]


def _table(name: str, values: list[np.ndarray]) -> pa.Table:
    """The columns; where a value may be missing, −1 says so."""
    missing = {"last", "handed_in", "mark"}
    arrays = [
        pa.array(v, pa.int64(), mask=np.asarray(v) < 0) if c in missing else pa.array(v, pa.int64())
        for c, v in zip(columns(name), values, strict=True)
    ]
    return pa.table(dict(zip(columns(name), arrays, strict=True)))
