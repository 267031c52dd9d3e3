"""What is shared with an adviser: a card for each action, with the form that says what came of it."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components import sensitive
from components.plain import plain
from components.plan_words import full
from engagement import words
from policy.days import london_day
from privacy.consent import Extract
from support.sharing import SharedWithMe
from support.sharing_decisions import Report

_LONGEST = 500
NOTHING = (
    "Nothing is shared with you at present. When a personal tutor shares an action of a support plan with you, it "
    "stands here: what is to be done, for whom, by when, and why you are needed. The student has said yes to each, "
    "and you see nothing else of the plan."
)


def summary(shared: Sequence[SharedWithMe], today: date) -> str:
    """`2 actions are shared with you, the soonest due first. 1 of them was due before today.`"""
    if not shared:
        return ""
    number = len(shared)
    first = ", the soonest due first" if number > 1 else ""
    said = f"{words.of(number, 'action')} {'is' if number == 1 else 'are'} shared with you{first}."
    if late := sum(one.due < today for one in shared):
        said += f" {late} of them {'was' if late == 1 else 'were'} due before today."
    return said


def show(
    shared: Sequence[SharedWithMe], extracts: Sequence[Extract], terms: Sequence[str], today: date
) -> Report | None:
    """The cards, or what will stand here; what the adviser reported in this run.

    `extracts` are sentences that the student consented to; `terms` are the words of policy that look sensitive.
    """
    if not shared:
        st.info(NOTHING, icon=":material/inbox:")
        return None
    st.markdown(summary(shared, today))
    decided: Report | None = None
    for one in shared:
        with st.container(border=True, key=f"shared-{one.share}"):
            since = ", still open" if one.due < today else ""
            st.markdown(
                f"**{plain(one.text)}**  \nFor **{plain(one.student)}**, by {full(one.due)}{since}  \n"
                f"Why you are needed: “{plain(one.necessity)}”  \n"
                f":gray[Shared by {plain(one.shared_by)} on {full(london_day(one.shared_at))}]"
            )
            if one.disputed:
                st.caption(
                    f":orange-badge[disputed] {plain(one.student)} says since {full(one.disputed)} that it is wrong."
                )
            for extract in (each for each in extracts if each.share == one.share):
                st.info(
                    f"With the student’s consent, for this action alone: {plain(extract.text)}",
                    icon=":material/verified_user:",
                )
            decided = _report(one, terms) or decided
    return decided


def _report(one: SharedWithMe, terms: Sequence[str]) -> Report | None:
    key = f"report-{one.share}"
    with (
        st.expander("Say what came of it", icon=":material/reply:", key=key),
        st.form(f"{key}-form", border=False),
    ):
        typed = st.text_area("What came of it", max_chars=_LONGEST, height=80, key=f"{key}-text") or ""
        asked = sensitive.ask(typed, terms, key=f"{key}-kept")
        st.caption(
            f"{plain(one.student)} and {plain(one.shared_by)} read it. Then you see this action no longer."
        )
        with st.container(horizontal=True):
            finished = st.form_submit_button("It is done", type="primary")
            back = st.form_submit_button("Hand it back, not done")
        if (finished or back) and not typed.strip():
            st.error("Please say what came of it, in a few words.")
    if not (finished or back) or not typed.strip() or not asked.settled:
        return None
    return Report(one.share, one.student_id, typed, finished, asked.why)
