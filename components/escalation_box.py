"""A student passed on to a senior tutor: the tutor's side, which asks and takes back, and the student's."""

from collections.abc import Sequence

import streamlit as st

from components import reason_box
from components.plain import plain
from components.plan_words import full
from policy.days import london_day
from support.escalation import Escalation, SeniorTutor
from support.escalation_decisions import Decision, End, PassOn
from support.sharing import SHORTEST

_TOO_SHORT = f"Please write at least {SHORTEST} characters. The student reads it too."


def of_tutor(
    passed: Sequence[Escalation], colleagues: Sequence[SeniorTutor], student: str, terms: Sequence[str]
) -> Decision | None:
    """Whether the student is passed on now, to whom and why, or the way to do so; what was decided in this run.

    `colleagues` are the senior tutors of today, `student` is the student's name, `terms` the words of policy
    that look sensitive.
    """
    decided: Decision | None = None
    running = [one for one in passed if one.runs]
    for one in running:
        with st.container(border=True, key=f"passed-on-{one.id}"):
            st.markdown(
                f":blue-badge[passed on] to **{plain(one.senior_tutor)}**, senior tutor, since "
                f"{full(london_day(one.raised_at))}: “{plain(one.reason)}”  \n{plain(one.senior_tutor)} reads the "
                "timeline, plans and notes until one of you ends it."
            )
            if one is running[-1]:
                decided = end("Take it back", student, terms, key=f"take-back-{one.id}")
    if not running:
        decided = _pass_on(colleagues, student, terms, made=len(passed))
    _earlier(passed)
    return decided


def of_student(passed: Sequence[Escalation]) -> None:
    """The same for the student: who was asked to help, why, and what came of it; nothing where nobody was."""
    for one in passed:
        if one.runs:
            with st.container(border=True, key=f"passed-on-{one.id}"):
                st.markdown(
                    f"**{plain(one.raised_by)} has asked {plain(one.senior_tutor)}, a senior tutor, to help,** since "
                    f"{full(london_day(one.raised_at))}: “{plain(one.reason)}”  \n{plain(one.senior_tutor)} sees "
                    "what your tutor sees: your engagement, your plans and the notes you both read. It ends when one "
                    "of them ends it, and what came of it will stand here."
                )
    _earlier(passed)


def end(label: str, student: str, terms: Sequence[str], *, key: str) -> End | None:
    """The form that ends it, for the tutor and the senior tutor alike."""
    with (
        st.expander(label, icon=":material/task_alt:", key=key),
        st.form(f"{key}-form", border=False),
    ):
        came = reason_box.ask("What came of it", terms, key=key)
        st.caption(
            f"{plain(student)} and both tutors read it. Then the senior tutor sees the student no longer."
        )
        sent = reason_box.sent("End it", came, _TOO_SHORT)
    return End(came.text, came.why_kept) if sent else None


def _pass_on(
    colleagues: Sequence[SeniorTutor], student: str, terms: Sequence[str], made: int
) -> PassOn | None:
    key, names = f"pass-on-{made}", {one.id: one.name for one in colleagues}
    box = st.expander("Pass on to a senior tutor", icon=":material/escalator_warning:", key=key)
    if not names:
        box.markdown("No colleague is a senior tutor at present. Your administrators give that role.")
        return None
    with box, st.form(f"{key}-form", border=False):
        chosen = st.selectbox(
            "Senior tutor",
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder="Choose a colleague",
            key=f"{key}-to",
        )
        reason = reason_box.ask("Why", terms, key=key)
        st.caption(
            f"The senior tutor reads the timeline, plans and notes of {plain(student)} until one of you ends it. "
            f"{plain(student)} reads to whom and why."
        )
        sent = reason_box.sent("Pass on", reason, _TOO_SHORT)
        if sent and not chosen:
            st.error("Please choose a senior tutor.")
    return PassOn(chosen, reason.text, reason.why_kept) if sent and chosen else None


def _earlier(passed: Sequence[Escalation]) -> None:
    """What came of it before, for both."""
    over = [one for one in passed if not one.runs]
    if not over:
        return
    with st.expander(f"Earlier help by a senior tutor ({len(over)})", icon=":material/history:"):
        for one in over:
            until = full(london_day(one.ended_at)) if one.ended_at else "its end"
            st.markdown(
                f"{plain(one.senior_tutor)}, from {full(london_day(one.raised_at))} to {until}: "
                f"“{plain(one.reason)}”  \nWhat came of it: “{plain(one.outcome)}”"
            )
