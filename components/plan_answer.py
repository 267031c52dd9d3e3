"""Agreement to a plan: the student's own, what was agreed in a meeting, and taking it back."""

from datetime import date

import streamlit as st

from components import day_box, plan_fields, sensitive
from components.begun import Seen
from components.plain import plain
from components.plan_choices import Choices
from support.action import State as ActionState
from support.party import Party
from support.plan import Outcome, Plan
from support.plan_decisions import Agree, Close, RecordAgreed, Undo


def agree(plan: Plan, seen: Seen) -> Agree | None:
    """The student's agreement, with a box for each action that may be shared, none of them ticked.

    `seen` remembers which wording stood on the page before this run: that, and no later one, is agreed to.
    """
    key = f"agree-{plan.id}"
    read, seen[key] = seen.get(key, plan.wording), plan.wording
    shareable = [one for one in plan.actions if one.owner is Party.ADVISER and one.state is ActionState.OPEN]
    with st.form(f"{key}-{plan.wording}", width=760):
        st.markdown(
            "**Does this plan suit you?** You can change an action or leave one out first. If you agree, it begins "
            "at once, and you can take your agreement back at any time."
        )
        ticked = [
            one.id
            for one in shareable
            if st.checkbox(
                f"{plain(one.owner_name)} may see “{plain(one.text)}” and my name, and nothing else of the plan",
                key=f"{key}-share-{one.id}-{plan.wording}",
            )
        ]
        if shareable:
            st.caption("You can agree to the plan without a tick here, and change each later.")
        sent = st.form_submit_button("I agree to this plan", type="primary")
    if sent and read != plan.wording:
        st.warning("The plan has changed since you opened this page. Please read it once more, then agree.")
        return None
    return Agree(plan.id, read, frozenset(ticked)) if sent else None


def record(plan: Plan, seen: Seen, today: date) -> RecordAgreed | None:
    """What was agreed when tutor and student met: where, and on which day."""
    key = f"record-{plan.id}"
    read, seen[key] = seen.get(key, plan.wording), plan.wording
    count = len(plan.steps)
    with (
        st.expander("You have agreed on it in a meeting", icon=":material/handshake:", key=f"{key}-{count}"),
        st.form(f"{key}-form-{count}", border=False),
    ):
        st.caption(
            f"{plan.student} is told, and can undo it. Only {plan.student} can say yes to sharing an action, here."
        )
        left, right = st.columns([3, 2])
        with left:
            place = st.text_input("Where", max_chars=100, key=f"{key}-place-{count}") or ""
        with right:
            on = day_box.ask("On which day", today, key=f"{key}-day-{count}", filled=True)
        sent = st.form_submit_button("Record the agreement", type="primary")
        day = plan_fields.day(on)
        amiss = day is None or day > today or not place.strip()
        if sent and amiss:
            st.error("Please write where you met, and the day, which is today or before.")
        if sent and read != plan.wording:
            st.warning("The plan has changed since you opened this page. Please read it once more.")
    if not sent or amiss or day is None or read != plan.wording:
        return None
    return RecordAgreed(plan.id, read, place, day)


def undo(plan: Plan, choices: Choices) -> Undo | None:
    """Taking the agreement back, by the student."""
    key = f"undo-{plan.id}-{len(plan.steps)}"
    with (
        st.expander("Take my agreement back", icon=":material/undo:", key=key),
        st.form(f"{key}-form", border=False),
    ):
        st.markdown("The plan is a proposal again, and nothing of it is shared any more, from this moment.")
        said = st.text_input("A word, if you like", max_chars=plan_fields.LONGEST, key=f"{key}-said") or ""
        asked = sensitive.ask(said, choices.rules.tripwire.terms, key=f"{key}-why")
        sent = st.form_submit_button("Take it back")
    return Undo(plan.id, said, asked.why) if sent and asked.settled else None


def stop(plan: Plan, choices: Choices) -> Close | None:
    """Ending a plan, by the student."""
    key = f"stop-{plan.id}-{len(plan.steps)}"
    with (
        st.expander("I do not want this plan", icon=":material/close:", key=key),
        st.form(f"{key}-form", border=False),
    ):
        st.markdown("The plan ends. Nothing else follows from it, and you need give no reason.")
        said = st.text_input("A word, if you like", max_chars=plan_fields.LONGEST, key=f"{key}-said") or ""
        asked = sensitive.ask(said, choices.rules.tripwire.terms, key=f"{key}-why")
        sent = st.form_submit_button("End the plan")
    return Close(plan.id, Outcome.STOPPED, said, asked.why) if sent and asked.settled else None
