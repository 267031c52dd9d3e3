"""Support plans as cards, the same text for both sides, each with what the reader may do about it."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components import action_list, before_after, plan_answer, plan_form, plan_paper, plan_review, plan_words
from components.begun import Seen
from components.plain import plain
from components.plan_choices import Choices
from support.before_after import BeforeAfter
from support.party import Party
from support.plan import Plan, State
from support.plan_decisions import Decision, Propose, TakeBack

_NOTHING = (
    "There is no support plan. After a conversation, you and your tutor can write down here what each of you will "
    "do, and when you look at it again. A plan holds only once you agree to it."
)


def show(
    plans: Sequence[Plan],
    effects: Mapping[int, BeforeAfter],
    who: Party,
    choices: Choices,
    seen: Seen,
    today: date,
) -> Decision | None:
    """The plans of one student for this side, the closed ones in a box of their own; what was decided in this run.

    `seen` remembers from run to run what was read when a form was opened.
    """
    decided: Decision | None = None
    if not plans and who is Party.STUDENT:
        st.markdown(_NOTHING)
    for plan in plans:
        if plan.state is not State.CLOSED:
            decided = _card(plan, effects.get(plan.id), who, choices, seen, today) or decided
    over = [plan for plan in plans if plan.state is State.CLOSED]
    if over:
        box = st.expander(
            f"Earlier plans ({len(over)})", icon=":material/history:", on_change="rerun", key="earlier-plans"
        )
        if box.open:
            with box:
                for plan in over:
                    _card(plan, effects.get(plan.id), who, choices, seen, today)
    return decided


def _card(
    plan: Plan, effect: BeforeAfter | None, who: Party, choices: Choices, seen: Seen, today: date
) -> Decision | None:
    with st.container(border=True, key=f"plan-card-{plan.id}"):
        sentences = (plan_words.state(plan, who), plan_words.review(plan, today))
        st.markdown(f"**Support plan: {plain(plan.aim)}** {plan_words.BADGES[plan.state]}")
        st.markdown("  \n".join(plain(said) for said in sentences if said))
        decided = action_list.show(plan, who, choices, seen, today)
        further = _tutors if who is Party.TUTOR else _students
        decided = further(plan, choices, seen, today) or decided
        if effect:
            before_after.show(effect, plan.id, who)
        _became(plan)
    return decided


def _tutors(plan: Plan, choices: Choices, seen: Seen, today: date) -> Decision | None:
    decided: Decision | None = None
    if plan.state is State.CLOSED:
        return None
    with st.container(horizontal=True):
        if plan.state is State.DRAFT and st.button(
            f"Propose it to {plain(plan.student)}", type="primary", key=f"propose-{plan.id}"
        ):
            decided = Propose(plan.id)
        if (
            plan.state is State.PROPOSED
            and plan.mine
            and st.button(
                "Take it back as a draft", icon=":material/undo:", key=f"back-{plan.id}-{len(plan.steps)}"
            )
        ):
            decided = TakeBack(plan.id)
    if plan.state in (State.DRAFT, State.PROPOSED):
        decided = plan_answer.record(plan, seen, today) or decided
    if plan.state is State.ACTIVE:
        decided = plan_review.review(plan, choices, today) or decided
    decided = plan_form.change(plan, choices, seen, today) or decided
    return plan_review.close(plan, choices) or decided


def _students(plan: Plan, choices: Choices, seen: Seen, today: date) -> Decision | None:
    if plan.state is State.PROPOSED:
        return plan_answer.agree(plan, seen) or plan_answer.stop(plan, choices)
    if plan.in_force:
        return plan_answer.undo(plan, choices) or plan_answer.stop(plan, choices)
    return None


def _became(plan: Plan) -> None:
    """What became of it and of its actions, with every earlier wording; and the way to paper."""
    box = st.expander(
        "What became of it", icon=":material/history:", on_change="rerun", key=f"became-{plan.id}"
    )
    if box.open:
        box.markdown("\n".join(f"- {plain(line)}" for line in plan_words.became(plan)))
        with box:
            plan_paper.link(plan)
