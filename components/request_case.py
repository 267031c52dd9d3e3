"""One open request on an officer's page: what was asked, its clock, its steps, and everything that can be done."""

from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from components import pack_box, request_letter, request_search, request_step, request_unused
from components.plain import plain
from components.plan_words import full
from components.request_list import due
from components.rights_words import moment
from policy.institution import Institution
from policy.rights import Rights
from privacy.bank_holidays import BankHolidays
from privacy.case import Case
from privacy.case_decisions import Answering
from privacy.clock_words import explained
from privacy.mention import Mention
from privacy.pack_decisions import Decision
from privacy.pack_state import Copy
from privacy.request import Channel, Kind


def show(
    case: Case,
    copy: Copy | None,
    mentions: Sequence[Mention],
    ours: Institution,
    rights: Rights,
    today: date,
    at: datetime,
) -> Answering | Decision | None:
    """The whole request; what was decided in this run. `copy` is the one under way, `mentions` texts about others."""
    holidays = BankHolidays(rights.holidays)
    _asked(case, holidays, today)
    decided: Answering | Decision | None = request_unused.show(case, rights.days_before_use, at)
    if case.kind is Kind.ACCESS:
        if not case.marks_by:
            decided = request_search.show(case, mentions, today) or decided
        st.subheader("The copy", anchor=False)
        decided = pack_box.show(copy, case.student_id, at) or decided
    decided = request_letter.show(case, ours, holidays, today) or decided
    return request_step.show(case, today, at) or decided


def _asked(case: Case, holidays: BankHolidays, today: date) -> None:
    st.title(f"{case.what} {case.reference}", anchor=False)
    st.markdown(f"{due(case, today)} **{plain(case.student)}** · {case.state.words}")
    st.markdown(explained(case, holidays))
    if case.days.latest and case.days.latest != case.days.due:
        st.caption(
            f"Counted as the statute may also be read, the last day is {full(case.days.latest)}. "
            "Everybody works to the earlier one."
        )
    if case.about_team:
        st.warning(
            "This complaint is about the information compliance team: the data protection officer answers it."
        )
    came = "" if case.channel is Channel.HERE else f" {case.channel.words}."
    about = f" It is about {case.about}." if case.about else ""
    st.markdown(
        f"**What was asked.**{came}{about} " + (f"“{plain(case.text)}”" if case.text else "No words with it.")
    )
    for letter in case.letters:
        with st.expander(
            f"Letter of {moment(letter.sent_at)}: {letter.state.words.lower()}", icon=":material/mail:"
        ):
            st.text(letter.text)
    with st.expander(f"Each step ({len(case.steps)})", icon=":material/history:"):
        st.markdown("\n".join(f"- {_step(case, number)}" for number in range(len(case.steps))))


def _step(case: Case, number: int) -> str:
    step = case.steps[number]
    same = number > 0 and case.steps[number - 1].state is step.state
    what = "noted" if same else step.state.words.lower()
    by = f" ({plain(step.by)})" if step.by else ""
    why = f" {plain(' '.join(step.why.split()))}" if step.why else ""
    counts = "" if step.on == step.at.date() else f", counting from {full(step.on)}"
    return f"{moment(step.at)}{counts}: {what}{by}.{why}"
