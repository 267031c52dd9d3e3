"""How well a model does: a row of figures, all of scikit-learn."""

from dataclasses import dataclass

import numpy as np
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from engagement.backtest import ALERTS, OF_A_TUTOR
from ingest.oulad.evaluation.calibration import Bin, calibration
from ingest.oulad.evaluation.judgement import Judgement
from ingest.oulad.evaluation.members import Numbers
from ingest.oulad.evaluation.outcomes import Outcomes
from ingest.oulad.evaluation.top import precision, recall, top


@dataclass(frozen=True)
class Row:
    """One model on one day. `precision_at_10` is among the tenth at most risk; a share is from 0 to 1.

    `unrated` are students of whom the model says nothing. `alerts_per_tutor_of_45` is for ratings, how many of 45
    are Low or Very low; `lead_time_days` the median from the day to the withdrawal of those in the top tenth who
    withdraw; `brier` for models that give a probability.
    """

    model: str
    day: int
    students: int
    unrated: int
    share_bad: float
    roc_auc: float
    pr_auc: float
    precision_at_5: float
    recall_at_5: float
    precision_at_10: float
    recall_at_10: float
    precision_at_25: float
    recall_at_25: float
    alerts_per_tutor_of_45: float | None
    lead_time_days: float | None
    brier: float | None
    calibration: tuple[Bin, ...] | None


def row(judgement: Judgement, day: int, ended: Outcomes) -> Row:
    """The figures of what a model said on the day."""
    risk, bad = judgement.ranked, ended.bad
    at_5, at_10, at_25 = (top(risk, percent) for percent in (5, 10, 25))
    return Row(
        model=judgement.model,
        day=day,
        students=len(risk),
        unrated=judgement.unrated,
        share_bad=float(bad.mean()),
        roc_auc=float(roc_auc_score(bad, risk)),
        pr_auc=float(average_precision_score(bad, risk)),
        precision_at_5=precision(bad, at_5),
        recall_at_5=recall(bad, at_5),
        precision_at_10=precision(bad, at_10),
        recall_at_10=recall(bad, at_10),
        precision_at_25=precision(bad, at_25),
        recall_at_25=recall(bad, at_25),
        alerts_per_tutor_of_45=_alerts(judgement),
        lead_time_days=_lead_time(at_10, ended),
        brier=float(brier_score_loss(bad, risk)) if judgement.probable else None,
        calibration=calibration(judgement, bad),
    )


def _alerts(judgement: Judgement) -> float | None:
    if judgement.words is None:
        return None
    return OF_A_TUTOR * sum(word in ALERTS for word in judgement.words) / len(judgement.words)


def _lead_time(chosen: Numbers, ended: Outcomes) -> float | None:
    """The median of the days that were left, of those chosen who withdrew on a known day, in their parts."""
    withdrew = (chosen > 0) & ~np.isnan(ended.withdrew_after)
    if not withdrew.any():
        return None
    days, parts = ended.withdrew_after[withdrew], chosen[withdrew]
    return float(np.quantile(days, 0.5, weights=parts, method="inverted_cdf"))
