"""Looking at a plan again, and closing it, by the tutor."""

from datetime import date, timedelta

import streamlit as st

from components import day_box, plan_fields, sensitive
from components.plan_choices import Choices
from support.plan import Outcome, Plan, State
from support.plan_decisions import Close, Review

_LONGEST = 1000


def review(plan: Plan, choices: Choices, today: date) -> Review | None:
    """What both said when they looked at it again, and when they do so next."""
    key = f"review-{plan.id}-{sum(step.state is State.REVIEWED for step in plan.steps)}"
    with (
        st.expander(
            "You have looked at it again",
            icon=":material/event_repeat:",
            expanded=plan.review_on <= today,
            key=key,
        ),
        st.form(f"{key}-form", border=False),
    ):
        student = _words(f"What {plan.student} says about it", f"{key}-student")
        tutor = _words("What you say about it", f"{key}-tutor")
        ahead = today + timedelta(days=choices.rules.review_days)
        on = day_box.ask("You look at it again on", ahead, key=f"{key}-on", filled=True)
        asked = sensitive.ask(f"{student}\n{tutor}", choices.rules.tripwire.terms, key=f"{key}-why")
        sent = st.form_submit_button("Keep it", type="primary")
        day = plan_fields.day(on)
        amiss = day is None or day <= today
        if sent and (amiss or not (student.strip() and tutor.strip())):
            st.error(plan_fields.AHEAD if amiss else "Please write down the words of both.")
    if not sent or day is None or amiss or not (student.strip() and tutor.strip() and asked.settled):
        return None
    return Review(plan.id, student, tutor, day, asked.why)


def close(plan: Plan, choices: Choices) -> Close | None:
    """The end of a plan, with what became of it; a draft is thrown away."""
    key = f"close-{plan.id}-{len(plan.steps)}"
    draft = plan.state is State.DRAFT
    label = "Throw the draft away" if draft else "Close the plan"
    with (
        st.expander(label, icon=":material/delete:" if draft else ":material/flag:", key=key),
        st.form(f"{key}-form", border=False),
    ):
        outcome: Outcome | None = Outcome.NOT_NEEDED
        said, asked = "", sensitive.Asked(settled=True)
        if not draft:
            outcome = st.radio(
                "What became of it, as you both see it",
                list(Outcome),
                index=None,
                format_func=lambda one: one.value[:1].upper() + one.value[1:],
                key=f"{key}-outcome",
            )
            said = st.text_input("In a few words", max_chars=plan_fields.LONGEST, key=f"{key}-said") or ""
            asked = sensitive.ask(said, choices.rules.tripwire.terms, key=f"{key}-why")
        sent = st.form_submit_button(label)
        if sent and outcome is None:
            st.error("Please choose what became of it.")
    return Close(plan.id, outcome, said, asked.why) if sent and outcome and asked.settled else None


def _words(label: str, key: str) -> str:
    typed = st.text_area(label, max_chars=_LONGEST, height=80, key=key)
    return typed or ""
