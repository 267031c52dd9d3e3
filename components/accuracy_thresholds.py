"""The preview of other thresholds: three choices, what they would raise, and the lines of policy to change."""

from collections.abc import Mapping

import streamlit as st

from components import accuracy_words, measure_text
from components.accuracy_words import share
from components.plain import plain
from engagement import thresholds, words
from engagement.backtest import CLOSE_UP, OF_A_TUTOR
from engagement.published import Published, Row
from engagement.suggestion import Rule
from engagement.thresholds import Choice
from policy.days import london_day
from policy.engagement import Engagement
from privacy.disclosure import FEW

_ABOUT = (
    "What other thresholds would raise among the students of now, counted anew each week, and how they would have "
    "done last year. Everything else stays as it is, missing work among it. Nothing is changed here: a change is "
    "made in the policy file."
)

_NOW = {"Raised": "suggestions", "Of 45": "per tutor", "Middle": "median", "Most": "most"}
_THEN = {"Right": "precision", "Found": "recall"}


def show(now: Published, then: Published | None, rules: Engagement) -> None:
    """The choices begin with the thresholds in force. `now` was counted lately, `then` measured on last year."""
    st.header("Before a threshold is changed", anchor=False)
    measure_text.sentences([_ABOUT])
    known = {Choice.named(row): told for row, told in _beside(now, then, "thresholds").items()}
    if (standing := thresholds.in_force(rules)) not in known:
        measure_text.sentences([accuracy_words.COUNT_AGAIN])
        return
    chosen, day = _ask(list(known), standing), _day(now)
    st.markdown(f"**{accuracy_words.thresholds(chosen).capitalize()}**")
    measure_text.sentences([accuracy_words.outlook(known[chosen], day)])
    _rules(_beside(now, then, "rules"), chosen, day)
    if chosen == standing:
        st.caption("These are the thresholds in force.")
        return
    as_it_is = accuracy_words.outlook(known[standing], day)
    measure_text.sentences([f"As it is now ({accuracy_words.thresholds(standing)}): {as_it_is}"])
    measure_text.sentences(["The lines to change in the policy file engagement.toml:"])
    st.code(thresholds.lines(chosen, rules), language=None)


def _beside(now: Published, then: Published | None, report: str) -> Mapping[str, Row]:
    """The rows that were counted now, each with what was measured on last year where that was."""
    measured = then.rows(report) if then else {}
    return {row: {**measured.get(row, {}), **told} for row, told in now.rows(report).items()}


def _day(now: Published) -> str:
    on = london_day(now.made_at)
    return f"{words.day(on)} {on.year}"


def _rules(known: Mapping[str, Row], chosen: Choice, day: str) -> None:
    """The same rule by rule, in narrow tables as all on this page."""
    rows = {rule: known[chosen.row_of(rule)] for rule in Rule}
    with st.expander("Rule by rule"):
        _table(f"On {day}", chosen, rows, _NOW)
        st.caption(
            f"Of 45: how many that makes for a tutor of {OF_A_TUTOR}. Middle: of all tutors the one with as many "
            f"colleagues who have more as have fewer. Most: whoever has most; {plain(FEW)} there is fewer than ten. "
            "Of fewer than 23 tutors neither is told, and nobody is named."
        )
        if all(row.keys() >= set(_THEN.values()) for row in rows.values()):
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
