"""Writes `docs/states.md`: what may follow what, drawn from the tables that the application obeys. `make docs`."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from engagement import suggestion
from privacy import breach, break_glass, consent, dispute, pack_state, releases, request, retention
from support import action, meeting, message, note, offer, plan

PAGE = Path(__file__).with_name("states.md")

HEAD = """# What may follow what

Written by `make docs` from the `NEXT` beside each list of states, which is what the application itself obeys: a step
that is not drawn here is refused. Change those, not this page.
"""

NOUNS: Mapping[str, tuple[type[StrEnum], Mapping[Any, frozenset[Any]], str]] = {
    "A suggestion to talk": (suggestion.State, suggestion.NEXT, "engagement/suggestion.py"),
    "An offered conversation": (offer.State, offer.NEXT, "support/offer.py"),
    "A meeting": (meeting.State, meeting.NEXT, "support/meeting.py"),
    "A note": (note.State, note.NEXT, "support/note.py"),
    "A support plan": (plan.State, plan.NEXT, "support/plan.py"),
    "An action of a plan": (action.State, action.NEXT, "support/action.py"),
    "A message": (message.State, message.NEXT, "support/message.py"),
    "A request about one’s data": (request.State, request.NEXT, "privacy/request.py"),
    "A complaint": (request.State, request.COMPLAINT_NEXT, "privacy/request.py"),
    "A copy of what is held": (pack_state.State, pack_state.NEXT, "privacy/pack_state.py"),
    "A record that a student says is wrong": (dispute.State, dispute.NEXT, "privacy/dispute.py"),
    "An explicit consent": (consent.State, consent.NEXT, "privacy/consent.py"),
    "A disposal": (retention.State, retention.NEXT, "privacy/retention.py"),
    "A release of figures": (releases.State, releases.NEXT, "privacy/releases.py"),
    "An emergency": (break_glass.State, break_glass.NEXT, "privacy/break_glass.py"),
    "A breach of personal data": (breach.State, breach.NEXT, "privacy/breach.py"),
}
"""Each noun with its states, what may follow each, and where that stands."""


def page() -> str:
    """The page as it should be now: a diagram for each noun, in the order in which they come."""
    return "\n".join([HEAD, *(_diagram(noun) for noun in NOUNS)])


def _diagram(noun: str) -> str:
    every, follows, where = NOUNS[noun]
    states = [state for state in every if state in follows]
    names = [f"    {state.name.lower()} : {state.value}" for state in states]
    arrows = [
        f"    {state.name.lower()} --> {after.name.lower()}"
        for state in states
        for after in states
        if after in follows[state]
    ]
    ends = [f"    {state.name.lower()} --> [*]" for state in states if not follows[state]]
    drawn = "\n".join(["```mermaid", "stateDiagram-v2", *names, *arrows, *ends, "```"])
    return f"## {noun}\n\nFrom [`{where}`](../{where}).\n\n{drawn}\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
