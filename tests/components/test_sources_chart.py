"""The chart of the loads: what it draws, what its legend names, and how it is told in words."""

from datetime import date, datetime, timedelta

import plotly.graph_objects as go

from components import sources_chart, sources_loads
from engagement.feeds import Load
from privacy.labels import Source
from tests.cast import NOW

FIRST, TODAY = date(2026, 10, 5), date(2026, 11, 23)


def load(
    system: Source,
    at: datetime,
    accepted: int,
    quarantined: int = 0,
    repeated: int = 0,
    *,
    mended: bool = False,
) -> Load:
    return Load(
        run=1,
        system=system,
        at=at,
        file="a.csv",
        format="test",
        by="eve",
        rows=accepted + quarantined + repeated,
        accepted=accepted,
        quarantined=quarantined,
        held_back=0,
        repeated=repeated,
        corrected=0,
        late=0,
        unchanged=False,
        mended=mended,
    )


LOADS = [
    load(Source.STUDENT_RECORDS, NOW, 100),
    load(Source.VLE, NOW, 10, 2, 4),
    load(Source.VLE, NOW - timedelta(hours=1), 5, 1),
    load(Source.VLE, NOW - timedelta(days=1), 7),
]


def test_the_figure_is_one_that_plotly_accepts_and_its_legend_names_each_kind_once():
    figure = sources_chart.figure(LOADS, FIRST, TODAY)
    checked = go.Figure(figure.to_dict())
    shown = [trace.name for trace in checked.data if trace.showlegend]
    assert shown == ["Rows taken in", "Rows repeated", "Rows quarantined"]


def test_of_a_day_the_rows_in_are_a_bar_upwards_and_those_quarantined_one_downwards_that_is_seen_however_few():
    figure = sources_chart.figure(LOADS, FIRST, TODAY)
    taken, repeated, refused = figure.data[3:6]
    assert taken.x == repeated.x == refused.x == ("2026-11-23", "2026-11-22")
    assert (taken.y, repeated.y, refused.y) == ((15, 7), (4, 0), (3, 0))
    assert (taken.yaxis, repeated.yaxis, refused.yaxis) == ("y3", "y3", "y4")
    below = figure.layout.yaxis4
    assert below.range[0] > below.range[1] == 0  # downwards
    assert 3 / below.range[0] > 0.5
    assert below.domain[1] == figure.layout.yaxis3.domain[0]


def test_the_chart_is_told_in_words_with_its_figures():
    said = sources_chart.alt(LOADS, FIRST, TODAY)
    assert "VLE: loaded on 2 days, 29 rows in, of which 22 taken in, 3 quarantined, 4 repeated" in said
    assert "Student records: loaded on 1 day, 100 rows in, of which 100 taken in, 0 quarantined" in said


def test_the_heading_is_the_finding():
    assert sources_loads.finding(LOADS) == "3 of 129 rows were quarantined in the last eight weeks"
    assert sources_loads.finding(LOADS[:1]) == "No row was quarantined in the last eight weeks"
    assert sources_loads.finding([]) == "Loads of the last eight weeks"


def test_rows_that_were_tried_again_and_wait_on_are_counted_once():
    again = load(Source.VLE, NOW, 1, 2, mended=True)
    assert sources_loads.finding([*LOADS, again]) == sources_loads.finding(LOADS)
    taken, _, refused = sources_chart.figure([*LOADS, again], FIRST, TODAY).data[3:6]
    assert (taken.y, refused.y) == ((16, 7), (3, 0))
