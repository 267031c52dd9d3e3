"""Releases for compliance: what was built and waits, what the attacker found, and the decision about each."""

import json
from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from components.plain import plain
from engagement import words
from privacy import release_words
from privacy.releases import Release


class Decision(NamedTuple):
    """What compliance decided about a release."""

    release: int
    approve: bool


def show(waiting: Sequence[tuple[Release, str]], approved: Sequence[Release]) -> Decision | None:
    """The releases that wait, each with its audit, and those in sight; what is decided."""
    decided = None
    if not waiting:
        st.success("No release waits for approval.", icon=":material/check_circle:")
    for release, audit in waiting:
        with st.container(border=True):
            st.markdown(f"**Release {release.id}** · {release_words.cohort(release)}")
            st.markdown(found(audit))
            st.caption(f"{release_words.rules(release)}. It is never changed: a correction is another one.")
            with st.container(horizontal=True):
                if st.button("Approve", key=f"approve-{release.id}", type="primary"):
                    decided = Decision(release.id, approve=True)
                if st.button("Withdraw", key=f"withdraw-{release.id}"):
                    decided = Decision(release.id, approve=False)
    with st.expander(f"{words.of(len(approved), 'release')} that managers see", icon=":material/visibility:"):
        for release in approved:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(
                    f"{release.id} · {release_words.cohort(release)} · by {plain(release.approved_by)}"
                )
                if st.button("Take out of sight", key=f"withdraw-{release.id}", type="tertiary"):
                    decided = Decision(release.id, approve=False)
    return decided


def found(audit: str) -> str:
    """The audit report in sentences: per characteristic what was hidden for being small, and what beside it."""
    lines = [
        f"- {name or 'everybody'}: {words.of(one['small'], 'cell')} under ten, {len(one['beside'])} hidden beside, "
        f"{words.of(len(one['unsaid']), 'share')} left unsaid"
        for name, one in json.loads(audit).items()
    ]
    return "\n".join(lines)
