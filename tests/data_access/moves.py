"""The moves of one noun of support, tried in each state and by each side, for the tests of its table of states."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

import pytest

from auth.refusals import MovedOn, NotOpenToYourRole, NotYoursToSee
from auth.refusals.support import ActionNotOpen
from tests.cast import ADA, BEN
from tests.data_access.supporting import JOB

REFUSED = (MovedOn, ActionNotOpen, NotOpenToYourRole, NotYoursToSee)
TUTOR, STUDENT, NIGHT = (ADA.viewer, BEN.id), (BEN.viewer, None), (JOB, None)
"""Who moves, and how they name the student. The night's job is refused nothing: it leaves the rest alone."""
Pairs = set[tuple[Any, Any]]


@dataclass(frozen=True)
class Moves:
    """What can be tried, by its name, with where it leads from each state; those of `words` change no state."""

    tried: Mapping[str, Callable[[Any, str | None, int], object]]
    leads: Mapping[tuple[Any, str], Mapping[Any, Any]]
    words: frozenset[str] = frozenset()

    def pairs(
        self,
        states: Iterable[Any],
        begin: Callable[[Any], int],
        seen: Callable[[int], Any],
    ) -> Pairs:
        """Try each move by each side in each state, and the night's own; the pairs of states brought about.

        `begin` makes a new one in a state, `seen` is all that is known of it.
        """
        found: Pairs = set()
        for state, side, (name, move) in product(states, (TUTOR, STUDENT, NIGHT), self.tried.items()):
            if side is NIGHT and (side, name) not in self.leads:
                continue
            number = begin(state)
            before, after = seen(number), self.leads.get((side, name), {}).get(state)
            assert before.state is state
            refused = suppress(*REFUSED) if side is NIGHT else pytest.raises(REFUSED)
            with nullcontext() if after else refused:
                move(*side, number)
            now = seen(number)
            assert now.state is (after or state), (state, side, name)
            assert after or now == before, (state, side, name)
            if after and name not in self.words:
                found |= set(pairwise(_path(before, now)))
        return found


def _path(before: Any, now: Any) -> list[Any]:
    """The states that it went through, where its steps are kept; else from the one to the other."""
    steps = getattr(now, "steps", None)
    if steps is None:
        return [before.state, now.state]
    return [before.state, *(step.state for step in steps[len(before.steps) :])]


def of_table(following: Mapping[Any, Iterable[Any]]) -> Pairs:
    return {(before, after) for before in following for after in following[before]}
