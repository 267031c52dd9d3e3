"""What was told to tutees: by one of them or all, the latest first, the same texts as the students read."""

from collections.abc import Sequence

import streamlit as st

from components import messages_words
from components.plain import plain
from engagement import words
from support.message import Message, State

_PAGE = 20
_ALL = "All tutees"
NOTHING = (
    "Nothing was written to your tutees yet. An offer to talk, a meeting, a plan or a reminder will stand here as "
    "soon as the student is told of it."
)


def summary(messages: Sequence[Message]) -> str:
    """`12 messages to 5 tutees: 9 e-mailed, 2 still to be e-mailed, 1 not e-mailed.`"""
    if not messages:
        return NOTHING
    number = {
        "e-mailed": sum(one.state is State.SENT for one in messages),
        "still to be e-mailed": sum(one.state in (State.WAITING, State.SENDING) for one in messages),
        "not e-mailed": sum(one.state in (State.BOUNCED, State.BLOCKED) for one in messages),
    }
    to = words.of(len({one.student_id for one in messages}), "tutee")
    said = ", ".join(f"{count} {what}" for what, count in number.items() if count)
    return f"{words.of(len(messages), 'message')} to {to}: {said}."


def narrowed(messages: Sequence[Message], asked: str | None) -> list[Message]:
    """Those to the tutee who is chosen, at first the one `asked` for by id; all where nobody is."""
    names = {_ALL: _ALL} | dict(
        sorted(((m.student_id, m.student) for m in messages), key=lambda each: each[1])
    )
    ids = list(names)
    chosen = st.selectbox(
        "Tutee",
        ids,
        index=ids.index(asked) if asked in names else 0,
        format_func=names.__getitem__,
        key="messages-to",
    )
    return [one for one in messages if chosen in (_ALL, one.student_id)]


def show(messages: Sequence[Message]) -> None:
    """The messages, so many at a time; each opens to its whole text."""
    pages = -(-len(messages) // _PAGE)
    page = st.pagination(pages, key=f"page-of-{len(messages)}") if pages > 1 else 1
    for one in messages[(page - 1) * _PAGE : page * _PAGE]:
        title = f"**{plain(one.student)}** · {messages_words.day(one)} · {plain(one.subject)}"
        with st.expander(title, icon=messages_words.ICONS[one.state], key=f"message-{one.id}"):
            st.markdown(messages_words.text(one))
            st.caption(messages_words.told(one))
