"""The record of the search: for each system whether it was searched, how, and if not, why not."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components.plain import plain
from components.plan_words import full
from engagement import words
from privacy.case import Case, Search
from privacy.case_decisions import Searched
from privacy.labels import Source
from privacy.mention import Mention

_NOT = "not searched"


def show(case: Case, mentions: Sequence[Mention], today: date) -> Searched | None:
    """What is recorded, what is missing, and the form for one more; what was added in this run.

    `mentions` are texts about others that name the student.
    """
    st.subheader("The search", anchor=False)
    missing = [system for system in Source if system not in {one.system for one in case.searches}]
    st.markdown(
        "A reasonable and proportionate search, written down as it is made. Before the answer every system is named."
        + (f" Still to be named: {words.listed(system.words for system in missing)}." if missing else "")
    )
    if case.searches:
        st.markdown("\n".join(f"- {_line(one)}" for one in case.searches))
    _named_elsewhere(mentions)
    with (
        st.expander("Add a system", icon=":material/manage_search:", key=f"search-{case.reference}"),
        st.form(f"search-{case.reference}-{len(case.searches)}", border=False),
    ):
        return _form(missing or list(Source), today)


def _named_elsewhere(mentions: Sequence[Mention]) -> None:
    if not mentions:
        st.caption("No open text about another student here has this student’s name or number.")
        return
    number = words.of(len(mentions), "text about another student has", "texts about other students have")
    lines = [f"- {one.what} of {full(one.on)}, by {plain(one.by)}" for one in mentions]
    st.warning(
        f"**{number} this student’s name or number.** They are in no copy by themselves. Have each looked at by hand "
        "with whoever wrote it, decide what of it is this student’s to read, and send that with the letter.\n\n"
        + "\n".join(lines),
        icon=":material/person_search:",
    )


def _form(systems: list[Source], today: date) -> Searched | None:
    system = st.selectbox("System", systems, format_func=lambda one: one.words)
    searched = st.radio("Was it searched?", ("searched", _NOT), horizontal=True) != _NOT
    terms = st.text_input("Searched for", placeholder="such as the student number and the name") or ""
    first, last = st.columns(2)
    since = first.date_input("From", None, max_value=today, format="DD/MM/YYYY")
    until = last.date_input("To", None, max_value=today, format="DD/MM/YYYY")
    why = st.text_area(
        "If not: why not",
        height=80,
        placeholder="The circumstances, how much there is, how hard it is, and how much the right weighs here",
    )
    if not st.form_submit_button("Add"):
        return None
    if not searched and not (why or "").strip():
        st.error("Please say why it was not searched.")
        return None
    return Searched(system, searched, terms, _day(since), _day(until), why or "")


def _day(given: object) -> date | None:
    return given if isinstance(given, date) else None


def _line(one: Search) -> str:
    by = f" ({plain(one.by)})"
    why = f" {plain(one.why)}" if one.why else ""
    if not one.searched:
        return f"**{one.system.words}**: {_NOT}.{why}{by}"
    terms = f" for “{plain(one.terms)}”" if one.terms else ""
    days = f", {full(one.first)} to {full(one.last)}" if one.first and one.last else ""
    return f"**{one.system.words}**: searched{terms}{days}.{why}{by}"
