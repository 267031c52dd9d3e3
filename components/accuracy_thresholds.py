"""The preview of other thresholds: three choices, what they would raise, and the lines of policy to change."""

import streamlit as st

from components import accuracy_words, measure_text
from engagement import thresholds
from engagement.published import Published
from engagement.thresholds import Choice
from policy.engagement import Engagement

_ABOUT = (
    "What other thresholds would raise among today's students, and how they would have done last year. Everything "
    "else stays as it is, missing work among it. Nothing is changed here: a change is made in the policy file."
)


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
    if chosen == now:
        st.caption("These are the thresholds in force.")
        return
    as_it_is = accuracy_words.outlook(of.rows("thresholds")[known[now]])
    measure_text.sentences([f"As it is now ({accuracy_words.thresholds(now)}): {as_it_is}"])
    measure_text.sentences(["The lines to change in the policy file engagement.toml:"])
    st.code(thresholds.lines(chosen, rules), language=None)


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
