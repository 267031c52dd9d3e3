"""What is marked on a single day of the timeline, beside what the four systems count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engagement import words
from engagement.facts import Agreed, Facts
from engagement.suggestion import SAID, Suggestion
from policy.days import london_day


class Outcome(StrEnum):
    """What became of it, where something was to become of it."""

    NONE = ""
    DONE = "done"
    LATE = "done late"
    MISSED = "not done"
    AHEAD = "still to come"


@dataclass(frozen=True)
class Mark:
    """A day, the word of the row it stands in, and what happened, in a sentence."""

    on: date
    word: str
    sentence: str
    outcome: Outcome = Outcome.NONE


def all_of(agreed: Iterable[Agreed], suggestions: Iterable[Suggestion], today: date) -> tuple[Mark, ...]:
    """Meetings and milestones on the day they were held or met, else due; suggestions on the day they arose.

    The oldest first. A suggestion that whoever looks has hidden for themselves is left out.
    """
    marks = [_agreed(one, today) for one in agreed]
    marks += [_suggested(one) for one in suggestions if not one.hidden]
    return tuple(sorted(marks, key=lambda mark: mark.on))


def disputed(facts: Facts) -> list[Mark]:
    """What the student says is wrong, each on its day: what is recorded, and that it does not count meanwhile."""
    titles = {module.code: module.title for module in facts.modules}

    def mark(on: date, module: str, what: str, since: date) -> Mark:
        of = f"{what} “{titles.get(module, module)}”"
        until = f"disputed since {words.day(since)}. It does not count until this is settled."
        return Mark(on, "Disputed", f"{of}: {until}")

    online = [(o.on, o.module, "VLE of", o.disputed) for o in facts.online]
    classes = [(r.on, r.module, f"Class, recorded as {r.presence}, of", r.disputed) for r in facts.registers]
    work = [(w.on, w.module, f"“{w.title}”, recorded as {w.state}, for", w.disputed) for w in facts.work]
    return [mark(on, of, what, since) for on, of, what, since in (*online, *classes, *work) if since]


def _suggested(one: Suggestion) -> Mark:
    said = f"Suggestion to talk: {one.sentence} Since then: {SAID[one.state]}."
    return Mark(london_day(one.raised_at), "Suggestion", said)


def _agreed(one: Agreed, today: date) -> Mark:
    outcome = _outcome(one, today)
    on = one.done if one.done and outcome in (Outcome.DONE, Outcome.LATE) else one.on
    if one.title is None:
        what, done, open_ = "Supervision meeting", "held", "not recorded as held"
        word = "Supervision"
    else:
        what, done, open_ = f"Milestone “{one.title}”", "met", "not recorded as met"
        word = "Milestone"
    became = {Outcome.MISSED: open_, Outcome.AHEAD: "still to come"}.get(
        outcome, f"{done} {words.short_day(on)}"
    )
    if one.disputed:
        became += f", disputed since {words.day(one.disputed)} and not counted until it is settled"
    return Mark(on, word, f"{what}, due {words.short_day(one.on)}: {became}.", outcome)


def _outcome(one: Agreed, today: date) -> Outcome:
    if one.done is not None and one.done <= today:
        return Outcome.LATE if one.done > one.on else Outcome.DONE
    return Outcome.MISSED if one.on < today else Outcome.AHEAD
