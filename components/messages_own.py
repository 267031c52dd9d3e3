"""A student's own messages: every one, whole, with what became of its e-mail; so many at a time."""

from collections.abc import Sequence

import streamlit as st

from components import messages_words
from components.plain import plain
from support.message import Message

_PAGE = 10


def show(messages: Sequence[Message]) -> None:
    """The messages, the latest first and open; a sentence where there is none."""
    if not messages:
        st.markdown(
            "There is no message yet. An offer to talk, a meeting, a plan or a reminder will stand here, whether or "
            "not it is e-mailed to you."
        )
        return
    st.markdown(
        "Everything that was written to you from here, whether or not it was e-mailed. Your tutor reads the "
        "same, but for what is between you and the compliance team."
    )
    pages = -(-len(messages) // _PAGE)
    first = (st.pagination(pages, key="messages") - 1) * _PAGE if pages > 1 else 0
    for number, one in enumerate(messages[first : first + _PAGE], start=first):
        title, icon = f"{messages_words.day(one)} · {plain(one.subject)}", messages_words.ICONS[one.state]
        with st.expander(title, icon=icon, expanded=not number, key=f"message-{one.id}"):
            st.markdown(messages_words.text(one))
            st.caption(messages_words.told(one))
