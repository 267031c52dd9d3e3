"""What fitted models are given: activity, work and marks before the day, in many columns; no characteristic."""

import numpy as np
from numpy.typing import NDArray

from ingest.oulad.evaluation.cohort import Cohort
from ingest.oulad.evaluation.members import Numbers
from ingest.oulad.evaluation.quotients import quotients

_SPANS = (7, 14, 28)
_NEVER = -60  # the last day of those who never clicked: before the first of nearly all others


def features(cohort: Cohort) -> Numbers:
    """A row for each member. Days and clicks also as shares of the presentation's median."""
    return np.column_stack([*_activity(cohort), *_work(cohort), *_marks(cohort)])


def _activity(cohort: Cohort) -> list[Numbers]:
    a, day = cohort.activity, cohort.day
    found = []
    for since in (*(day - span for span in _SPANS), 0, int(a.day.min(initial=0))):
        inside = a.day >= since
        days = cohort.added(a.member[inside])
        clicks = np.log1p(cohort.added(a.member[inside], a.views[inside]))
        found += [days, clicks, _share(cohort, days), _share(cohort, clicks)]
    last = np.full(len(cohort.members), _NEVER, np.int64)
    np.maximum.at(last, a.member, a.day)
    return [*found, (day - last).astype(np.float64)]


def _share(cohort: Cohort, values: Numbers) -> Numbers:
    return values / np.maximum(cohort.usual(values), 1)


def _work(cohort: Cohort) -> list[Numbers]:
    """On time, late and missing, so far and lately; and what is here before it is due."""
    w, day = cohort.work, cohort.day
    given, late, due = ~np.isnan(w.handed_in), w.late == 1, w.due < day
    found = [cohort.added(w.member[given & ~due])]
    for since in (0, day - _SPANS[-1]):
        inside = due & (w.due >= since)
        found += [cohort.added(w.member[inside & which]) for which in (given & ~late, given & late, ~given)]
    return found


def _marks(cohort: Cohort) -> list[Numbers]:
    """Means of marks: of what is marked; with noughts for what is missing; and the latter by weight."""
    w = cohort.work
    missing = np.isnan(w.handed_in)
    marked = ~np.isnan(w.mark) & (w.due < cohort.day)
    counted = marked | missing
    mark = np.where(marked, w.mark, 0)
    alike = np.ones(len(mark))
    return [
        *_mean(cohort, marked, mark, alike),
        *_mean(cohort, counted, mark, alike),
        *_mean(cohort, counted, mark, w.weight),
    ]


def _mean(cohort: Cohort, which: NDArray[np.bool_], values: Numbers, weight: Numbers) -> list[Numbers]:
    """The mean by member, 0 where there is none; and whether there is one."""
    member, weight = cohort.work.member[which], weight[which]
    total = cohort.added(member, weight)
    mean = np.nan_to_num(quotients(cohort.added(member, weight * values[which]), total))
    return [mean, (total > 0).astype(np.float64)]
