"""Support plans: what is offered to tutees, what was said and agreed, who does it by when, and what becomes of it."""

import streamlit as st

import policy
from auth.refusals import Refusal
from auth.sessions import asking
from components import disputed_here, freshness, support_lists, tutor_support
from components.messages_preview import Writer
from components.plan_choices import Choices
from data_access import (
    accounts,
    dispute_tickets,
    escalations,
    meetings,
    offers,
    plan_actions,
    plans,
    sources,
    support_answers,
    support_decisions,
    support_records,
    tutees,
)
from pages import FOLDER
from policy.days import london_day
from privacy.dispute_decisions import KeepOwn
from support.decisions import Decision

HERE, TIMELINE = FOLDER / "tutor/support.py", FOLDER / "tutor/timeline.py"
viewer, at = asking()
student, part, ours = st.query_params.get("student"), st.query_params.get("part"), policy.current()
mine, writer = tutees.in_order(viewer, at), Writer(accounts.own(viewer, at).name, ours.messages)
seen = st.session_state.setdefault(f"begun-{student}", {})
decided: Decision | KeepOwn | None = None
if not student:
    st.title("Support plans", anchor=False)
    if chosen := support_lists.choose(mine):
        st.switch_page(HERE, query_params={"student": chosen})
    refused, today = st.container(), london_day(at)
    waiting = offers.waiting(viewer, at), meetings.planned(viewer, at), plans.unclosed(viewer, at)
    decided = support_lists.several(mine, len(waiting[0]), today, ours.plans.tripwire.terms, seen, writer)
    support_lists.show(*waiting, support_answers.news(viewer, at), today, HERE)
else:
    record = support_records.of(viewer, student, at)
    choices = Choices(plan_actions.advisers(viewer, student, at), ours.support, ours.plans)
    seniors = escalations.senior_tutors(viewer, student, at)
    tutee = next(one for one in mine if one.id == student)
    support_lists.heading(tutee, HERE, TIMELINE)
    refused = st.container()
    decided = disputed_here.answer(dispute_tickets.own(viewer, student, at), tutee.given_name)
    decided = tutor_support.show(record, tutee, choices, writer, seniors, seen, part, at) or decided
freshness.show(sources.freshness(viewer, at))
try:
    if decided:
        support_decisions.carry_out(viewer, student, decided, at)
        st.toast(decided.done, icon=":material/check:")
        st.rerun()
except Refusal as refusal:
    refused.error(refusal.sentence)
