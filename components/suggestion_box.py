"""Suggestions to talk about one student: what each rests on, its answer, and what became of the earlier ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from components import correct_link
from components.plain import plain
from engagement import words
from engagement.evidence import evidence
from engagement.standing import Standing
from engagement.suggestion import SAID, Rule, State, Suggestion
from engagement.timeline import Timeline
from policy.days import london_day
from policy.engagement import Engagement
from privacy.dispute import TAUGHT, Kind

_LONGEST = 500
_RESTS_ON = {
    Rule.MISSING: (Kind.WORK,),
    Rule.ATTENDANCE: (Kind.ATTENDANCE,),
    Rule.QUIET: TAUGHT,
    Rule.FALL: TAUGHT,
}
"""What a suggestion rests on, to be corrected."""


@dataclass(frozen=True)
class Answered:
    """A person's answer to one suggestion; the grounds were opened at `opened_at`."""

    suggestion: int
    state: State
    reason: str
    opened_at: datetime | None


@dataclass(frozen=True)
class PutAway:
    """One suggestion is to go out of the viewer's own sight, or to come back into it."""

    suggestion: int
    hidden: bool


def asked(
    of: Timeline, rules: Engagement, opened: dict[int, datetime], at: datetime
) -> Answered | PutAway | None:
    """The suggestions that ask for something, for a tutor; what the tutor decided in this run.

    `opened` remembers from run to run when what each rests on was opened.
    """
    name = of.given_name
    asking = [one for one in of.suggestions if one.asks]
    answers = [_one(one, _standing(one, of.standings), name, rules, opened, at) for one in asking]
    return next((answer for answer in answers if answer), None)


def told(of: Timeline, rules: Engagement) -> None:
    """The same suggestions for the student, in the same words, with what a tutor answered; filled when opened."""
    asking = [one for one in of.suggestions if one.asks]
    if not asking:
        return
    number = words.of(len(asking), "suggestion")
    box = st.expander(
        f"Your tutor sees {number} to talk with you",
        icon=":material/forum:",
        on_change="rerun",
        key="suggested",
    )
    if not box.open:
        return
    box.markdown(
        "Your personal tutor reads the same sentences. Nothing else follows from them: a person decides whether to "
        "offer you a conversation, and you decide whether you want one."
    )
    for one in asking:
        place = box.container(border=True)
        place.markdown(f"{plain(one.sentence)}  \n:gray[{_state(one)}]")
        place.markdown(_evidence(one, _standing(one, of.standings), rules))
        place.markdown(correct_link.below(_RESTS_ON[one.finding.rule]))


def earlier(suggestions: Sequence[Suggestion]) -> None:
    """What became of suggestions that ask for nothing any more, for both; filled when opened."""
    over = [one for one in suggestions if not one.asks]
    if not over:
        return
    box = st.expander(
        f"Earlier suggestions to talk ({len(over)})",
        icon=":material/history:",
        on_change="rerun",
        key="earlier",
    )
    if box.open:
        for one in over:
            box.markdown(f"{plain(one.sentence)}  \n{_state(one)}")


def _standing(one: Suggestion, standings: Sequence[Standing]) -> Standing:
    """The standing on the course that it is about."""
    return next((standing for standing in standings if standing.course == one.course), standings[0])


def _one(
    one: Suggestion,
    standing: Standing,
    given_name: str,
    rules: Engagement,
    opened: dict[int, datetime],
    at: datetime,
) -> Answered | PutAway | None:
    with st.container(border=True, key=f"suggestion-{one.id}"):
        if one.hidden:
            return _hidden(one)
        waits = f", for {words.of(one.waited, 'working day')}" if one.unanswered and one.waited else ""
        st.markdown(f"**Suggestion to talk.** {plain(one.sentence)}  \n{_state(one)}{waits}")
        box = st.expander(
            "What it rests on, and your answer" if one.unanswered else "What it rests on",
            icon=":material/fact_check:",
            on_change="rerun",
            key=f"grounds-{one.id}",
        )
        if not box.open:
            return None
        with box:
            st.markdown(_evidence(one, standing, rules))
            return _answer(one, given_name, opened.setdefault(one.id, at))


def _answer(one: Suggestion, given_name: str, opened: datetime) -> Answered | PutAway | None:
    reason = st.text_area(
        "Your reason, in a few words",
        key=f"reason-{one.id}",
        max_chars=_LONGEST,
        help=f"{plain(given_name)} reads it too: nothing here is for staff only.",
        placeholder=f"{given_name} reads this too.",
    )
    with st.container(horizontal=True):
        talk = one.unanswered and st.button(
            f"I will talk with {plain(given_name)}", type="primary", key=f"talk-{one.id}"
        )
        no = st.button("No conversation needed", key=f"no-{one.id}")
        away = st.button("Hide for me", type="tertiary", key=f"hide-{one.id}")
    if talk or no:
        return Answered(one.id, State.CONFIRMED if talk else State.DISMISSED, reason, opened)
    return PutAway(one.id, hidden=True) if away else None


def _hidden(one: Suggestion) -> PutAway | None:
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.caption(f"You have hidden a suggestion to talk of {words.day(london_day(one.raised_at))}.")
    return (
        PutAway(one.id, hidden=False)
        if right.button("Show it", type="tertiary", key=f"show-{one.id}")
        else None
    )


def _evidence(one: Suggestion, standing: Standing, rules: Engagement) -> str:
    return "\n".join(f"- {plain(line)}" for line in evidence(one, standing, rules))


def _state(one: Suggestion) -> str:
    """Since when it stands, and the last answer of a person with its reason."""
    since = f"Since {words.day(london_day(one.raised_at))}: {SAID[one.state]}"
    answered = [step for step in one.steps if step.by]
    if not answered:
        return since
    last = answered[-1]
    said = f": “{plain(last.reason)}”" if last.reason else ""
    return f"{since}. {plain(last.by)}, {words.day(london_day(last.at))}{said}"
