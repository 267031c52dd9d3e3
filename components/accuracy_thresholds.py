"""The preview of other thresholds: three choices, what they would raise, and the lines of policy to change."""

from collections.abc import Mapping

import streamlit as st

from components import accuracy_words, measure_text
from components.accuracy_words import share
from components.plain import plain
from engagement import thresholds
from engagement.backtest import CLOSE_UP, OF_A_TUTOR
from engagement.published import Published, Row
from engagement.suggestion import Rule
from engagement.thresholds import Choice
from policy.engagement import Engagement
from privacy.disclosure import FEW

_ABOUT = (
    "What other thresholds would raise among today's students, and how they would have done last year. Everything "
    "else stays as it is, missing work among it. Nothing is changed here: a change is made in the policy file."
)

_NOW = {"Raised": "suggestions", "Of 45": "per tutor", "Middle": "median", "Most": "most"}
_THEN = {"Right": "precision", "Found": "recall"}


def show(of: Published, rules: Engagement) -> None:
    """The choices begin with the thresholds in force."""
    st.header("Before a threshold is changed", anchor=False)
    measure_text.sentences([_ABOUT])
    now, known = thresholds.in_force(rules), {Choice.named(row): row for row in of.rows("thresholds")}
    if now not in known:
        measure_text.sentences(["The thresholds in force are not among the figures: measure again first."])
        return
    chosen = _ask(list(known), now)
    st.markdown(f"**{accuracy_words.thresholds(chosen).capitalize()}**")
    measure_text.sentences([accuracy_words.outlook(of.rows("thresholds")[known[chosen]])])
    _rules(of, chosen)
    if chosen == now:
        st.caption("These are the thresholds in force.")
        return
    as_it_is = accuracy_words.outlook(of.rows("thresholds")[known[now]])
    measure_text.sentences([f"As it is now ({accuracy_words.thresholds(now)}): {as_it_is}"])
    measure_text.sentences(["The lines to change in the policy file engagement.toml:"])
    st.code(thresholds.lines(chosen, rules), language=None)


def _rules(of: Published, chosen: Choice) -> None:
    """The same rule by rule, in narrow tables as all on this page."""
    known = of.rows("rules")
    rows = {rule: known[row] for rule in Rule if (row := chosen.row_of(rule)) in known}
    if not rows:  # figures of before there were any
        return
    with st.expander("Rule by rule"):
        _table("This week", chosen, rows, _NOW)
        st.caption(
            f"Of 45: how many that makes for a tutor of {OF_A_TUTOR}. Middle: of all tutors the one with as many "
            f"colleagues who have more as have fewer. Most: whoever has most; {plain(FEW)} there is fewer than ten. "
            "Of fewer than 23 tutors neither is told, and nobody is named."
        )
        _table(f"Last year, in week {CLOSE_UP}", chosen, rows, _THEN)


def _table(title: str, chosen: Choice, rows: Mapping[Rule, Row], heads: Mapping[str, str]) -> None:
    told = {
        rule: {head: share(row[name]) if heads is _THEN else row[name] for head, name in heads.items()}
        for rule, row in rows.items()
    }
    shown = [
        {"Rule": accuracy_words.rule(rule, chosen)} | {head: plain(cell) for head, cell in cells.items()}
        for rule, cells in told.items()
    ]
    st.markdown(f"**{title}**")
    st.table(shown, hide_index=True, border="horizontal", alt=f"{title}, rule by rule")


def _ask(known: list[Choice], now: Choice) -> Choice:
    quiet, attendance, fall = (sorted(set(values)) for values in zip(*map(_values, known), strict=True))
    first, second, third = st.columns(3)
    return Choice(
        first.selectbox("Quiet teaching days", quiet, quiet.index(now.quiet)),
        second.selectbox(
            "Attendance under", attendance, attendance.index(now.attendance), format_func=lambda n: f"{n}%"
        ),
        third.selectbox("Points fallen", fall, fall.index(now.fall)),
    )


def _values(of: Choice) -> tuple[int, int, int]:
    return of.quiet, of.attendance, of.fall
