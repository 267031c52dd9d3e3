"""Plans and notes about one student, to be read by a colleague who decides nothing about them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from components import note_box, plan_words
from components.plain import plain
from policy.plans import Plans
from support.action import Action
from support.note import Note
from support.note import State as NoteState
from support.party import Party
from support.plan import Plan, State

NOTHING = "No plan and no note is shared between tutor and student yet."


def show(plans: Sequence[Plan], notes: Sequence[Note], rules: Plans, today: date) -> None:
    """All of it but drafts, which are their author's alone; what became of a plan is there when opened."""
    shown = [plan for plan in plans if plan.state is not State.DRAFT]
    theirs = [replace(note, mine=False) for note in notes if note.state is not NoteState.DRAFT]
    st.header("Plans and notes", anchor=False)
    if not shown and not theirs:
        st.markdown(NOTHING)
    for plan in shown:
        with st.container(border=True, key=f"plan-read-{plan.id}"):
            _plan(plan, today)
    note_box.show(theirs, Party.TUTOR, rules, {})


def _plan(plan: Plan, today: date) -> None:
    review = (
        "" if plan.state is State.CLOSED else f"Both look at it again on {plan_words.full(plan.review_on)}."
    )
    sentences = (plan_words.state(plan, Party.TUTOR), review)
    st.markdown(f"**Support plan: {plain(plan.aim)}** {plan_words.BADGES[plan.state]}")
    st.markdown("  \n".join(plain(said) for said in sentences if said))
    st.markdown("\n".join(f"- {_action(one, plan, today)}" for one in plan.actions))
    box = st.expander(
        "What became of it", icon=":material/history:", on_change="rerun", key=f"became-{plan.id}"
    )
    if box.open:
        box.markdown("\n".join(f"- {plain(line)}" for line in plan_words.became(plan)))


def _action(one: Action, plan: Plan, today: date) -> str:
    who = plain(plan_words.owner(one, replace(plan, mine=False), Party.TUTOR))
    shared = f" {plain(plan_words.shared(one))}" if one.share else ""
    return f"**{plain(one.text)}**: {who}, {plain(plan_words.stands(one, today))}.{shared}"
