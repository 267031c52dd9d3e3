"""Rivals of the rating that learn from how earlier presentations ended: logistic regression and boosted trees."""

from typing import Any

from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, StratifiedGroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from ingest.oulad.evaluation.cohort import Cohort
from ingest.oulad.evaluation.features import features
from ingest.oulad.evaluation.judgement import Judgement
from ingest.oulad.evaluation.outcomes import Outcomes
from ingest.oulad.evaluation.plan import NotToBeEvaluated

_SEED = 0
_FOLDS = 5
_LOGISTIC = {"logisticregression__C": [0.001, 0.01, 0.1, 1.0]}
_BOOSTING = {"max_leaf_nodes": [4, 8, 16], "max_iter": [60, 120]}


def judgements(learned: Cohort, ended: Outcomes, tested: Cohort) -> list[Judgement]:
    """What the models say of `tested` once fitted to `learned`, whose ends are known, on the same day."""
    if min(ended.bad.sum(), (~ended.bad).sum()) < _FOLDS:
        raise NotToBeEvaluated(f"There are too few students to learn from on day {learned.day}.")
    known, asked = features(learned), features(tested)
    # Settings are chosen within `learned`, each student on one side alone, also one who took two modules.
    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=_SEED)
    parts = list(folds.split(known, ended.bad, [member.student for member in learned.members]))
    said = []
    for name, model, choices in _models():
        search = GridSearchCV(model, choices, scoring="roc_auc", cv=parts)
        # One thread: the same figures on every machine, and no waiting for each other on a busy one.
        with threadpool_limits(limits=1):
            risk = search.fit(known, ended.bad).predict_proba(asked)[:, 1]
        said.append(Judgement(name, risk, probable=True))
    return said


def _models() -> list[tuple[str, Any, dict[str, list[Any]]]]:
    logistic = make_pipeline(StandardScaler(), LogisticRegression(max_iter=5000))
    boosting = HistGradientBoostingClassifier(learning_rate=0.05, early_stopping=False, random_state=_SEED)
    return [("logistic", logistic, _LOGISTIC), ("boosting", boosting, _BOOSTING)]
