"""The weekly e-mail to a colleague: what waits and what was answered, in counts and links, without a name."""

from collections.abc import Mapping
from enum import StrEnum

from policy.messages import Messages


class Waiting(StrEnum):
    """What can wait for a colleague, or is new to them since last Monday."""

    SUGGESTIONS = "suggestions"
    OFFERS = "offers"
    RECORDS = "records"
    OWN = "own"
    ACTIONS = "actions"
    REVIEWS = "reviews"
    ANSWERS = "answers"
    CALLED_OFF = "called off"
    NOTES = "notes"
    AGREED = "agreed"
    CHANGES = "changes"
    OUTCOMES = "outcomes"
    HANDED_BACK = "handed back"
    SHARED = "shared"
    DUE = "due"
    PASSED_ON = "passed on"
    OVERDUE = "overdue"
    THIS_WEEK = "this week"
    BREACHES = "breaches"
    EMERGENCIES = "emergencies"


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
    Waiting.OWN: (
        "action of yours that is due this week",
        "actions of yours that are due this week",
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
    Waiting.ANSWERS: (
        "offer of a conversation that was answered since last Monday",
        "offers of conversations that were answered since last Monday",
        "support",
    ),
    Waiting.CALLED_OFF: (
        "meeting that the student called off since last Monday",
        "meetings that students called off since last Monday",
        "support",
    ),
    Waiting.NOTES: (
        "note that was approved or commented on since last Monday",
        "notes that were approved or commented on since last Monday",
        "support",
    ),
    Waiting.AGREED: (
        "plan that the student agreed to or ended since last Monday",
        "plans that students agreed to or ended since last Monday",
        "support",
    ),
    Waiting.CHANGES: (
        "action that the student changed or did since last Monday",
        "actions that students changed or did since last Monday",
        "support",
    ),
    Waiting.OUTCOMES: (
        "shared action of which an adviser said what came of it since last Monday",
        "shared actions of which advisers said what came of them since last Monday",
        "support",
    ),
    Waiting.HANDED_BACK: (
        "student with whom the help of a senior tutor ended since last Monday",
        "students with whom the help of a senior tutor ended since last Monday",
        "support",
    ),
    Waiting.SHARED: ("action that is shared with you", "actions that are shared with you", "shared-with-me"),
    Waiting.DUE: (
        "shared action that is due this week or before",
        "shared actions that are due this week or before",
        "shared-with-me",
    ),
    Waiting.PASSED_ON: (
        "student who is passed on to you",
        "students who are passed on to you",
        "tutoring-overview",
    ),
    Waiting.OVERDUE: (
        "request that is past the day of the answer",
        "requests that are past the day of the answer",
        "requests",
    ),
    Waiting.THIS_WEEK: ("request that is due this week", "requests that are due this week", "requests"),
    Waiting.BREACHES: (
        "breach that waits for a decision",
        "breaches that wait for a decision",
        "requests",
    ),
    Waiting.EMERGENCIES: (
        "emergency access that waits for review",
        "emergency accesses that wait for review",
        "emergency",
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
