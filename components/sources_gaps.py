"""Days without data and keys that belong to nobody: what to ask of whoever runs the source systems."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components import gap_box
from components.plain import plain
from components.sources_words import moment
from engagement import words
from engagement.feeds import Silence, Unmatched
from engagement.gap_decisions import Decision

_PAGE = 20


def days(found: Sequence[Silence], today: date) -> Decision | None:
    """The days of the last weeks of which a system told nothing; which gap was recorded or taken back in this run."""
    st.header("Days without data", anchor=False)
    if found:
        _table(found)
    else:
        st.info(
            "No day of teaching in the last eight weeks is without data, as far as the systems have been loaded.",
            icon=":material/task_alt:",
        )
    return gap_box.show(found, today)


def _table(found: Sequence[Silence]) -> None:
    st.markdown(
        "Days of teaching in the last eight weeks. Days of which the whole VLE or all registers are missing count "
        "for no student and against none, and so does what is on record as a gap. Where no reason is given, ask "
        "whoever runs the system, and record it."
    )
    pages = -(-len(found) // _PAGE)
    page = st.pagination(pages, key="gaps-page") if pages > 1 else 1
    st.table(
        [_gap(one) for one in found[(page - 1) * _PAGE : page * _PAGE]],
        hide_index=True,
        border="horizontal",
        alt="Days without data by system, the latest first",
    )


def keys(found: Sequence[Unmatched], total: int) -> None:
    """The keys that belong to nobody here."""
    st.header("Unknown keys", anchor=False)
    if not found:
        st.info(
            "Every key in the last eight weeks' loads belongs to somebody or something here.",
            icon=":material/task_alt:",
        )
        return
    more = f" These are the {len(found)} in most rows, of {total:,}." if total > len(found) else ""
    st.markdown(
        "Systems spoke of these, and nobody here has such a key. Rows about them were not taken in. Load the student "
        f"records that bring them, or tell by the sheet “identities” whose key it is.{more}"
    )
    pages = -(-len(found) // _PAGE)
    page = st.pagination(pages, key="keys-page") if pages > 1 else 1
    st.markdown("\n".join(_key(one) for one in found[(page - 1) * _PAGE : page * _PAGE]))


def _gap(one: Silence) -> dict[str, str]:
    module = f"  \n:gray[Module {plain(one.module)}]" if one.module else ""
    by = f"  \n:gray[Recorded by {plain(one.by)}]" if one.by else ""
    return {
        "System": f"{one.system.words}{module}",
        "Days": words.days(one.first, one.last),
        "Reason": (plain(one.reason) or "None given") + by,
    }


def _key(one: Unmatched) -> str:
    """A line of a list, not of a table: whoever looks a key up copies it, so no break may be put into it."""
    return (
        f"- **{plain(one.key)}** ({one.noun}, {one.system.words}): {words.of(one.rows, 'row')}, "
        f"first seen {moment(one.first_seen)}"
    )
