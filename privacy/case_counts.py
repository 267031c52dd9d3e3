"""Requests that are over, counted by kind: how many, how many in time, and how long they took. No person is in it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from policy.days import london_day
from privacy.request import Kind, State


@dataclass(frozen=True)
class Counted:
    """All requests of a kind in a period. `days` is the median from receipt to end, in whole days."""

    kind: Kind
    number: int
    in_time: int
    days: int
    ends: tuple[tuple[State, int], ...]


Ended = tuple[Kind, State, datetime, datetime, date | None]
"""A request that is over: its kind, how it ended, when it was received, when it ended, and when it was due."""


def counted(ended: Iterable[Ended]) -> tuple[Counted, ...]:
    """A line for each kind there is, in the order of the kinds. Without a due day nothing is in time."""
    by: dict[Kind, list[Ended]] = defaultdict(list)
    for one in ended:
        by[one[0]].append(one)
    return tuple(_of(kind, by[kind]) for kind in Kind if kind in by)


def _of(kind: Kind, ended: list[Ended]) -> Counted:
    lasted = [(london_day(end) - london_day(received)).days for _, _, received, end, _ in ended]
    in_time = sum(due is not None and london_day(end) <= due for _, _, _, end, due in ended)
    states = [state for _, state, _, _, _ in ended]
    ends = tuple((state, states.count(state)) for state in State if state in states)
    return Counted(kind, len(ended), in_time, round(median(lasted)), ends)
