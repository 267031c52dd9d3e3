"""How the weights of the rating were chosen: alternatives on the presentations of OULAD's 2013B, and nothing later.

python -m bench.weights [FOLDER]

Of 2013J nothing is read. There are no classes in OULAD: what attendance weighs cannot be chosen on it.
"""

import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

import policy
from bench import machine
from engagement.measure import weighted_mean
from ingest.oulad.evaluation import cohort, measured, told
from ingest.oulad.evaluation.outcomes import outcomes
from ingest.oulad.evaluation.plan import Plan

_CHOSEN_ON = ("2013B",)
_DAYS = (35, 65, 95)
_PARTS = ("vle", "submissions", "marks")
_TRIED = list(product((1, 2, 3, 4, 5), (0, 1, 2, 3, 4), (0, 3, 4, 5, 6, 8)))
_SHOWN = 12
_BEFORE = (3, 3, 4)
Weights = tuple[int, ...]
Student = tuple[int | None, ...]
"""The parts of somebody, in the order of _PARTS."""
Day = tuple[list[Student], list[bool]]
"""Everybody still registered that day, and who withdrew or failed."""


def main(folder: Path) -> None:
    """Print, beside the weights in force, the best of all tried for each day, and what each share of work does."""
    rules = policy.current().engagement
    days = dict(_read(folder))
    ours = tuple(getattr(rules.weights, part) for part in _PARTS)
    found = {weights: [_auc(*days[day], weights) for day in _DAYS] for weights in {*_TRIED, ours}}
    many = ", ".join(f"{len(bad):,} students on day {day}" for day, (_, bad) in days.items())
    print(f"ROC-AUC of the rating on 2013B: {many}. {machine.words()}\n{len(found)} weights tried.\n")
    print(
        f"{'vle : submissions : marks':28}" + "".join(f"{f'day {day}':>9}" for day in _DAYS) + f"{'mean':>9}"
    )
    _line(ours, found[ours], "  in force")
    _line(_BEFORE, found[_BEFORE], "  until version 2026-2")
    for place, day in enumerate(_DAYS):
        print(f"\nthe best on day {day}")
        for weights in sorted(found, key=lambda w: (-found[w][place], w))[:_SHOWN]:
            _line(weights, found[weights])
    print(
        f"\nanother share for submissions, beside {ours[0]} for VLE and {ours[2]} for marks; and without marks"
    )
    for weights in [(ours[0], n, ours[2]) for n in range(5)] + [(ours[0], n, 0) for n in range(4)]:
        _line(weights, found[weights])


def _read(folder: Path) -> Iterator[tuple[int, Day]]:
    """The parts as the kernel works them out; the same for all weights."""
    rules = policy.current().engagement
    wanted = Plan(_CHOSEN_ON, _CHOSEN_ON, _DAYS)
    tables = told.read(folder, wanted)
    for day in _DAYS:
        there = cohort.at(tables, _CHOSEN_ON, day)
        scores = measured.scores(there, rules)
        columns = [[None if np.isnan(v) else int(v) for v in scores.parts[part]] for part in _PARTS]
        yield day, (list(zip(*columns, strict=True)), outcomes(tables, there).bad.tolist())


def _auc(students: list[Student], bad: list[bool], weights: Weights) -> float:
    """By the plain rule of the measure; whoever has no score is in the middle, as in the evaluation."""
    scores = [weighted_mean(zip(weights, parts, strict=True)) for parts in students]
    middle = float(np.median([score for score in scores if score is not None]))
    risk = [-(middle if score is None else score) for score in scores]
    return float(roc_auc_score(bad, risk))


def _line(weights: Weights, found: list[float], told: str = "") -> None:
    name = " : ".join(map(str, weights))
    print(f"{name:28}" + "".join(f"{auc:9.4f}" for auc in (*found, sum(found) / len(found))) + told)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/oulad"))
