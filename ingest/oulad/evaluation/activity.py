"""The days before a day on which members clicked, and those on which nobody of a presentation did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data_access.engine.clicks import Clicks
from data_access.records import GapRecord
from ingest.oulad import clicks
from ingest.oulad.evaluation.members import Member, Numbers, Positions
from ingest.oulad.evaluation.told import Told
from policy.days import number


@dataclass(frozen=True)
class Activity:
    """A row for each member, by position, and day of the presentation with a click; `views` are clicks."""

    member: Positions
    day: Positions
    views: Numbers


def activity(told: Told, members: Sequence[Member], day: int) -> Activity:
    """What members did before the day."""
    past = told.days.filter(pc.less(told.days["day"], day))
    student, delivery, on = (_whole(past, name) for name in ("student", "delivery", "day"))
    theirs = _keys(np.array([m.module for m in members]), np.array([m.student for m in members]))
    order = np.argsort(theirs)
    keys = _keys(delivery, student)
    place = order[np.minimum(np.searchsorted(theirs, keys, sorter=order), len(theirs) - 1)]
    known = theirs[place] == keys
    return Activity(place[known], on[known], _whole(past, "views")[known].astype(np.float64))


def silent(told: Told, modules: Iterable[int], day: int) -> dict[int, frozenset[int]]:
    """By presentation, the day numbers before the day on which its feed was missing, as a load would say."""
    past = Clicks(told.days.filter(pc.less(told.days["day"], day)), 0, {})
    so_far = [replace(p, length=day - 1) for p in told.presentations]
    gaps = clicks.gaps(past, so_far, max(p.ends for p in so_far))
    return {module: frozenset(_of(gaps, told.presentations[module].code)) for module in set(modules)}


def _of(gaps: Sequence[GapRecord], code: str) -> set[int]:
    lost = [range(number(gap.first), number(gap.last) + 1) for gap in gaps if gap.module == code]
    return {day for days in lost for day in days}


def _whole(table: pa.Table, name: str) -> Positions:
    values: Positions = table[name].to_numpy().astype(np.int64)
    return values


def _keys(modules: Positions, students: Positions) -> Positions:
    return modules * 10**10 + students
