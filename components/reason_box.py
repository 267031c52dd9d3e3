"""A sentence that others read, in a form: long enough, and asked about where words in it look sensitive."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components import sensitive
from support.sharing import SHORTEST

_LONGEST = 500


@dataclass(frozen=True)
class Reason:
    """What was written, and why words in it that look sensitive were kept; `kept` says that they may be."""

    text: str
    why_kept: str
    kept: bool

    @property
    def enough(self) -> bool:
        """Whether it is long enough to tell anybody something."""
        return len(" ".join(self.text.split())) >= SHORTEST


def ask(label: str, terms: Sequence[str], *, key: str, placeholder: str = "") -> Reason:
    """The box, and below it the question about words that look sensitive; `terms` are those of policy."""
    text = (
        st.text_area(
            label,
            max_chars=_LONGEST,
            height=80,
            key=f"{key}-text",
            placeholder=placeholder,
        )
        or ""
    )
    asked = sensitive.ask(text, terms, key=f"{key}-kept")
    return Reason(text, asked.why, asked.settled)


def sent(label: str, reason: Reason, amiss: str) -> bool:
    """The button at the end of the form. Whether it was pressed and the reason can be handed on; else `amiss` stands
    there where the reason is too short."""
    pressed = st.form_submit_button(label, type="primary")
    if pressed and not reason.enough:
        st.error(amiss)
    return pressed and reason.enough and reason.kept
