"""Meetings as cards: what is planned, what took place, and what became of each; and the form of a contact."""

from collections.abc import Sequence
from datetime import date, datetime, time

import streamlit as st

from components import day_box, plan_fields, sensitive
from components.plain import plain
from engagement import words
from policy.days import LONDON, london_day
from support.conversation_decisions import Ask, Cancel, Decision, Hold, Miss, Record
from support.meeting import Meeting, Missed, State
from support.offer import Format, Slot

_SAID = 300
_LONGEST = 1000


def show(meetings: Sequence[Meeting], at: datetime, terms: Sequence[str], *, tutor: bool) -> Decision | None:
    """Planned meetings with what can be done about each, then the others; what was decided in this run."""
    decided: Decision | None = None
    for one in sorted(meetings, key=lambda each: each.starts_at):
        if one.state is State.PLANNED:
            with st.container(border=True, key=f"meeting-{one.id}"):
                st.markdown(_told(one, tutor=tutor))
                decided = _answer(one, at, terms, tutor=tutor) or decided
    past = [one for one in meetings if one.state is not State.PLANNED]
    if past:
        with st.expander(f"Conversations so far ({len(past)})", icon=":material/forum:"):
            for one in past:
                st.markdown(_became(one))
                decided = (_after_all(one) if tutor else None) or decided
    return decided


def held(meetings: Sequence[Meeting]) -> dict[int, str]:
    """Those that took place, by their number, as a form names them."""
    return {
        one.id: f"{one.format.value.capitalize()}, {words.short_day(london_day(one.starts_at))}"
        for one in meetings
        if one.state is State.HELD
    }


def contact(today: date, made: int, terms: Sequence[str]) -> Record | None:
    """The form, in its box, of a contact that was not planned here; another form once it is sent."""
    box = st.expander("Record a contact", icon=":material/edit_note:")
    with box, st.form(f"contact-{made}", width=760):
        st.markdown(
            "A word in the corridor counts as well as a long talk: write down that you were in touch."
        )
        how = st.radio("How", list(Format), format_func=_capital, horizontal=True, key=f"contact-how-{made}")
        day, hour = st.columns(2)
        with day:
            typed = day_box.ask("Day", today, key=f"contact-day-{made}", filled=True)
        began = hour.time_input("Time", time(10), step=900, key=f"contact-time-{made}")
        said = st.text_area(
            "In a few words",
            max_chars=_LONGEST,
            placeholder="The student reads this too.",
            key=f"contact-said-{made}",
        )
        asked = sensitive.ask(said or "", terms, key=f"contact-kept-{made}")
        sent = st.form_submit_button("Record the contact", type="primary")
        on = plan_fields.day(typed)
        if sent and on is None:
            st.error(day_box.HELP)
    if not (sent and asked.settled and how and on):
        return None
    return Record(Slot(0, datetime.combine(on, began, LONDON), 15), how, said or "", asked.why)


def ask(made: int, terms: Sequence[str]) -> Ask | None:
    """The form of a student who would like to talk; another form once it is sent."""
    with st.form(f"ask-{made}", width=760):
        ways: list[Format] = list(Format)
        how = st.radio("How would you like to talk?", ways, format_func=_capital, horizontal=True)
        text = st.text_area(
            "What would you like to talk about?",
            max_chars=_LONGEST,
            placeholder="A few words are enough. You need not say anything about your health.",
            key=f"ask-text-{made}",
        )
        asked = sensitive.ask(text or "", terms, key=f"ask-kept-{made}")
        sent = st.form_submit_button("Ask for a conversation", type="primary")
    return Ask(text or "", how, asked.why) if sent and asked.settled else None


def _told(one: Meeting, *, tutor: bool) -> str:
    where = f", {plain(one.place)}" if one.place else ""
    # A tutor may look at a meeting of the colleague for whom they cover, or who was the tutor before.
    student = f" of {plain(one.student)}" if tutor else ""
    return f"**Conversation{student} with {plain(one.tutor)}**  \n{_when(one)}, {one.format.value}{where}"


def _when(one: Meeting) -> str:
    return Slot(one.id, one.starts_at, one.minutes).said


def _became(one: Meeting) -> str:
    last = one.steps[-1] if one.steps else None
    said = f"  \n“{plain(last.said)}”" if last and last.said and one.missed is None else ""
    why = f": {one.missed.value}" if one.missed else ""
    on = words.short_day(london_day(one.starts_at))
    return f"{on}, {one.format.value} with {plain(one.tutor)}: {one.state.value}{why}{said}"


def _answer(one: Meeting, at: datetime, terms: Sequence[str], *, tutor: bool) -> Decision | None:
    if one.starts_at <= at:
        if not tutor:
            st.caption("Your tutor has not recorded yet whether it took place.")
        return _afterwards(one) if tutor else None
    with st.expander("Call it off"), st.form(f"cancel-{one.id}"):
        said = st.text_input("A word, if you like", max_chars=_SAID, key=f"cancel-said-{one.id}")
        asked = sensitive.ask(said or "", terms, key=f"cancel-kept-{one.id}")
        sent = st.form_submit_button("Call it off")
    return Cancel(one.id, said or "", asked.why) if sent and asked.settled else None


def _afterwards(one: Meeting) -> Decision | None:
    if st.button("It took place", type="primary", key=f"held-{one.id}"):
        return Hold(one.id)
    with st.expander("It did not take place"), st.form(f"missed-{one.id}"):
        why = st.radio(
            "Why", list(Missed), format_func=lambda each: each.value.capitalize(), key=f"why-{one.id}"
        )
        sent = st.form_submit_button("Record it")
    return Miss(one.id, why) if sent and why else None


def _after_all(one: Meeting) -> Hold | None:
    """A meeting that was recorded as not held can be put right."""
    right = one.state is State.MISSED and st.button(
        "It took place after all", type="tertiary", key=f"after-all-{one.id}"
    )
    return Hold(one.id) if right else None


def _capital(how: Format) -> str:
    return how.value.capitalize()
