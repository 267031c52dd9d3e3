"""Whether a model means what it says: how it ended for those of whom it said much the same."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.calibration import calibration_curve

from engagement.measure import Rating
from ingest.oulad.evaluation.judgement import Judgement

_BINS = 10


@dataclass(frozen=True)
class Bin:
    """What was said: a word of the rating, or the mean probability of a tenth of the students in its order."""

    said: str | float
    share_bad: float
    students: int | None


def calibration(judgement: Judgement, bad: NDArray[np.bool_]) -> tuple[Bin, ...] | None:
    """The bins, from the highest rating or the lowest probability; None for a model that only ranks."""
    if judgement.words is not None:
        words = np.array(judgement.words)
        of = {word: bad[words == word] for word in Rating}
        return tuple(Bin(word.value, float(ends.mean()), len(ends)) for word, ends in of.items() if len(ends))
    if judgement.probable:
        shares, said = calibration_curve(bad, judgement.risk, n_bins=_BINS, strategy="quantile")
        return tuple(Bin(float(p), float(s), None) for p, s in zip(said, shares, strict=True))
    return None
