"""The forms in which a tutor writes a plan down, from nothing or from a template, and changes its text."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from components import begun, day_box, plan_fields, sensitive
from components.begun import Seen
from components.plan_choices import Choices
from components.plan_words import full
from policy.plans import Template
from support.party import Party
from support.plan import Plan
from support.plan_decisions import Draft, Save

_ROWS = 3
_FROM_NOTHING = "Nothing: I write it myself"


def box(student: str, choices: Choices, plans: Sequence[Plan], today: date) -> Draft | None:
    """The form of a new plan in its box, open while there is no plan."""
    with st.expander("Write a support plan", icon=":material/edit_square:", expanded=not plans):
        return fresh(student, choices, len(plans), today)


def fresh(student: str, choices: Choices, made: int, today: date, meeting: int | None = None) -> Draft | None:
    """The form of a new plan for the student of this name; the draft, once it was sent.

    `made` is the number of plans there are: another form once one is kept.
    """
    templates = {one.name: one for one in choices.rules.template}
    name = st.selectbox("Begin from", [_FROM_NOTHING, *templates], key=f"template-{made}", width=500)
    begin = templates.get(name or "")
    key = f"{made}-{name}"
    with st.form(f"plan-{key}", width=900):
        aim = st.text_area(
            "What you both want to reach",
            begin.aim if begin else "",
            max_chars=plan_fields.LONGEST,
            key=f"aim-{key}",
            height=80,
            placeholder="In words that the student would use. They read everything here.",
        )
        asked = sensitive.ask(aim or "", choices.rules.tripwire.terms, key=f"aim-why-{key}")
        rows = _rows(student, choices, begin, key, today)
        ahead = today + timedelta(days=choices.rules.review_days)
        review = day_box.ask("You look at it again together on", ahead, key=f"review-{key}", filled=True)
        sent = st.form_submit_button("Keep as a draft", type="primary")
        st.caption("Please keep health and other sensitive matters out of a plan: it works without them.")
    if not sent:
        return None
    on = plan_fields.day(review)
    faults = [fault for _, fault in rows if fault]
    if on is None or on <= today:
        faults.append(plan_fields.AHEAD)
    if not (aim or "").strip():
        faults.append("Please write what you both want to reach.")
    for fault in dict.fromkeys(faults):
        st.error(fault)
    if faults or not asked.settled or on is None:
        return None
    wanted = tuple(one for one, _ in rows if one)
    return Draft(aim or "", on, wanted, meeting, asked.why)


def _rows(
    student: str, choices: Choices, begin: Template | None, key: str, today: date
) -> list[plan_fields.Row]:
    owners = choices.owners(Party.TUTOR, student)
    actions = begin.action if begin else ()
    labels = ["First action", "Second action", "Third action", *(f"Action {n}" for n in range(4, 20))]
    return [
        plan_fields.action(
            owners,
            choices,
            today,
            key=f"{key}-{n}",
            begin=actions[n] if n < len(actions) else None,
            label=labels[n],
        )
        for n in range(max(_ROWS, len(actions)))
    ]


def change(plan: Plan, choices: Choices, seen: Seen, today: date) -> Save | None:
    """The aim and the day of the review, to be changed by the tutor; the words of another stand beside them."""
    key = f"plan-text-{plan.id}"
    then: Plan = seen.get(key, plan)
    box = st.expander(
        "Change the aim or the day",
        icon=":material/edit:",
        on_change="rerun",
        key=f"{key}-{then.version}",
    )
    if not box.open:
        begun.over(seen, key)
        return None
    begun.since(seen, key, plan)
    with box, st.form(f"{key}-form-{then.version}", border=False):
        if plan.in_force:
            st.caption(f"What you change is proposed again: {plan.student} agrees anew.")
        aim = st.text_area(
            "What you both want to reach",
            then.aim,
            max_chars=plan_fields.LONGEST,
            key=f"{key}-aim-{then.version}",
            height=80,
        )
        review = day_box.ask(
            "You look at it again together on", then.review_on, key=f"{key}-on-{then.version}", filled=True
        )
        asked = sensitive.ask(
            aim or "", choices.rules.tripwire.terms, key=f"{key}-why-{then.version}", before=plan.aim
        )
        theirs = f"{plan.aim} (to be looked at again on {full(plan.review_on)})"
        read = begun.both_read(seen, key, then.version, plan.version, theirs)
        sent = st.form_submit_button("Save", type="primary")
    on = plan_fields.day(review)
    if sent and (on is None or on <= today):
        st.error(plan_fields.AHEAD)
        return None
    if not (sent and on and read and asked.settled and (aim or "").strip()):
        return None
    begun.over(seen, key)
    return Save(plan.id, plan.version, aim or "", on, asked.why)
