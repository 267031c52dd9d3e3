"""The actions of a plan: what is to be done, by whom, by when, where it stands, and what the reader may do."""

from datetime import date

import streamlit as st

from components import begun, day_box, plan_fields, plan_words, sensitive
from components.begun import Seen
from components.plain import plain
from components.plan_choices import Choices
from support.action import BY, Action, State
from support.party import Party
from support.plan import TEXT_CHANGES, Plan
from support.plan_decisions import Add, Allow, Amend, Decision, Decline, Done, Drop, Reopen

_ICONS = {
    State.OPEN: ":material/radio_button_unchecked:",
    State.DONE: ":material/check_circle:",
    State.DECLINED: ":material/do_not_disturb_on:",
    State.DROPPED: ":material/remove_circle_outline:",
}


def show(plan: Plan, who: Party, choices: Choices, seen: Seen, today: date) -> Decision | None:
    """All actions of a plan for one side, with a form for another; what was decided in this run."""
    decided: Decision | None = None
    for action in plan.actions:
        with st.container(key=f"action-{action.id}", gap="small"):
            _told(action, plan, who, today)
            if plan.state in TEXT_CHANGES[who]:
                decided = _may(action, plan, who, choices, seen, today) or decided
    if plan.state in TEXT_CHANGES[who]:
        decided = _another(plan, who, choices, today) or decided
    return decided


def _told(action: Action, plan: Plan, who: Party, today: date) -> None:
    owner = plain(plan_words.owner(action, plan, who))
    shared = plan_words.shared(action)
    st.markdown(
        f"{_ICONS[action.state]} **{plain(action.text)}**  \n"
        f"{owner}, {plan_words.stands(action, today)}" + (f"  \n{plain(shared)}" if shared else "")
    )


def _may(
    action: Action, plan: Plan, who: Party, choices: Choices, seen: Seen, today: date
) -> Decision | None:
    """The buttons of one action that this side has in this state."""
    after = {to for before, to in BY[who] if before is action.state}
    decided: Decision | None = None
    with st.container(horizontal=True, key=f"may-{action.id}-{len(action.steps)}"):
        if State.DONE in after and plan.in_force and st.button("Done", key=f"done-{action.id}"):
            decided = Done(action.id, today)
        again = "Not done after all" if action.state is State.DONE else "Take it up again"
        if State.OPEN in after and st.button(again, type="tertiary", key=f"reopen-{action.id}"):
            decided = Reopen(action.id)
        if action.state is State.OPEN:
            decided = _amend(action, choices, seen, today) or decided
        if State.DECLINED in after:
            decided = _decline(action, choices) or decided
        if State.DROPPED in after and st.button("Take it out", type="tertiary", key=f"drop-{action.id}"):
            decided = Drop(action.id)
    if who is Party.STUDENT and plan.in_force and action.state is State.OPEN:
        decided = _allow(action) or decided
    return decided


def _amend(action: Action, choices: Choices, seen: Seen, today: date) -> Amend | None:
    key = f"action-text-{action.id}"
    then: Action = seen.get(key, action)
    box = st.popover("Change", on_change="rerun", key=f"{key}-{then.version}")
    if not box.open:
        begun.over(seen, key)
        return None
    begun.since(seen, key, action)
    with box, st.form(f"{key}-form-{then.version}", border=False):
        text = st.text_area(
            "What is to be done",
            then.text,
            max_chars=plan_fields.LONGEST,
            height=80,
            key=f"{key}-in-{then.version}",
        )
        due = day_box.ask("By", then.due, key=f"{key}-due-{then.version}", filled=True)
        terms = choices.rules.tripwire.terms
        asked = sensitive.ask(text or "", terms, key=f"{key}-why-{then.version}", before=action.text)
        theirs = f"{action.text} (by {plan_words.full(action.due)})"
        read = begun.both_read(seen, key, then.version, action.version, theirs)
        sent = st.form_submit_button("Save the change", type="primary")
        on = plan_fields.day(due)
        amiss = on is None or (on < today and on != action.due)
        if sent and amiss:
            st.error(plan_fields.AHEAD)
    if not (sent and on and not amiss and read and asked.settled and (text or "").strip()):
        return None
    begun.over(seen, key)
    return Amend(action.id, action.version, text or "", on, asked.why)


def _decline(action: Action, choices: Choices) -> Decline | None:
    key = f"decline-{action.id}-{len(action.steps)}"
    with st.popover("Leave it out", key=key), st.form(f"{key}-form", border=False):
        st.markdown("You need give no reason, and you can take it up again.")
        said = st.text_input("A word, if you like", max_chars=plan_fields.LONGEST, key=f"{key}-said") or ""
        asked = sensitive.ask(said, choices.rules.tripwire.terms, key=f"{key}-why")
        sent = st.form_submit_button("Leave it out", type="primary")
    return Decline(action.id, said, asked.why) if sent and asked.settled else None


def _allow(action: Action) -> Allow | None:
    """The student's own yes, un-ticked until they tick it."""
    if action.owner is not Party.ADVISER:
        return None
    yes = st.checkbox(
        f"{plain(action.owner_name)} may see this action and my name, and nothing else of the plan",
        value=action.may_share,
        key=f"allow-{action.id}-{action.may_share}",
    )
    return Allow(action.id, yes) if yes != action.may_share else None


def _another(plan: Plan, who: Party, choices: Choices, today: date) -> Add | None:
    key = f"another-{plan.id}-{len(plan.actions)}"
    with (
        st.expander("Add an action", icon=":material/add:", key=key),
        st.form(f"{key}-form", border=False),
    ):
        if plan.in_force and who is Party.TUTOR:
            st.caption(f"The plan is proposed again with it: {plan.student} agrees anew.")
        owners = choices.owners(who, plan.student if who is Party.TUTOR else plan.tutor)
        wanted, fault = plan_fields.action(owners, choices, today, key=key)
        sent = st.form_submit_button("Add it")
        if sent and fault:
            st.error(fault)
    return Add(plan.id, wanted) if sent and wanted else None
