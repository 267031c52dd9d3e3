"""The chart: what is drawn where, what is never drawn as nought, and that nothing hangs on colour."""

import tomllib
from datetime import date, timedelta
from itertools import pairwise

import plotly.graph_objects as go
import pytest

from components import palette, timeline_chart, timeline_lanes
from components.timeline_lanes import Kind
from engagement.facts import Agreed, Away, Gap, Presence, WorkState
from engagement.measure import Rating
from engagement.score_line import EXPLAINED, Middle
from engagement.view import By
from privacy.labels import Source
from tests.engagement.made import REACH, TERM, TODAY, classes, facts, online, standing, timeline, work
from tests.tree import ROOT

WEEK_2 = TERM + timedelta(weeks=1)


ONLINE, ATTENDANCE, WORK = Kind.ONLINE, Kind.ATTENDANCE, Kind.WORK


def traces(drawn, kind):
    """The traces of a lane, found by the title above it."""
    layout = drawn.to_dict()["layout"]
    order = [k for k in Kind if any(_TITLES[k] in a["text"] for a in layout["annotations"])]
    number = order.index(kind) + 1
    return [t for t in drawn.to_dict()["data"] if t.get("yaxis", "y") == f"y{number if number > 1 else ''}"]


_TITLES = {
    Kind.SCORE: "<b>Score",
    Kind.ONLINE: "<b>VLE",
    Kind.ATTENDANCE: "<b>Attendance",
    Kind.WORK: "<b>Work",
    Kind.MARKS: "<b>Marked",
}


def bars(drawn, lane, name):
    return {
        t["x"][n][:10]: t["y"][n]
        for t in traces(drawn, lane)
        if t.get("name") == name
        for n in range(len(t["x"]))
    }


def hatched(drawn, lane):
    return [t for t in traces(drawn, lane) if t.get("name") == "No data"]


def checked(drawn):
    """The figure as Plotly makes it out, value by value; where it is given no looks of its own it puts a word."""
    made = go.Figure(drawn).to_dict()
    return made | {"layout": made["layout"] | {"template": {}}}


def thursday(monday: date) -> str:
    return (monday + timedelta(days=3)).isoformat()


def test_days_on_the_vle_are_a_bar_a_week():
    drawn = timeline_chart.figure(timeline(facts(online=online(TERM, TERM + timedelta(days=2), WEEK_2))))
    assert bars(drawn, ONLINE, "Days active") == {thursday(TERM): 2, thursday(WEEK_2): 1}


def test_a_nought_is_written_only_where_nought_is_known():
    closed = Gap(Source.VLE, None, WEEK_2, WEEK_2 + timedelta(days=6), "No export")
    drawn = timeline_chart.figure(timeline(facts(online=online(TERM), gaps=[closed])))
    (noughts,) = [t for t in traces(drawn, ONLINE) if t.get("mode") == "text"]
    written = [x[:10] for x in noughts["x"]]
    assert thursday(TERM) not in written  # there is a bar
    assert thursday(WEEK_2) not in written  # nothing is known
    assert thursday(WEEK_2 + timedelta(weeks=1)) in written
    assert not [x for x in written if x > TODAY.isoformat()]


def test_a_gap_is_hatched_from_its_first_to_its_last_day():
    closed = Gap(Source.VLE, None, WEEK_2, WEEK_2 + timedelta(days=3), "No export")
    (trace,) = hatched(timeline_chart.figure(timeline(facts(gaps=[closed]))), ONLINE)
    assert trace["marker"]["pattern"]["shape"]
    assert [(x[:10], w) for x, w in zip(trace["x"], trace["width"], strict=True)] == [
        ((WEEK_2 + timedelta(days=2)).isoformat(), 4 * 86_400_000)
    ]


def test_without_a_feed_all_weeks_that_are_over_are_hatched_and_named_and_no_week_ahead():
    drawn = timeline_chart.figure(timeline(facts(reach={})))
    (trace,) = hatched(drawn, ATTENDANCE)
    assert list(trace["width"]) == [9 * 7 * 86_400_000]
    assert max(trace["x"]) < TODAY.isoformat()
    assert [a["text"] for a in drawn.to_dict()["layout"]["annotations"]].count("No feed") == 3
    reach = {s: r for s, r in REACH.items() if s is not Source.ATTENDANCE}
    assert hatched(timeline_chart.figure(timeline(facts(reach=reach))), ONLINE) == []


def test_the_states_of_a_week_stand_on_top_of_each_other():
    lines = classes((TERM, Presence.ATTENDED), (TERM, Presence.ATTENDED), (TERM, Presence.ABSENT))
    drawn = timeline_chart.figure(timeline(facts(registers=lines)))
    stacked = {t["name"]: (t["base"], t["y"]) for t in traces(drawn, ATTENDANCE) if t["type"] == "bar"}
    assert {name: (list(base), list(y)) for name, (base, y) in stacked.items()} == {
        "Attended": ([0], [2]),
        "Absent": ([2], [1]),
    }


def test_every_state_of_a_class_differs_by_pattern_or_strongly_by_lightness():
    lines = classes(*[(TERM, presence) for presence in Presence])
    drawn = timeline_chart.figure(timeline(facts(registers=lines)))
    looks = [
        (t["marker"].get("pattern", {}).get("shape", ""), _lightness(t["marker"]["color"]))
        for t in traces(drawn, ATTENDANCE)
        if t["type"] == "bar"
    ]
    assert len(looks) == len(Presence)
    for n, (pattern, light) in enumerate(looks):
        assert all(p != pattern or abs(light - other) > 0.25 for p, other in looks[n + 1 :])


def _lightness(color: str) -> float:
    """How light a colour is when printed in grey, from 0 to 1."""
    red, green, blue = (int(color[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def marks(drawn):
    (trace,) = [t for t in traces(drawn, WORK) if t.get("mode") == "markers+text"]
    return trace


def test_every_state_of_work_has_a_row_and_a_shape_of_its_own():
    pieces = [work(TERM + timedelta(days=n), state) for n, state in enumerate(WorkState)]
    drawn = timeline_chart.figure(timeline(facts(work=pieces)))
    made = marks(drawn)
    assert len(set(made["y"])) == len(set(made["marker"]["symbol"])) == len(WorkState)
    axis = drawn.to_dict()["layout"]["yaxis3"]
    beside = dict(zip(axis["tickvals"], axis["ticktext"], strict=True))
    assert [beside[y] for y in made["y"]] == ["On time", "Late", "Missing", "Open"]


def test_several_pieces_due_on_a_day_are_counted_at_their_mark():
    pieces = [work(TERM, WorkState.MISSING, title=title) for title in ("Essay <b>", "Poster")]
    mark = marks(timeline_chart.figure(timeline(facts(work=pieces))))
    assert list(mark["text"]) == ["2"]
    assert "Essay &lt;b&gt;" in mark["hovertext"][0]
    assert "Poster" in mark["hovertext"][0]


def test_pointing_at_a_week_tells_figures_source_and_load_date():
    drawn = timeline_chart.figure(timeline(facts(online=online(TERM, views=7))))
    (points,) = [t for t in traces(drawn, ONLINE) if t.get("hovertemplate")]
    assert points["text"][0] == (
        "<b>21–27 September</b> (teaching)<br>1 day active, 7 page views<br>Source: VLE, loaded Mon 23 Nov"
    )
    assert points["text"][-1].split("<br>")[1] == "Not loaded yet"
    assert len(points["x"]) == 10  # no week ahead


def test_vacations_and_reading_weeks_are_shaded_and_named():
    layout = timeline_chart.figure(timeline()).to_dict()["layout"]
    shaded = [(s["x0"], s["x1"]) for s in layout["shapes"] if s["type"] == "rect"]
    assert ("2026-10-26", "2026-11-02") in shaded
    assert ("2026-12-14", "2027-01-11") in shaded
    said = [a["text"] for a in layout["annotations"]]
    assert {"Autumn", "Spring", "Summer", "Reading week", "Vacation"} <= set(said)


@pytest.mark.parametrize(("today", "label"), [(TODAY, "← Today"), (date(2027, 5, 25), "Today →")])
def test_today_is_marked_in_every_lane_and_named_where_there_is_room(today, label):
    layout = timeline_chart.figure(timeline(today=today)).to_dict()["layout"]
    assert [s["x0"] for s in layout["shapes"] if s["type"] == "line"] == [today.isoformat()] * 3
    assert label in [a["text"] for a in layout["annotations"]]


def test_plotly_finds_nothing_wrong_with_any_value_of_the_figure():
    closed = Gap(Source.VLE, None, WEEK_2, WEEK_2 + timedelta(days=3), "No export")
    known = facts(
        online=online(TERM),
        registers=classes(*[(TERM, presence) for presence in Presence]),
        work=[work(TERM + timedelta(days=n), state) for n, state in enumerate(WorkState)],
        gaps=[closed],
        reach={s: r for s, r in REACH.items() if s is not Source.ATTENDANCE},
    )
    drawn = timeline_chart.figure(timeline(known)).to_dict()
    assert checked(drawn) == drawn


def test_the_chart_is_told_in_words():
    told = timeline_chart.alt(timeline(facts(online=online(TODAY - timedelta(days=3)))))
    assert told.startswith(
        "Chart by week, 21 September 2026 to 30 May 2027, in three lanes: use of the VLE, classes attended and "
    )
    assert "1 day on the VLE" in told


def test_dragging_chooses_days_and_moves_nothing_and_the_legend_switches_nothing_off():
    assert timeline_chart.figure(timeline()).to_dict()["layout"]["dragmode"] is False
    layout = timeline_chart.figure(timeline(), drag=True).to_dict()["layout"]
    assert (layout["dragmode"], layout["selectdirection"]) == ("select", "h")
    assert all(layout[axis]["fixedrange"] for axis in ("xaxis", "yaxis", "yaxis2", "yaxis3"))
    assert layout["legend"]["itemclick"] is False


def test_the_colours_are_the_themes():
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]
    ours = {palette.DARK_BLUE, palette.TURQUOISE, palette.DARK_PINK, palette.ORANGE, palette.DARK_GREY}
    assert ours | {palette.LIGHT_PURPLE} <= set(theme["chartCategoricalColors"])
    assert theme["primaryColor"] == palette.DARK_BLUE


EVERYTHING = facts(
    registers=classes(*[(TERM, presence) for presence in Presence], (TODAY, Presence.AUTHORISED)),
    agreed=[Agreed(TERM, None, TERM, TODAY), Agreed(TODAY, "Ethics <approval>", None, TODAY)],
)
VIEWS = {
    "everything": {"score": True},
    "days": {"by": By.DAYS, "score": True},
    "attendance": {"source": Source.ATTENDANCE},
    "work": {"source": Source.STUDENT_RECORDS},
    "one week": {"first": date(2026, 10, 26), "last": date(2026, 11, 1), "score": True},
}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_the_lanes_do_not_overlap_and_leave_room_for_their_titles(view):
    lanes = timeline_lanes.lanes(timeline(EVERYTHING, standing(Rating.GOOD, 7000), **view))
    assert lanes[0].top >= 60  # three lines of names above
    assert all(lane.top < lane.bottom <= lane.of for lane in lanes)
    assert all(later.top - lane.bottom >= 40 for lane, later in pairwise(lanes))


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_plotly_finds_nothing_wrong_with_any_view(view):
    middle = (Middle(TERM, 40, 70),)
    made = timeline(EVERYTHING, standing(Rating.GOOD, 7000, None, 6000), middle=middle, **view)
    drawn = timeline_chart.figure(made, drag=True).to_dict()
    assert checked(drawn) == drawn


def test_only_the_lanes_that_are_asked_for_are_drawn():
    kinds = {
        name: {lane.kind for lane in timeline_lanes.lanes(timeline(**view))} for name, view in VIEWS.items()
    }
    assert kinds["attendance"] == {ATTENDANCE}
    assert kinds["work"] == {WORK}
    assert kinds["everything"] == {
        Kind.SCORE,
        ONLINE,
        ATTENDANCE,
        WORK,
    }  # nothing is marked, so no lane of marks


def test_the_score_is_a_line_that_breaks_where_there_is_none_and_tells_its_word():
    made = timeline(facts(), standing(Rating.GOOD, 8150, None, 6000), score=True)
    (line,) = traces(timeline_chart.figure(made), Kind.SCORE)
    assert list(line["y"]) == [81, None, 60]
    assert line["connectgaps"] is False
    assert line["text"][0] == "<b>9–15 November</b><br>81 of 100, High"
    assert line["x"][-1][:10] == TODAY.isoformat()  # not after today


def test_two_courses_are_two_lines_told_apart_by_dash_and_name():
    both = standing(Rating.GOOD, 8000), standing(Rating.LOW, 3000, course="Law <b>")
    one, other = traces(timeline_chart.figure(timeline(facts(), *both, score=True)), Kind.SCORE)
    assert one["line"]["dash"] != other["line"]["dash"]
    assert other["text"][0].endswith("Law &lt;b&gt;: 30 of 100, Low")


def test_the_others_are_drawn_only_when_asked_for_and_never_without_their_sentence():
    asked = timeline(facts(), middle=(Middle(TERM, 40, 70),), score=True, others=True)
    box, _ = traces(timeline_chart.figure(asked), Kind.SCORE)
    assert (list(box["base"]), list(box["y"])) == ([40], [30])
    assert box["text"][0].endswith("Middle half of the others: 40 to 70")
    assert "no target" in EXPLAINED
    usual = traces(timeline_chart.figure(timeline(facts(), score=True)), Kind.SCORE)
    assert [t["type"] for t in usual] == ["scatter"]


def test_day_by_day_a_bar_is_the_pages_viewed_that_day():
    made = timeline(facts(online=online(TERM, views=31)), by=By.DAYS)
    assert bars(timeline_chart.figure(made), ONLINE, "Pages viewed") == {TERM.isoformat(): 31}


def test_days_away_are_shaded_in_a_colour_of_their_own_from_the_first_to_the_last_and_named():
    pause = Away(TERM, TERM + timedelta(days=9), "Interruption of study")
    layout = timeline_chart.figure(timeline(facts(interrupted=[pause]))).to_dict()["layout"]
    (band,) = [s for s in layout["shapes"] if s.get("fillcolor") == palette.AWAY]
    assert (band["x0"], band["x1"]) == ("2026-09-21", "2026-10-01")
    assert "Interruption of study" in [a["text"] for a in layout["annotations"]]


def test_days_away_soon_after_each_other_are_all_shaded_and_their_names_stand_once_side_by_side():
    days = [TERM, TERM + timedelta(days=9), TERM + timedelta(days=10)]
    reasons = ("Authorised absence", "Authorised absence", "Interruption")
    away = [Away(day, day, why) for day, why in zip(days, reasons, strict=True)]
    layout = timeline_chart.figure(timeline(facts(interrupted=away))).to_dict()["layout"]
    assert len([s for s in layout["shapes"] if s.get("fillcolor") == palette.AWAY]) == 3
    names = [a["text"] for a in layout["annotations"] if "Authorised" in a["text"] or "Interr" in a["text"]]
    assert names == ["Authorised absence, Interruption"]


def test_a_closed_day_is_shaded_day_by_day_and_named_where_there_is_room():
    easter = {"by": By.DAYS, "first": date(2027, 3, 22), "last": date(2027, 4, 4)}
    layout = timeline_chart.figure(timeline(**easter)).to_dict()["layout"]
    assert ("2027-03-26", "2027-03-27") in [(s["x0"], s["x1"]) for s in layout["shapes"]]
    assert "Good Friday" in [a["text"] for a in layout["annotations"]]


def test_marks_have_a_row_for_each_word_and_tell_their_sentence():
    drawn = timeline_chart.figure(timeline(EVERYTHING))
    (marked,) = traces(drawn, Kind.MARKS)
    assert [x[:10] for x in marked["x"]] == [TERM.isoformat(), TODAY.isoformat()]
    assert len(set(marked["y"])) == len(set(marked["marker"]["symbol"])) == 2
    assert "Ethics &lt;approval&gt;" in marked["hovertext"][1].replace("<br>", " ")
    assert "Supervision" in drawn.to_dict()["layout"]["yaxis4"]["ticktext"]


@pytest.mark.parametrize(("weeks", "step"), [(1, "7"), (4, "7"), (8, "14"), (12, "28"), (36, "M1")])
def test_there_are_never_more_ticks_than_a_phone_has_room_for(weeks, step):
    made = timeline(first=TERM, last=TERM + timedelta(days=7 * weeks - 1))
    tick = timeline_chart.figure(made).to_dict()["layout"]["xaxis"]["dtick"]
    assert tick == (step if step.startswith("M") else int(step) * 86_400_000)


def test_today_is_marked_only_where_it_is_in_view():
    past = timeline(first=TERM, last=TERM + timedelta(days=6))
    layout = timeline_chart.figure(past).to_dict()["layout"]
    assert not [s for s in layout["shapes"] if s["type"] == "line"]
    assert not [a for a in layout["annotations"] if "Today" in a["text"]]


def test_the_days_under_a_box_are_read_as_plotly_writes_them():
    box = {"selection": {"box": [{"x": ["2026-11-08 19:12:01.5", "2026-10-05"], "y": [0, 1]}]}}
    assert timeline_chart._dragged(box) == (date(2026, 10, 5), date(2026, 11, 8))
    assert timeline_chart._dragged({"selection": {"box": []}}) is None
    assert timeline_chart._dragged(None) is None


def test_nothing_of_plotlys_own_looks_is_sent():
    assert timeline_chart.figure(timeline()).to_dict()["layout"]["template"] == {}
