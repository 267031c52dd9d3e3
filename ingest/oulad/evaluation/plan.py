"""What an evaluation is asked for: which presentations it learns from, which it is tried on, and on which days."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from auth.refusals import Refusal
from ingest.oulad.presentations import Presentation

T = TypeVar("T")
EARLIEST = 7
"""Before the end of a presentation's first week there is too little to go by."""


class NotToBeEvaluated(Refusal):
    """This cannot be evaluated; the sentence says why."""


@dataclass(frozen=True)
class Plan:
    """Presentations by name, such as 2013B, and days of a presentation, of which the first is day 0."""

    train: tuple[str, ...]
    test: tuple[str, ...]
    days: tuple[int, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All presentations, those learned from first."""
        return self.train + self.test


def plan(train: Iterable[str], test: Iterable[str], days: Iterable[int]) -> Plan:
    """The plan, each thing in it once. Raises NotToBeEvaluated for what no folder could answer."""
    made = Plan(_once(train), _once(test), _once(days))
    if not (made.train and made.test and made.days):
        raise NotToBeEvaluated("Please name at least one presentation to train, one to test, and one day.")
    if both := sorted({*made.train} & {*made.test}):
        raise NotToBeEvaluated(
            f"{both[0]} is named both to train and to test; nothing is tested on what it was trained on."
        )
    if min(made.days) < EARLIEST:
        raise NotToBeEvaluated(
            f"Day {min(made.days)} is too early; day {EARLIEST} is the first with a week to go by."
        )
    return made


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def check(wanted: Plan, given: Sequence[Presentation]) -> None:
    """Whether the folder's presentations fit the plan: all there, the test later, none over on the last day."""
    starts = {p.name: p.starts for p in given}
    if unknown := [name for name in wanted.names if name not in starts]:
        there = ", ".join(sorted(starts))
        raise NotToBeEvaluated(f"There is no presentation {unknown[0]} in this folder; it has {there}.")
    last, first = max(wanted.train, key=starts.__getitem__), min(wanted.test, key=starts.__getitem__)
    if starts[first] < starts[last]:
        raise NotToBeEvaluated(
            f"{first} comes before {last}; a test must come after everything that is trained on."
        )
    shortest = min((p for p in given if p.name in wanted.names), key=lambda p: p.length)
    if max(wanted.days) > shortest.length:
        raise NotToBeEvaluated(
            f"Day {max(wanted.days)} is too late; {shortest.code} ends on day {shortest.length}."
        )


def check_clicks(given: Sequence[Presentation], clicked: Collection[str]) -> None:
    """Whether each presentation has clicks; `clicked` are the codes of those that do."""
    if without := [p.code for p in given if p.code not in clicked]:
        raise NotToBeEvaluated(
            f"The click table has nothing of {without[0]}; without its clicks it cannot be evaluated."
        )
