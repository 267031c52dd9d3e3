"""Support impact: how far support came, how soon, and a comparison, each with its words and its table."""

import streamlit as st

from components import impact_chart, impact_words, measure_text
from components.plain import plain
from engagement.published import Published, Row
from policy.impact import Impact
from privacy.disclosure import FEW
from support.impact import Finding, finding

_STILL = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def show(of: Published, rules: Impact, working_days: int) -> None:
    """All of it, the finding first."""
    st.header(plain(impact_words.headline(of)), anchor=False)
    st.caption(plain(impact_words.made(of, rules.version)))
    st.plotly_chart(
        impact_chart.funnel(of), theme=None, key="funnel", config=_STILL, alt=impact_chart.funnel_alt(of)
    )
    measure_text.sentences([impact_words.STAGES])
    _stages(of)
    st.header("Answers, and how soon", anchor=False)
    said = (impact_words.answered(of), impact_words.in_time(of, working_days), impact_words.waited(of))
    measure_text.sentences([one for one in said if one])
    _comparison(of.rows("comparison").get("all", {}), rules)
    measure_text.section(impact_words.meaning())
    measure_text.section(impact_words.LIMITS)


def _stages(of: Published) -> None:
    rows = [
        {"Stage": label, "Students": plain(impact_words.students(of, stage) or FEW)}
        for stage, label in impact_words.LABELS.items()
    ]
    with st.expander("Every stage as a table"):
        st.table(rows, hide_index=True, border="horizontal", alt="Students by how far support came")


def _comparison(row: Row, rules: Impact) -> None:
    found = finding(row)
    st.header(plain(impact_words.VERDICTS[found]), anchor=False)
    if found is not Finding.FEW:
        st.plotly_chart(
            impact_chart.difference(row),
            theme=None,
            key="difference",
            config=_STILL,
            alt=impact_chart.difference_alt(row),
        )
    measure_text.sentences(impact_words.compared(row, rules.match))
    if found is not Finding.FEW:
        _figures(row)


def _figures(row: Row) -> None:
    names = {
        "Score at the start, both": row["score"],
        "Change with support": impact_words.signed(row["supported"]),
        "Change of the others": impact_words.signed(row["others"]),
        "Difference": impact_words.signed(row["difference"]),
        "95% interval": f"{impact_words.signed(row['low'])} to {impact_words.signed(row['high'])}",
        "Pairs": row["pairs"],
    }
    rows = [{"Figure": name, "Points": plain(value)} for name, value in names.items()]
    with st.expander("The comparison as a table"):
        st.table(rows, hide_index=True, border="horizontal", alt="What the comparison came to")
