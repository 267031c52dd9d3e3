"""A cohort: who is registered on a day of presentations, and all that was known of them before it.

How it ended for them is kept apart, in `outcomes`, and who they are in `groups`: no model is handed either.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ingest.oulad.evaluation.activity import Activity, activity, silent
from ingest.oulad.evaluation.members import Member, Numbers, Positions, members
from ingest.oulad.evaluation.plan import NotToBeEvaluated
from ingest.oulad.evaluation.told import Told
from ingest.oulad.evaluation.work import Work, work
from ingest.oulad.presentations import Presentation


@dataclass(frozen=True)
class Cohort:
    """Members are meant by their position. `silent` has the day numbers on which a click feed was missing."""

    day: int
    presentations: tuple[Presentation, ...]
    members: tuple[Member, ...]
    activity: Activity
    work: Work
    silent: dict[int, frozenset[int]]

    @cached_property
    def modules(self) -> Positions:
        """The presentation of each member."""
        return np.array([member.module for member in self.members], np.int64)

    def added(self, of: Positions, values: Numbers | None = None) -> Numbers:
        """For each member how often they are in `of`, or the sum of the values beside them there."""
        return np.bincount(of, values, len(self.members)).astype(np.float64)

    def usual(self, values: Numbers) -> Numbers:
        """For each member the median of the values of their presentation's members."""
        usual = {module: np.median(values[self.modules == module]) for module in set(self.modules.tolist())}
        return np.array([usual[member.module] for member in self.members], np.float64)


def at(told: Told, names: Collection[str], day: int) -> Cohort:
    """The cohort of the presentations of these names. Raises NotToBeEvaluated where nobody is registered."""
    there = tuple(members(told, names, day))
    if not there:
        raise NotToBeEvaluated(f"Nobody is registered on day {day} of {', '.join(names)}.")
    lost = silent(told, {member.module for member in there}, day)
    return Cohort(day, told.presentations, there, activity(told, there, day), work(told, there, day), lost)
