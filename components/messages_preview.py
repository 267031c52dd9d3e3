"""What a student will read, before it is sent, and what of its wording should be put differently."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.plain import plain
from policy.messages import Messages
from support import wording
from support.message import Preview, preview
from support.message import of_offer as of_an_offer
from support.offer import Invitation


@dataclass(frozen=True)
class Writer:
    """A tutor who writes, and the templates that their words go into."""

    tutor: str
    ours: Messages

    def look(self, invitation: Invitation, name: str) -> None:
        """What `name`, a given name, will read of an offer, with what of the words should be put differently."""
        written = preview(self.ours, name, "offer", of_an_offer(invitation, self.tutor))
        show(written, name, wording.check(invitation.text))


def show(written: Preview, name: str, said: Sequence[str]) -> None:
    """The message as it will stand on the page of `name`, and the e-mail; above both what is `said` of it."""
    differently(said)
    st.markdown(f"**On {plain(name)}’s page: {plain(written.subject)}**")
    st.markdown(_lines(written.body))
    with st.expander("The e-mail", icon=":material/mail:"):
        st.markdown(_lines(written.email))


def differently(said: Sequence[str]) -> None:
    """What should be put differently, a warning each."""
    for sentence in said:
        st.warning(plain(sentence), icon=":material/edit:")


def _lines(text: str) -> str:
    return plain(text).replace("\n", "  \n")
