"""How well the rules did last year: charts, each with its sentence and its table, and what they do not show."""

import streamlit as st

from components import accuracy_chart, accuracy_words, measure_text
from components.accuracy_words import FLAGS, share
from components.plain import plain
from engagement.backtest import CLOSE_UP, OF_A_TUTOR
from engagement.measure import Rating
from engagement.published import Published, Row

_STILL = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def show(of: Published, version: str) -> None:
    """The finding, the weeks, the words, and what a tutor has of it."""
    st.header(plain(accuracy_words.finding(of)), anchor=False)
    st.caption(plain(accuracy_words.made(of, version)))
    measure_text.sentences([accuracy_words.FLAGGED])
    st.plotly_chart(
        accuracy_chart.weeks(of), theme=None, key="weeks", config=_STILL, alt=accuracy_chart.weeks_alt(of)
    )
    measure_text.sentences([accuracy_words.over_the_weeks(of)])
    _weeks(of)
    st.header("How early, and how many", anchor=False)
    measure_text.sentences([accuracy_words.lead(of), accuracy_words.load(of)])
    st.header("Whether the words mean what they say", anchor=False)
    measure_text.sentences(
        [f"Of the students with each word in week {CLOSE_UP}, the share who left or failed later:"]
    )
    st.plotly_chart(
        accuracy_chart.words(of), theme=None, key="words", config=_STILL, alt=accuracy_chart.words_alt(of)
    )
    _words(of)


def ending() -> None:
    """What the marks mean, and what none of this shows."""
    measure_text.section(accuracy_words.meaning())
    measure_text.section(accuracy_words.LIMITS)


def _weeks(of: Published) -> None:
    """Three narrow tables: a wide one cannot be moved by keyboard on a phone."""
    with st.expander("Every week as a table"):
        weeks = of.rows("weeks").items()
        _table("Everybody", [_everybody(week, row) for week, row in weeks])
        st.caption(
            "Ranked: the ROC-AUC of the score, how often, of a student who left or failed and one who did not, the "
            "first had the lower score. 0.50 is a coin."
        )
        for flag, who in FLAGS.items():
            _table(f"Students {who}", [_flagged(week, row, flag) for week, row in weeks])
        st.caption(
            f"Of 45: how many of a tutor's {OF_A_TUTOR}. Right: of these, the share who left or failed later. Found: "
            "of all who did, the share who were flagged. Ahead: of the flagged who left later, the weeks until then; "
            "half of them had so many or more."
        )


def _table(title: str, rows: list[dict[str, str]]) -> None:
    st.markdown(f"**{title}**")
    safe = [{head: plain(cell) for head, cell in row.items()} for row in rows]
    st.table(safe, hide_index=True, border="horizontal", alt=f"{title}, every week")


def _everybody(week: str, row: Row) -> dict[str, str]:
    bad = row["left or failed"]
    return {
        "Week": str(int(week)),
        "Students": row["students"],
        "Left or failed": bad,
        "Ranked": row["roc_auc"],
    }


def _flagged(week: str, row: Row, flag: str) -> dict[str, str]:
    return {
        "Week": str(int(week)),
        "Flagged": row[f"{flag}: flagged"],
        "Of 45": row[f"{flag}: per tutor"],
        "Right": share(row[f"{flag}: precision"]),
        "Found": share(row[f"{flag}: recall"]),
        "Ahead": row.get(f"{flag}: weeks ahead", ""),
    }


def _words(of: Published) -> None:
    rows = [
        {
            "Word": word.value,
            "Students": plain(of.rows("words")[word]["students"]),
            "Left or failed later": plain(share(of.rows("words")[word]["left or failed"])),
        }
        for word in Rating
        if word in of.rows("words")
    ]
    with st.expander("Every word as a table"):
        st.table(rows, hide_index=True, border="horizontal", alt="What became of students by rating word")
