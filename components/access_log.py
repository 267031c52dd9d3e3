"""The access log for information compliance: what stands out, a day of it, and whether its chain holds."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

import pandas as pd
import streamlit as st

from components.plain import plain
from engagement import words
from policy.access import Watch
from policy.days import LONDON
from privacy.logged import ACTIONS, Cut, Day, Entry, Wanted
from privacy.purposes import basis
from privacy.watching import Confirmations, Rule, Warned

NOTHING = "Nothing stands out in these days."
_SHOWN = 12  # letters of a pseudonym: enough to tell people apart
_ALLOWED = {"Allowed": True, "Refused": False}


def chain(anchored: datetime | None, lines: int) -> bool:
    """How far the log was when it was last written down elsewhere; whether to check the chain now."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if anchored is None:
            st.warning(
                "The log has never been anchored, so nobody would notice if its last lines were cut off. Ask "
                "whoever runs this server to let `manage.py audit anchor` run each night.",
                icon=":material/anchor:",
            )
        else:
            st.markdown(
                f":material/anchor: Last anchored {_when(anchored)}, at {words.of(lines, 'line')}. "
                "Each line is sealed to the one before it."
            )
        return st.button("Check the chain now", icon=":material/link:")


def verdict(lines: int, broken_at: int | None, cut: Cut | None) -> None:
    """What the check has found, and where the log begins."""
    if broken_at is None:
        older = f" {cut.said}" if cut else ""
        st.success(
            f"The chain holds: {words.of(lines, 'line')}, and every anchor.{older}",
            icon=":material/verified:",
        )
    else:
        st.error(
            f"The chain is broken at line {broken_at:,}. The {lines:,} before it hold. Tell whoever runs this "
            "server, and treat it as a breach until you know more.",
            icon=":material/gpp_bad:",
        )


def standing_out(found: Sequence[Warned], confirmed: Confirmations, watch: Watch) -> str:
    """What stands out, and how quickly suggestions were confirmed; the pseudonym of whoever is to be named."""
    st.markdown(
        f"The last {words.of(watch.days, 'day')}. A line here is a reason to ask and no finding; where the lines are "
        "drawn is policy."
    )
    with st.container(horizontal=True):
        for rule in Rule:
            st.metric(rule.words, sum(one.rule is rule for one in found), border=True)
    st.markdown(_confirmed(confirmed, watch))
    if not found:
        st.info(NOTHING, icon=":material/visibility:")
        return ""
    rows = [(_when(one.at), one.rule.words, one.actor[:_SHOWN], one.role, one.number) for one in found]
    columns = ["From", "What stands out", "Colleague", "Role", "How many"]
    st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True)
    with st.form("colleague", border=False, width=420):
        actor = st.selectbox(
            "Who is this colleague?",
            list(dict.fromkeys(one.actor for one in found)),
            format_func=lambda one: one[:_SHOWN],
            index=None,
            placeholder="Choose one of the above",
        )
        st.caption("You are told their name, and it is written down that you asked.")
        return actor or "" if st.form_submit_button("Tell me the name") else ""


def named(actor: str, name: str) -> None:
    """The name that was asked for."""
    st.info(f"{actor[:_SHOWN]} is {plain(name)}.", icon=":material/badge:")


def choose(today: date, roles: Sequence[tuple[str, str]]) -> Wanted:
    """Which day and which lines; `roles` are values with their words."""
    with st.container(horizontal=True):
        day = st.date_input("Day", today, max_value=today, format="DD/MM/YYYY", width=150)
        role = st.selectbox(
            "Role", ["", *(value for value, _ in roles)], format_func=_of(dict(roles)), width=200
        )
        action = st.selectbox("What was done", ["", *ACTIONS], format_func=_of(ACTIONS), width=240)
        outcome = st.segmented_control("Outcome", list(_ALLOWED))
    return Wanted(day, role, action, _ALLOWED.get(outcome or ""))


def lines(found: Day) -> None:
    """The lines of a day."""
    if not found.lines:
        st.info("The log has no such line on that day.", icon=":material/search:")
        return
    if found.all > len(found.lines):
        st.caption(f"The latest {len(found.lines):,} of {found.all:,} lines.")
    st.dataframe(pd.DataFrame([_row(one) for one in found.lines]), hide_index=True)
    st.caption("People stand here by pseudonym. Of a list of students the log has one line for all of them.")


def _row(one: Entry) -> dict[str, object]:
    whom = [name[:_SHOWN] for name in one.students]
    return {
        "Line": one.number,
        "When": f"{one.at.astimezone(LONDON):%H:%M:%S}",
        "Who": one.actor[:_SHOWN] if ":" not in one.actor else one.actor,
        "Role": one.role,
        "Did": plain(one.action.replace("_", " ")),
        "What": one.category.replace("_", " "),
        "What for": basis(one.basis).words,
        "Whom": whom[0] if len(whom) == 1 else words.of(len(whom), "student") if whom else "",
        "Outcome": "allowed" if one.allowed else f"refused: {one.reason.replace('_', ' ')}",
    }


def _confirmed(found: Confirmations, watch: Watch) -> str:
    if not found.all:
        return "No suggestion to talk was confirmed in these days."
    seconds = words.of(watch.quick_seconds, "second")
    return (
        f"{words.of(found.all, 'suggestion')} to talk confirmed, {found.quick} of them ({found.share}%) within "
        f"{seconds} of being opened: sooner than anybody can read what they rest on."
    )


def _of(named: Mapping[str, str]) -> Callable[[str], str]:
    return lambda value: named.get(value, "All")


def _when(at: datetime) -> str:
    return f"{at.astimezone(LONDON):%-d %b %Y, %H:%M}"
