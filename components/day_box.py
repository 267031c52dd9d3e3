"""A day as a person types it. A text box: the parts of a calendar's are too small to hit on a phone."""

import re
from contextlib import suppress
from datetime import date

import streamlit as st

_ORDERS = (
    re.compile(r"(?P<day>\d{1,2})[/. -](?P<month>\d{1,2})[/. -](?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
)
HELP = "Please write days as day/month/year, such as 30/11/2026."


def ask(label: str, today: date, *, key: str, filled: bool = False) -> str:
    """The box; what stands in it, as typed. `filled` begins with today."""
    typed = st.text_input(
        label,
        value=written(today) if filled else "",
        key=key,
        placeholder="day/month/year",
        autocomplete="off",
        max_chars=20,
    )
    return typed or ""


def read(typed: str) -> date:
    """The day that was typed; ValueError when it is none."""
    for order in _ORDERS:
        if found := order.fullmatch(typed.strip()):
            with suppress(ValueError):
                return date(**{part: int(digits) for part, digits in found.groupdict().items()})
    raise ValueError(HELP)


def written(day: date) -> str:
    """`30/11/2026`."""
    return f"{day:%d/%m/%Y}"
