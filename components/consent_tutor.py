"""Consent and sensitive notes of one student, for their tutor: ask, write, pass sentences on, and no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from components import day_box
from components.consent_words import BADGES, covers, ledger
from components.plain import plain
from engagement import words
from policy.days import london_day
from privacy.consent import LONGEST, SHORTEST, Consent, SensitiveNote, State, Wanted, sentences
from privacy.consent_decisions import Ask, Decision, ShareExtract, TakeBack, Write
from support.action import Adviser
from support.plan import Plan
from support.sharing import Shareable

WHY = (
    "Ask only if it would help the student to have it written down, relating perhaps to health or disability. They "
    "decide on their own page. Without their yes, nothing of it may be written here, in a note or anywhere else."
)
_TOLD_YOU = (
    "If the student tells you or writes to you that they take it back, tell information compliance at once: it ends "
    "as they enter it. On the page My consent the student ends it themselves."
)
NO_PLAN = (
    "Consent is always for a support plan that the student has agreed to. There is none in force at present."
)


@dataclass(frozen=True)
class Choices:
    """What a tutor can choose from: plans in force, advisers of today, and the actions that are shared."""

    plans: Sequence[Plan]
    advisers: Sequence[Adviser]
    shareables: Sequence[Shareable]


def show(
    consents: Sequence[Consent],
    notes: Mapping[int, Sequence[SensitiveNote]],
    choices: Choices,
    name: str,
    today: date,
) -> Decision | None:
    """All of it; what was decided in this run. `notes` are those the tutor may read, by consent."""
    decided: Decision | None = None
    for one in consents:
        with st.container(border=True, key=f"consent-{one.id}"):
            st.markdown(f"{BADGES[one.state]}\n\n{covers(one)}")
            if one.waits and st.button("Ask no more", key=f"consent-back-{one.id}"):
                decided = TakeBack(one.id)
            if one.state is State.GIVEN:
                st.caption(_TOLD_YOU)
            if one.holds:
                decided = _written(one, notes.get(one.id), choices) or decided
            elif one.locked:
                st.caption("What was written under it is shut, and is or will be destroyed.")
            with st.expander("What was done when", icon=":material/history:", key=f"ledger-{one.id}"):
                st.markdown(ledger(one))
    return _ask(len(consents), choices, name, today) or decided


def _written(one: Consent, notes: Sequence[SensitiveNote] | None, choices: Choices) -> Decision | None:
    if notes is None:
        st.caption(
            "The student’s consent does not name you: you see that it is there, and nothing written under it."
        )
        return None
    decided: Decision | None = None
    running = {each.share.id: each for each in choices.shareables if each.share}
    for note in notes:
        on = london_day(note.at)
        st.markdown(f":gray[{plain(note.author)}, {words.day(on)} {on.year}]  \n{plain(note.text)}")
        for extract in note.extracts:
            st.caption(f"{plain(extract.adviser)} reads: “{plain(extract.text)}”")
        if running:
            decided = _pass_on(note, running) or decided
    with st.form(f"sensitive-new-{one.id}-{len(notes)}", border=False):
        text = st.text_area(
            "Write under this consent", max_chars=4000, key=f"sensitive-text-{one.id}-{len(notes)}"
        )
        st.caption("Only what the student agreed to. It is kept encrypted; they read every word.")
        sent = st.form_submit_button("Keep it")
    return Write(one.id, text) if sent and (text or "").strip() else decided


def _pass_on(note: SensitiveNote, running: Mapping[int, Shareable]) -> Decision | None:
    parts = sentences(note.text)
    key = f"extract-{note.id}-{len(note.extracts)}"
    with (
        st.expander("Pass sentences on to an adviser", icon=":material/share:", key=key),
        st.form(f"{key}-form", border=False),
    ):
        share = st.selectbox(
            "For which action",
            list(running),
            format_func=lambda one: f"{running[one].adviser}: {running[one].text}",
            key=f"{key}-share",
        )
        chosen = st.multiselect(
            "Which sentences", range(len(parts)), format_func=lambda n: parts[n], key=f"{key}-parts"
        )
        need = st.text_input("Why it is essential for this action", max_chars=300, key=f"{key}-need")
        sent = st.form_submit_button("Pass on")
    return ShareExtract(note.id, share, tuple(chosen), need or "") if sent and share else None


def _ask(made: int, choices: Choices, name: str, today: date) -> Decision | None:
    plans = {one.id: one.aim for one in choices.plans if one.in_force}
    with st.expander(f"Ask {plain(name)} for consent", icon=":material/verified_user:", expanded=not made):
        st.markdown(WHY)
        if not plans:
            st.caption(NO_PLAN)
            return None
        with st.form(f"consent-ask-{made}", border=False, width=760):
            plan = st.selectbox(
                "For which plan", list(plans), format_func=plans.__getitem__, key=f"ask-plan-{made}"
            )
            what = st.text_input(
                "What would be written down",
                max_chars=LONGEST,
                key=f"ask-what-{made}",
                placeholder="The kind of information, not the information itself",
            )
            why = st.text_input("What for", max_chars=LONGEST, key=f"ask-why-{made}")
            advisers = {one.id: one.name for one in choices.advisers}
            named = st.multiselect(
                "Who else may read of it, where an action needs it",
                list(advisers),
                format_func=advisers.__getitem__,
                key=f"ask-who-{made}",
                placeholder="Nobody else",
            )
            signed = st.checkbox(
                "The student has signed this text on paper in a meeting", key=f"ask-signed-{made}"
            )
            on = day_box.ask("Day of the meeting, if so", today, key=f"ask-day-{made}")
            sent = st.form_submit_button("Ask the student", type="primary")
            st.caption(f"What and what for need at least {SHORTEST} characters. The student reads both.")
        if not sent:
            return None
        try:
            met = day_box.read(on) if signed else None
        except ValueError as fault:
            st.error(str(fault))
            return None
        return Ask(Wanted(plan, what or "", why or "", tuple(named)), met, "signed on paper")


def stands(consents: Sequence[Consent]) -> str:
    """A line for the page of support plans: how many consents hold and how many wait; empty for none."""
    holding = sum(one.holds for one in consents)
    waits = sum(one.state in (State.ASKED, State.SIGNED) for one in consents)
    parts = [f"{holding} given"] * bool(holding) + [f"{waits} waiting for the student"] * bool(waits)
    return ", ".join(parts)
