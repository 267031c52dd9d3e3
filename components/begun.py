"""A text that somebody has begun to change: what it was then, from run to run, so that nobody's words are lost."""

from typing import Any

import streamlit as st

from components.plain import plain

Seen = dict[str, Any]
"""What the page remembers for its components from run to run: `st.session_state.setdefault(…, {})`."""


def since(seen: Seen, key: str, now: Any) -> Any:
    """The record as it was when its form was opened; `now` where it is opened in this run."""
    return seen.setdefault(key, now)


def over(seen: Seen, key: str) -> None:
    """The form is closed, or what was in it is handed on: the next time begins anew."""
    seen.pop(key, None)
    seen.pop(f"{key}-shown", None)


def both_read(seen: Seen, key: str, then: int, now: int, theirs: str) -> bool:
    """Whether what another wrote since has stood beside the form before this run; it is shown where there is some.

    `then` and `now` are the versions of the text when the form was opened, and as it is.
    """
    if now == then:
        return True
    st.warning(
        f"Somebody else has changed this since you began. It now says: “{plain(theirs)}”  \nYour own words are "
        "still in the boxes. Saving puts yours in their place; theirs are kept among the earlier wordings.",
        icon=":material/difference:",
    )
    before = seen.get(f"{key}-shown")
    seen[f"{key}-shown"] = now
    return bool(before == now)
