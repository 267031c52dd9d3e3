"""Offered conversations as cards: the tutor's side, and the student's with their answer."""

from collections.abc import Sequence
from datetime import date, datetime, time

import streamlit as st

from components import day_box, offer_form, plan_fields, sensitive
from components.begun import Seen
from components.plain import plain
from engagement import words
from policy.days import LONDON, london_day
from support.conversation_decisions import (
    Accept,
    CallOff,
    Counter,
    Decision,
    Decline,
    OfferTimes,
    Take,
    Withdraw,
)
from support.offer import OPEN, Offer, Slot, State

_SAID = 300
_PASSED = "This time has passed by now."


def of_tutor(offers: Sequence[Offer], at: datetime, terms: Sequence[str], seen: Seen) -> Decision | None:
    """The offers to one student that are open, for their tutor; what was decided in this run.

    `seen` remembers from run to run what was read before it is sent.
    """
    decided: Decision | None = None
    for one in offers:
        if one.state in OPEN:
            with st.container(border=True, key=f"offer-card-{one.id}"):
                st.markdown(_told(one, f"{plain(one.student)} asked for", times=True))
                decided = _tutors(one, at, terms, seen) or decided
    return decided


def of_student(offers: Sequence[Offer], at: datetime, terms: Sequence[str]) -> Decision | None:
    """The offers that are open, for the student; what was decided in this run."""
    decided: Decision | None = None
    for one in offers:
        if one.state in OPEN:
            with st.container(border=True, key=f"offer-card-{one.id}"):
                # While it is offered the times are there to choose.
                st.markdown(_told(one, "You asked for", times=one.state is not State.OFFERED))
                decided = _students(one, at, terms) or decided
    return decided


def earlier(offers: Sequence[Offer]) -> None:
    """What became of the others, for both; nothing where there are none."""
    over = [one for one in offers if one.state not in OPEN]
    if over:
        with st.expander(f"Earlier offers ({len(over)})", icon=":material/history:"):
            for one in over:
                last = one.steps[-1]
                said = f": “{plain(last.said)}”" if last.said else ""
                st.markdown(
                    f"{words.short_day(london_day(one.made_at))}, {one.format.value} with {plain(one.tutor)}  \n"
                    f"{one.state.value.capitalize()} on {words.short_day(london_day(last.at))}{said}"
                )


def _told(one: Offer, asked: str, *, times: bool) -> str:
    """What stands, the words, what is proposed since, and the times; `asked` begins it where the student did."""
    made = asked if one.by_student else f"{plain(one.tutor)} offers"
    parts = [f"**{made} a conversation**, {one.format.value}{', ' + plain(one.place) if one.place else ''}"]
    if one.text:
        parts.append(f"“{plain(one.text)}”")
    if one.state is State.COUNTERED:
        said = one.steps[-1].said
        parts.append(f"Another time is proposed{f': “{plain(said)}”' if said else '.'}")
    if times:
        parts.append("\n".join(f"- {slot.said}" for slot in one.slots))
    return "\n\n".join(parts)


def _tutors(one: Offer, at: datetime, terms: Sequence[str], seen: Seen) -> Decision | None:
    if one.state is State.COUNTERED:
        passed = not _coming(one, at)
        if passed:
            st.caption(_PASSED)
        if st.button("This time suits me", type="primary", disabled=passed, key=f"take-{one.id}"):
            return Take(one.id)
    if one.state is State.OFFERED:
        st.caption(f"Waits for the student since {words.short_day(london_day(one.steps[-1].at))}.")
    if one.state is not State.ASKED and st.button("Take it back", key=f"withdraw-{one.id}"):
        return Withdraw(one.id)
    if one.state is State.OFFERED:
        return None
    box = st.expander(
        "Offer times" if one.state is State.ASKED else "Offer other times", key=f"times-{one.id}"
    )
    with box:
        invitation = offer_form.show(f"of-{one.id}", "Send these times", london_day(at), terms, seen)
    return OfferTimes(one.id, invitation) if invitation else None


def _students(one: Offer, at: datetime, terms: Sequence[str]) -> Decision | None:
    if one.state is State.ASKED:
        st.caption("Your tutor has not offered a time yet.")
        return CallOff(one.id) if st.button("Take it back", key=f"call-off-{one.id}") else None
    if one.state is State.COUNTERED:
        st.caption("Your tutor has not answered yet.")
        return _decline(one, terms)
    return _accept(one, at) or _counter(one, london_day(at), terms) or _decline(one, terms)


def _accept(one: Offer, at: datetime) -> Accept | None:
    """The times that are still to come, to choose from; where there is none any more, that."""
    slots = {slot.id: slot.said for slot in _coming(one, at)}
    if not slots:
        st.caption(_PASSED)
        return None
    chosen = st.radio(
        "Which time suits you?", list(slots), format_func=slots.__getitem__, key=f"slot-{one.id}"
    )
    sent = st.button("I will come", type="primary", key=f"accept-{one.id}")
    return Accept(one.id, chosen) if sent and chosen is not None else None


def _coming(one: Offer, at: datetime) -> list[Slot]:
    return [slot for slot in one.slots if slot.starts_at > at]


def _counter(one: Offer, today: date, terms: Sequence[str]) -> Counter | None:
    box = st.expander("Another time would suit me better")
    with box, st.form(f"counter-{one.id}"):
        typed = day_box.ask("Day", today, key=f"other-day-{one.id}")
        at = st.time_input("Time", time(10), step=900, key=f"other-time-{one.id}")
        said = st.text_input("A word to your tutor, if you like", max_chars=_SAID, key=f"other-said-{one.id}")
        asked = sensitive.ask(said or "", terms, key=f"other-kept-{one.id}")
        sent = st.form_submit_button("Propose this time")
    if not asked.settled:
        return None
    on = plan_fields.day(typed)
    if sent and on:
        minutes = one.slots[0].minutes if one.slots else 30
        return Counter(one.id, datetime.combine(on, at, LONDON), minutes, said or "", asked.why)
    if sent:
        box.error(day_box.HELP)
    return None


def _decline(one: Offer, terms: Sequence[str]) -> Decline | None:
    box = st.expander("No, thank you")
    with box, st.form(f"decline-{one.id}"):
        st.markdown(
            "You need no reason, and nothing else follows from it. You can ask for a conversation any time."
        )
        said = st.text_input(
            "A word to your tutor, if you like", max_chars=_SAID, key=f"decline-said-{one.id}"
        )
        asked = sensitive.ask(said or "", terms, key=f"decline-kept-{one.id}")
        sent = st.form_submit_button("Decline")
    return Decline(one.id, said or "", asked.why) if sent and asked.settled else None
