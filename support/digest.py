"""The weekly e-mail to a tutor: what waits for them, in counts and links, without a name."""

from collections.abc import Mapping
from enum import StrEnum

from policy.messages import Messages


class Waiting(StrEnum):
    """What can wait for a tutor; each is counted over their tutees of today."""

    SUGGESTIONS = "suggestions"
    OFFERS = "offers"
    RECORDS = "records"
    ACTIONS = "actions"
    REVIEWS = "reviews"


_SAID: Mapping[Waiting, tuple[str, str, str]] = {
    Waiting.SUGGESTIONS: (
        "suggestion to talk without an answer",
        "suggestions to talk without an answer",
        "tutees",
    ),
    Waiting.OFFERS: (
        "conversation that waits for your answer",
        "conversations that wait for your answer",
        "support",
    ),
    Waiting.RECORDS: (
        "meeting to be recorded as held or missed",
        "meetings to be recorded as held or missed",
        "support",
    ),
    Waiting.ACTIONS: (
        "action of a plan that is past its day",
        "actions of plans that are past their day",
        "support",
    ),
    Waiting.REVIEWS: (
        "plan to be reviewed this week or before",
        "plans to be reviewed this week or before",
        "support",
    ),
}
"""One, several, and the page on which they stand."""


def text(ours: Messages, counts: Mapping[Waiting, int]) -> str:
    """The whole e-mail; a line for each thing that waits."""
    lines = "\n".join(_line(ours, what, counts[what]) for what in Waiting if counts.get(what))
    return f"{ours.digest.opening}\n\n{lines}\n\n{ours.digest.closing}\n"


def _line(ours: Messages, what: Waiting, number: int) -> str:
    one, many, page = _SAID[what]
    return f"- {number} {one if number == 1 else many}: {ours.site}/{page}"
