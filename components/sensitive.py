"""The question that a form asks about words which look sensitive, before anything is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.plain import plain
from engagement import words
from support import tripwire

_LONGEST = 200


@dataclass(frozen=True)
class Asked:
    """What came of the question: whether the text may be kept as it is, and why."""

    settled: bool
    why: str = ""


def ask(text: str, terms: Sequence[str], *, key: str, before: str = "") -> Asked:
    """Ask why words that are not in `before` are no sensitive information; nothing is asked where there are none.

    It stands inside the form, before its button: what was typed is known once the form was sent.
    """
    earlier = {word.casefold() for word in tripwire.found(before, terms)}
    found = [word for word in tripwire.found(text, terms) if word.casefold() not in earlier]
    if not found:
        return Asked(settled=True)
    named = words.listed(f"“{plain(word)}”" for word in found)
    st.warning(
        f"{named} may be sensitive personal information, and nothing is stored yet. Take the words out, or say "
        "here why they are none. Both of you read the reason.",
        icon=":material/privacy_tip:",
    )
    why = st.text_input("Why it is no sensitive information", max_chars=_LONGEST, key=key) or ""
    return Asked(settled=bool(why.strip()), why=why)
