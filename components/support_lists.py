"""What waits of conversations and plans with all tutees: a line each, and the way to the student."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import streamlit as st

from components import offer_form, plan_words, student_line, support_news
from components.begun import Seen
from components.messages_preview import Writer
from components.plain import plain
from components.support_tabs import PLANS, TALKS
from engagement import words
from engagement.suggestion import State as Suggested
from engagement.tutee import Tutee
from policy.days import LONDON, london_day
from support.action import State as ActionState
from support.conversation_decisions import SendToSeveral
from support.meeting import Meeting
from support.news import News
from support.offer import WAITS_FOR_TUTOR, Offer
from support.offer import State as OfferState
from support.party import Party
from support.plan import Plan, State

_NOTHING = (
    "Nothing waits at the moment. Choose a tutee to offer a conversation, to write down a support plan, "
    "or to record that you were in touch."
)
_WEEK = timedelta(days=6)
_Line = tuple[str, str, str, str]
"""A student's id and name, the part of their page, and what is to be said."""


def choose(tutees: Sequence[Tutee]) -> str | None:
    """All tutees by name; the id of the one that is chosen."""
    names = {tutee.id: tutee.name for tutee in tutees}
    chosen: str | None = st.selectbox(
        "Tutee", list(names), index=None, format_func=names.__getitem__, placeholder="Choose a tutee"
    )
    return chosen


def several(
    tutees: Sequence[Tutee], made: int, today: date, terms: Sequence[str], seen: Seen, writer: Writer
) -> SendToSeveral | None:
    """The form that offers the same times to several, each named; another form once it is sent.

    Those are chosen already whom the tutor decided to talk with, and has not offered it yet.
    """
    names = {tutee.id: tutee.name for tutee in tutees}
    answers = {tutee.id: confirmed(tutee) for tutee in tutees}
    box = st.expander("Offer a conversation to several tutees", icon=":material/group_add:")
    with box:
        chosen = st.multiselect(
            "To whom",
            list(names),
            [one for one in names if answers[one]],
            format_func=names.__getitem__,
            key=f"several-{made}",
            placeholder="Choose tutees",
        )
        st.caption(
            "Each gets a message of their own, and sees nobody else's. Whoever takes a time first has it."
        )
        first = next((one.given_name for one in tutees if one.id in chosen), "your tutee")
        look = partial(writer.look, name=first)
        invitation = offer_form.show(f"several-{made}", "Send the offers", today, terms, seen, look)
        if invitation and not chosen:
            st.error("Please choose at least one tutee.")
    return SendToSeveral(invitation, {one: answers[one] for one in chosen}) if invitation and chosen else None


def confirmed(tutee: Tutee) -> tuple[int, ...]:
    """The suggestions that the tutor has confirmed: an offer would answer them."""
    return tuple(one.id for one in tutee.suggestions if one.state is Suggested.CONFIRMED)


def heading(tutee: Tutee, here: Path, timeline: Path) -> None:
    """Whom it is about, and the ways on."""
    st.title(f"Support for {plain(tutee.name)}", anchor=False)
    with st.container(horizontal=True):
        st.page_link(here, label="Support plans", icon=":material/arrow_back:")
        asked = {"student": tutee.id}
        st.page_link(timeline, label="Engagement timeline", icon=":material/timeline:", query_params=asked)


def show(
    offers: Sequence[Offer],
    meetings: Sequence[Meeting],
    plans: Sequence[Plan],
    news: Sequence[News],
    today: date,
    page: Path,
) -> None:
    """What waits for the tutor, then what is new, the coming meetings, what waits for students, and what runs."""
    if not offers and not meetings and not plans:
        st.info(_NOTHING, icon=":material/event_available:")
    mine = [one for one in offers if one.state in WAITS_FOR_TUTOR]
    theirs = [one for one in offers if one.state not in WAITS_FOR_TUTOR]
    past = [one for one in meetings if london_day(one.starts_at) < today]
    coming = [one for one in meetings if london_day(one.starts_at) >= today]
    _list("These wait for you", [*map(_offer, mine), *map(_unrecorded, past), *_due(plans, today)], page)
    support_news.show(news, page)
    for title, lines in (
        ("Meetings", [(one.student_id, one.student, TALKS, _when(one)) for one in reversed(coming)]),
        ("These wait for the student", [*map(_offer, theirs), *_in_state(plans, State.PROPOSED)]),
        ("Drafts of yours", [*_in_state(plans, State.DRAFT)]),
        ("Plans that run", [*_running(plans)]),
    ):
        _list(title, lines, page)


def _list(title: str, lines: Sequence[_Line], page: Path) -> None:
    """A line for each, below its title; nothing where there is none."""
    if lines:
        st.subheader(title, anchor=False)
    for student, name, part, said in lines:
        student_line.show(page, (student, name), part, said, "person")


def _offer(one: Offer) -> _Line:
    asked = "would like to talk" if one.state is OfferState.ASKED else one.state.value
    return (
        one.student_id,
        one.student,
        TALKS,
        asked if one.state in WAITS_FOR_TUTOR else "conversation offered",
    )


def _unrecorded(one: Meeting) -> _Line:
    return one.student_id, one.student, TALKS, f"did it take place? {_when(one)}"


def _due(plans: Sequence[Plan], today: date) -> Iterator[_Line]:
    """Plans to be looked at again, open actions whose day has passed, and the tutor's own of this week."""
    for plan in plans:
        yield from _own(plan, today)
        if plan.in_force and plan.review_on <= today:
            said = f"look at the plan again, since {words.short_day(plan.review_on)}"
            yield plan.student_id, plan.student, PLANS, said
        late = [one for one in plan.actions if one.state is ActionState.OPEN and one.due < today]
        if plan.in_force and late:
            first = min(one.due for one in late)
            said = f"{words.of(len(late), 'action')} still open, since {words.short_day(first)}"
            yield plan.student_id, plan.student, PLANS, said


def _own(plan: Plan, today: date) -> Iterator[_Line]:
    for one in plan.actions if plan.in_force else ():
        mine = one.owner is Party.TUTOR and one.state is ActionState.OPEN
        if mine and today <= one.due <= today + _WEEK:
            said = f"for you to do by {words.short_day(one.due)}: “{one.text}”"
            yield plan.student_id, plan.student, PLANS, said


def _in_state(plans: Sequence[Plan], state: State) -> Iterator[_Line]:
    return (_plan(one, state.value) for one in plans if one.state is state)


def _running(plans: Sequence[Plan]) -> Iterator[_Line]:
    for plan in plans:
        if plan.in_force:
            yield _plan(plan, f"to be looked at again on {plan_words.full(plan.review_on)}")


def _plan(plan: Plan, said: str) -> _Line:
    return plan.student_id, plan.student, PLANS, f"“{plan.aim}”, {said}"


def _when(one: Meeting) -> str:
    starts = one.starts_at.astimezone(LONDON)
    return f"{starts:%a} {starts.day} {starts:%b}, {starts:%H:%M}, {one.format.value}"
