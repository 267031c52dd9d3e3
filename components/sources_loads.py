"""The loads of the last weeks: what they brought in a sentence, as a chart, and as a table."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from components import sources_chart, sources_words
from components.plain import plain
from engagement import words
from engagement.feeds import Load
from policy.days import monday

_PAGE, _WEEKS = 25, 8


def show(loads: Sequence[Load], today: date) -> None:
    """The finding as a heading, the chart, and the table in a box that is filled when it is opened."""
    st.header(finding(loads), anchor=False)
    if not loads:
        st.info(
            "Nothing has been loaded in the last eight weeks. What each load brings will be drawn here.",
            icon=":material/bar_chart:",
        )
        return
    first = monday(today) - timedelta(weeks=_WEEKS - 1)
    st.plotly_chart(
        sources_chart.figure(loads, first, today),
        theme=None,
        config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False},
        alt=sources_chart.alt(loads, first, today),
    )
    box = st.expander("Show as a table", icon=":material/table:", on_change="rerun", key="loads-table")
    if box.open:
        with box:
            _table(loads)


def finding(loads: Sequence[Load]) -> str:
    """`3 of 12,345 rows were quarantined in the last eight weeks`. Rows that were tried again count once."""
    files = [load for load in loads if not load.mended]
    bad, rows = sum(load.quarantined for load in files), sum(load.rows for load in files)
    if not loads:
        return "Loads of the last eight weeks"
    if not bad:
        return "No row was quarantined in the last eight weeks"
    return f"{bad:,} of {words.of(rows, 'row')} {'was' if bad == 1 else 'were'} quarantined in the last eight weeks"


def _table(loads: Sequence[Load]) -> None:
    pages = -(-len(loads) // _PAGE)
    page = st.pagination(pages, key="loads-page") if pages > 1 else 1
    st.table(
        [_row(load) for load in loads[(page - 1) * _PAGE : page * _PAGE]],
        hide_index=True,
        border="horizontal",
        alt="The loads of the last eight weeks, the latest first",
    )


def _row(load: Load) -> dict[str, str]:
    """A load in words: of the rows in it, how many became what; these add up. Three columns, for a phone."""
    file = "Rows out of quarantine" if load.mended else plain(_breaking(load.file))
    changed = [f"{load.corrected:,} corrected"] if load.corrected else []
    changed += [f"{load.late:,} late"] if load.late else []
    changed += ["all of them here already"] if load.unchanged and load.accepted else []
    became = {
        "taken in": load.accepted,
        "quarantined": load.quarantined,
        "held back": load.held_back,
        "repeated": load.repeated,
    }
    lines = [f"{words.of(load.rows, 'row')} in it"]
    lines += [f"{number:,} {what}" for what, number in became.items() if number]
    lines += [f":gray[{words.listed(changed)}]"] if changed else []
    return {
        "Load": f"{load.system.words}  \n:gray[{sources_words.moment(load.at)}]",
        "File": f"{file}  \n:gray[by {plain(sources_words.by(load))}]",
        "Rows": "  \n".join(lines),
    }


def _breaking(file: str) -> str:
    """A file's name that a line may end in, so that the table stays within a phone."""
    return re.sub(r"([_.]|\w{12})(?=\w)", "\\1\u200b", file)
