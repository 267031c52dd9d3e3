"""The yearly review: the roles that nobody has looked at for a year, the longest first."""

from collections.abc import Sequence

import streamlit as st

from components import people_grants
from components.people_decisions import Decision
from engagement import words
from privacy.grants import Colleague, Grant

_PAGE = 10


def due(colleagues: Sequence[Colleague]) -> list[Grant]:
    """The grants to be reviewed, the longest unseen first."""
    found = (given for one in colleagues for given in one.grants if given.due)
    return sorted(found, key=lambda given: (given.looked_at, given.name))


def show(colleagues: Sequence[Colleague], months: int) -> Decision | None:
    """Each role to be reviewed, one by one; what was decided in this run."""
    waiting = due(colleagues)
    if not waiting:
        st.info(
            f"Every role was given or found needed within the last {months} months. "
            "A role appears here once that is longer ago.",
            icon=":material/task_alt:",
        )
        return None
    st.markdown(
        f"{words.of(len(waiting), 'role').capitalize()} to look at: does the person still need it for their work? "
        f"A role comes back here {months} months after it was found needed."
    )
    pages = -(-len(waiting) // _PAGE)
    page = st.pagination(pages, key="review-page") if pages > 1 else 1
    decided: Decision | None = None
    for given in waiting[(page - 1) * _PAGE : page * _PAGE]:
        decided = people_grants.card(given, review=True) or decided
    return decided
