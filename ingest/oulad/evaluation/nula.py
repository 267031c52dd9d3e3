"""NULA's published metrics over the last two weeks, from 0 to 100. The data set has no attendance."""

import numpy as np

from engagement import measure
from engagement.measure import Counts
from ingest.oulad.evaluation.cohort import Cohort
from ingest.oulad.evaluation.members import Numbers
from ingest.oulad.evaluation.quotients import quotients

_DAYS = 14


def summary(cohort: Cohort) -> Numbers:
    """The mean of the metrics: its own weights are not published. Not a number where there is neither."""
    told = np.vstack([vle(cohort), submissions(cohort)])
    return quotients(np.nansum(told, axis=0), (~np.isnan(told)).sum(axis=0).astype(np.float64))


def vle(cohort: Cohort) -> Numbers:
    """100 × own clicks ÷ the module's median, at most 100; not a number where the median is nought."""
    a = cohort.activity
    lately = a.day >= cohort.day - _DAYS
    own = cohort.added(a.member[lately], a.views[lately])
    capped: Numbers = np.minimum(100, quotients(100 * own, cohort.usual(own)))
    return capped


def submissions(cohort: Cohort) -> Numbers:
    """NULA's formula is the measure's: work on time and half of what was late, halved while any is missing."""
    w = cohort.work
    lately = (w.due >= cohort.day - _DAYS) & (w.due < cohort.day)
    given, late = lately & ~np.isnan(w.handed_in), w.late == 1
    counted = [cohort.added(w.member[which]).astype(int) for which in (lately, given & ~late, given & late)]
    scores = [
        measure.submissions(Counts(due=due, on_time=on_time, late=half))
        for due, on_time, half in zip(*(each.tolist() for each in counted), strict=True)
    ]
    return np.array([np.nan if score is None else score / 100 for score in scores])
