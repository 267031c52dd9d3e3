"""The students at most risk: who of them is in the top per cent, and how right that is."""

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import precision_score, recall_score

from ingest.oulad.evaluation.members import Numbers

TIES = "Students of equal risk at the border of a top per cent share the places that are left in equal parts."
Claims = NDArray[np.bool_]


def top(risk: Numbers, percent: int) -> Numbers:
    """How much of each student is among so many per cent, rounded up, at most risk: 1, 0 or the share of a place.

    So nothing hangs on the order of students, and the figures are what any order would give on average.
    """
    places = -(-len(risk) * percent // 100)
    border = np.sort(risk)[-places]
    above, at = risk > border, risk == border
    chosen: Numbers = above + at * ((places - above.sum()) / at.sum())
    return chosen


def precision(bad: Claims, chosen: Numbers) -> float:
    """Of those chosen, the share with a bad end."""
    return float(precision_score(bad, np.ones(len(bad), bool), sample_weight=chosen))


def recall(bad: Claims, chosen: Numbers) -> float:
    """Of those with a bad end, the share that was chosen: each counts as chosen and as not, in their parts."""
    said = np.repeat([True, False], len(bad))
    return float(recall_score(np.tile(bad, 2), said, sample_weight=np.concatenate([chosen, 1 - chosen])))
