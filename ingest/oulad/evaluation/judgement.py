"""What a model says of the members of a cohort."""

from dataclasses import dataclass

import numpy as np

from engagement.measure import Rating
from ingest.oulad.evaluation.members import Numbers


@dataclass(frozen=True)
class Judgement:
    """The risk by member: higher is more at risk, not a number where the model says nothing.

    `probable` where the risk is a probability; `words` where the model is a rating.
    """

    model: str
    risk: Numbers
    probable: bool = False
    words: tuple[Rating, ...] | None = None

    @property
    def unrated(self) -> int:
        """Of how many members the model says nothing."""
        return int(np.isnan(self.risk).sum())

    @property
    def ranked(self) -> Numbers:
        """The risk, where nothing is said that of the middle: missing is neither high nor low."""
        if self.unrated == len(self.risk):
            return np.zeros(len(self.risk))
        return np.where(np.isnan(self.risk), np.nanmedian(self.risk), self.risk)
