"""Rivals of the rating that learn nothing: rules about days without activity, and NULA's published formula."""

import numpy as np

from ingest.oulad.evaluation import nula
from ingest.oulad.evaluation.cohort import Cohort
from ingest.oulad.evaluation.judgement import Judgement
from ingest.oulad.evaluation.members import Numbers


def judgements(cohort: Cohort) -> list[Judgement]:
    """Each rule says yes or no; whoever never logged in did not click before the presentation began either."""
    never = cohort.added(cohort.activity.member) == 0
    return [
        Judgement("never_logged_in", never.astype(np.float64)),
        Judgement("no_activity_7_days", quiet(cohort, 7)),
        Judgement("no_activity_14_days", quiet(cohort, 14)),
        Judgement("nula", -nula.summary(cohort)),
    ]


def quiet(cohort: Cohort, days: int) -> Numbers:
    """1 for those who neither clicked nor handed in work in so many days before the day, 0 for others."""
    a, w, since = cohort.activity, cohort.work, cohort.day - days
    seen = cohort.added(a.member[a.day >= since]) + cohort.added(w.member[w.handed_in >= since])
    nothing: Numbers = (seen == 0).astype(np.float64)
    return nothing
