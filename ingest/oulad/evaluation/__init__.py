"""Does it work? The rating beside other models on the same students of OULAD, each with what came before a day.

Protocol: on day t of a presentation (its first is day 0) only students who are still registered, only what is
dated before t, and nothing about who they are; what is to be foretold is a final result of Withdrawn or Fail.
Models that learn do so from earlier presentations. scikit-learn is imported with this package and nowhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.oulad.evaluation import cohort, figures, fitted, groups, measured, rivals, told
from ingest.oulad.evaluation.cohort import Cohort
from ingest.oulad.evaluation.figures import Row
from ingest.oulad.evaluation.groups import Group
from ingest.oulad.evaluation.judgement import Judgement
from ingest.oulad.evaluation.outcomes import BAD, Outcomes, outcomes
from ingest.oulad.evaluation.plan import NotToBeEvaluated, Plan, plan
from ingest.oulad.evaluation.told import Told
from ingest.oulad.evaluation.top import TIES
from policy.engagement import Engagement

__all__ = ["BAD", "TIES", "Evaluation", "Group", "NotToBeEvaluated", "Plan", "Row", "evaluate", "plan"]
RATING = "rating"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Evaluation:
    """The rows, a model after the other within a day; and how the rating does for groups."""

    rows: list[Row]
    groups: list[Group]


def evaluate(folder: Path, wanted: Plan, rules: Engagement, progress: Progress | None = None) -> Evaluation:
    """Evaluate the rating of these rules on the folder. Raises NotToBeEvaluated, NotOulad and Unreadable."""
    found = told.read(folder, wanted)
    steps = len(wanted.days) + 1
    rows: list[Row] = []
    rated: list[tuple[Cohort, Judgement, Outcomes]] = []
    for done, day in enumerate(wanted.days, 1):
        if progress:
            progress(done, steps)
        tested = cohort.at(found, wanted.test, day)
        said = judgements(found, wanted, tested, rules)
        ended = outcomes(found, tested)
        rows += [figures.row(each, day, ended) for each in said]
        rated.append((tested, next(each for each in said if each.model == RATING), ended))
    known = groups.characteristics(folder)
    return Evaluation(rows, [group for t, s, e in rated for group in groups.gaps(known, t, s, e.bad)])


def judgements(found: Told, wanted: Plan, tested: Cohort, rules: Engagement) -> list[Judgement]:
    """What each model says of a cohort, without being told how it ends for it."""
    learned = cohort.at(found, wanted.train, tested.day)
    return [
        *measured.judgements(tested, rules),
        *rivals.judgements(tested),
        *fitted.judgements(learned, outcomes(found, learned), tested),
    ]
