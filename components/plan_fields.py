"""The fields that forms about plans share: an action with its owner and day, and a day that must lie ahead."""

from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st

from components import day_box, sensitive
from components.plan_choices import Choices, Owner
from policy.plans import ActionTemplate
from support.action import Wanted
from support.party import Party

LONGEST = 300
_DAYS = 14
Row = tuple[Wanted | None, str]
"""An action as it was filled in, and what is amiss with it."""
AHEAD = "Please write a day that lies ahead, as day/month/year."


def action(
    owners: Mapping[Owner, str],
    choices: Choices,
    today: date,
    *,
    key: str,
    begin: ActionTemplate | None = None,
    label: str = "What is to be done",
) -> Row:
    """One action's boxes. The action, or None where its text is empty or something is amiss, and what is amiss."""
    what, who, when = st.columns([5, 3, 2])
    with what:
        text = st.text_input(label, begin.text if begin else "", max_chars=LONGEST, key=f"text-{key}") or ""
    with who:
        options = list(owners)
        first = _first(options, begin)
        chosen = st.selectbox("Who does it", options, first, format_func=owners.__getitem__, key=f"who-{key}")
    with when:
        days = begin.days if begin else _DAYS
        due = day_box.ask("By", today + timedelta(days=days), key=f"due-{key}", filled=True)
    asked = sensitive.ask(text, choices.rules.tripwire.terms, key=f"why-{key}")
    if not text.strip():
        return None, ""
    on = day(due)
    if on is None or on < today:
        return None, AHEAD
    if not asked.settled:
        return None, "Please look at what is asked above."
    party, name = chosen or (Party.STUDENT, "")
    adviser, service = (name if party is one else "" for one in (Party.ADVISER, Party.SERVICE))
    return Wanted(text, party, on, adviser, service, asked.why), ""


def _first(options: list[Owner], begin: ActionTemplate | None) -> int:
    if begin is None:
        return 0
    fitting = [
        n
        for n, (party, name) in enumerate(options)
        if party.value == begin.owner and begin.service in ("", name)
    ]
    return fitting[0] if fitting else 0


def day(typed: str) -> date | None:
    """The day that was typed; None where it is none."""
    try:
        return day_box.read(typed)
    except ValueError:
        return None
