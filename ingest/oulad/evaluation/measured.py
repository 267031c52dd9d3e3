"""The rating on a day: the measure's own expression, run over a cohort as it is run over a university."""

from dataclasses import dataclass

import numpy as np

from data_access.engine import engines
from engagement import measure
from engagement.measure import Rating
from ingest.oulad.evaluation.cohort import Cohort
from ingest.oulad.evaluation.judgement import Judgement
from ingest.oulad.evaluation.members import Numbers
from ingest.oulad.evaluation.relations import relations
from policy.engagement import Engagement

_PARTS = ("attendance", "vle", "submissions", "marks")


@dataclass(frozen=True)
class Scores:
    """Hundredths by member, not a number where nothing can be said."""

    score: Numbers
    parts: dict[str, Numbers]


def judgements(cohort: Cohort, rules: Engagement) -> list[Judgement]:
    """The rating, the rating without marks, and on its own each part that anybody has."""
    weights = rules.weights.model_copy(update={"marks": 0})
    whole = scores(cohort, rules)
    without = scores(cohort, rules.model_copy(update={"weights": weights}))
    found = [
        Judgement("rating", -whole.score, words=_words(whole.score, rules)),
        Judgement("rating_without_marks", -without.score, words=_words(without.score, rules)),
    ]
    parts = {part: score for part, score in whole.parts.items() if not np.isnan(score).all()}
    return found + [Judgement(f"{part}_alone", -score) for part, score in parts.items()]


def scores(cohort: Cohort, rules: Engagement) -> Scores:
    """What the engine makes of the cohort, in the order of its members."""
    rated = engines.over(relations(cohort, rules), rules).sort_by("student")
    values = {name: rated[name].to_numpy().astype(np.float64) for name in ("score", *_PARTS)}
    return Scores(values["score"], {part: values[part] for part in _PARTS})


def _words(score: Numbers, rules: Engagement) -> tuple[Rating, ...]:
    every = (None if np.isnan(value) else int(value) for value in score)
    return tuple(measure.rating(value, rules.bands) for value in every)
