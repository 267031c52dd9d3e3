"""How well the rules did last year: charts, each with its sentence and its table, and what they do not show."""

import streamlit as st

from components import accuracy_chart, accuracy_words, measure_text
from components.accuracy_words import FLAGS, share
from components.plain import plain
from engagement.backtest import CLOSE_UP, OF_A_TUTOR, RATED
from engagement.measure import Rating
from engagement.published import Published

_STILL = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def show(of: Published, version: str) -> None:
    """The finding, the weeks, the words, and what a tutor has of it."""
    st.subheader(plain(accuracy_words.finding(of)), anchor=False)
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
    with st.expander("Every week as a table"):
        for flag, who in FLAGS.items():
            st.markdown(f"**Students {who}**")
            rows = [
                {
                    "Week": str(int(week)),
                    "Students": plain(row["students"]),
                    "Left or failed later": plain(row["left or failed"]),
                    "Flagged": plain(row[f"{flag}: flagged"]),
                    f"Per tutor of {OF_A_TUTOR}": plain(row[f"{flag}: per tutor"]),
                    "Of these left or failed": plain(share(row[f"{flag}: precision"])),
                    "Of all who did": plain(share(row[f"{flag}: recall"])),
                }
                | ({"ROC-AUC of the score": plain(row["roc_auc"])} if flag == RATED else {})
                for week, row in of.rows("weeks").items()
            ]
            st.table(rows, hide_index=True, border="horizontal", alt=f"Every week, students {who}")
        st.caption(
            "ROC-AUC: how often, of a student who left or failed and one who did not, the first had the lower score. "
            "0.5 is a coin."
        )


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
