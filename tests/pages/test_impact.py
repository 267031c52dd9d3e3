"""Support impact, as a manager and as compliance see it: finding, charts with their tables, and what is not shown."""

import json
from datetime import date, timedelta

import pytest

import policy
from auth.viewer import Viewer
from components import impact_chart, impact_words
from components.impact_words import VERDICTS
from data_access import published
from engagement.published import Family, Published
from pages import PAGES
from support.impact import Finding, Followed, Stage, cells
from support.matching import Pair, Start
from tests.apptest import opened, sent, signed_in
from tests.cast import MO, NOW, ROS, STUDENTS

JOB = Viewer.service("impact")
RULES = policy.current().impact
PAGE = next(page for page in PAGES if page.url == "support-impact")
ON, UNTIL = date(2026, 10, 12), date(2026, 11, 22)
LATER = ON + timedelta(days=8)


def students(**many):
    """So many students whose furthest stage is each of these."""
    reached = {
        "suggested": {},
        "answered": {"answered": ON},
        "offered": {"answered": ON, "in_time": True, "offered": ON, "waited": 3},
        "supported": {"answered": ON, "in_time": True, "offered": ON, "waited": 5, "met": LATER},
        "planned": {"answered": ON, "offered": ON, "waited": 6, "planned": LATER},
        "recovered": {"answered": ON, "offered": ON, "waited": 6, "planned": LATER, "recovered": True},
    }
    return [Followed(1, ON, **reached[stage]) for stage, count in many.items() for _ in range(count)]


MANY = students(suggested=60, answered=20, offered=20, supported=30, planned=15, recovered=12)


def compared(differences):
    return [
        Pair(Start(0, "", 3_000, 5_000, n, 900 + by), Start(0, "", 3_000, 5_000, -n, 900))
        for n, by in enumerate(differences)
    ]


def publish(of=MANY, differences=(300, 900) * 20, later=12, rule=RULES.version):
    made = cells("2026/27", UNTIL, of, compared(differences), later, RULES.match)
    published.publish(JOB, Family.IMPACT, made, rule, NOW)


def shown(member=MO):
    with signed_in(member) as app:
        opened(app.run(), PAGE)
        assert not app.exception
        assert not [one.family for one in STUDENTS if one.family in sent(app)]
        return app


def said(app):
    found = (*app.title, *app.header, *app.markdown, *app.caption, *app.info)
    return "\n".join(element.value.replace("\\", "") for element in found)


@pytest.mark.parametrize("member", [MO, ROS], ids=lambda m: m.given)
def test_the_page_begins_with_how_far_support_came(university, member):
    publish()
    text = said(shown(member))
    assert (
        "In 2026/27 so far, about 155 students had a suggestion to talk; about 55 of them talked with their tutor "
        "or agreed a plan afterwards"
    ) in text
    assert "of all that is recorded up to 22 November 2026, by the rules of version" in text
    assert (
        "About 61% of the students with a suggestion to talk had an answer from a tutor." in text
    )  # 95 of 155
    assert "52% had an answer to the first within 5 working days" in text  # 50 of 97
    assert "half took 5 days or less; the middle half took 3 to 6 days" in text


def test_a_difference_is_told_with_its_interval_and_with_what_it_does_not_show(university):
    publish()
    text = said(shown())
    assert VERDICTS[Finding.MORE] in text
    assert "There are about 40 pairs. They began at a score of 30 in the mean." in text
    assert "changed by +15 points in the mean, those of the others by +9." in text
    assert "The difference is +6 points, and its 95% interval runs from +5 to +7." in text
    assert "Of the others, 30% talked or agreed a plan within the next weeks." in text
    assert "“From prediction to impact: Evaluation of a learning analytics retention program”" in text
    assert "whoever is at a low point mostly rises again without any help" in text


@pytest.mark.parametrize(
    ("differences", "finding", "says"),
    [
        ([-900, 1_000] * 20, Finding.OPEN, "so no difference can be told"),
        ([-300, -900] * 20, Finding.LESS, "runs from −7 to −5"),
        ([900] * 29, Finding.FEW, "fewer than 30 such pairs so far, and from so few nothing can be said"),
    ],
)
def test_where_nothing_can_be_told_it_says_so(university, differences, finding, says):
    publish(differences=differences)
    text = said(shown())
    assert VERDICTS[finding] in text
    assert says in text
    assert [v for v in VERDICTS.values() if v in text] == [VERDICTS[finding]]


def test_each_chart_has_its_words_and_its_table_and_only_published_numbers(university):
    publish()
    app = shown()
    charts = [json.loads(c.proto.spec or c.proto.figure.spec) for c in app.get("plotly_chart")]
    assert charts[0]["data"][0]["text"] == ["155", "95", "75", "55", "25", "10"]  # 157, 97, 77, 57, 27, 12
    assert charts[0]["data"][0]["x"] == [155, 95, 75, 55, 25, 10]
    assert (charts[1]["data"][0]["x"], charts[1]["data"][0]["error_x"]["array"]) == ([6], [1])
    first, second = (table.value for table in app.table)
    assert list(first["Students"]) == ["155", "95", "75", "55", "25", "10"]
    assert list(second["Points"])[-2:] == [r"\+5 to \+7", "40"]


def test_a_stage_that_would_tell_of_a_few_has_a_mark_and_no_bar(university):
    publish(students(suggested=60, answered=3, offered=20, supported=30), [])
    app = shown()
    drawn = app.get("plotly_chart")[0].proto
    bars = json.loads(drawn.spec or drawn.figure.spec)
    text = said(app)
    assert "[c]: fewer than 10 students, or fewer than 10 less than in the last bar with a number" in text
    assert bars["data"][0]["text"] == ["115", "55", "[c]", "30", "[c]", "[c]"]  # 113, 53, 50, 30, 0, 0


def test_before_anything_was_counted_the_page_says_which_command_does_it(university):
    app = shown()
    assert "manage.py impact" in said(app)
    assert not app.get("plotly_chart")


def test_too_few_students_are_said_to_be_too_few(university):
    publish(students(suggested=9), [])
    text = said(shown())
    assert "too few students had a suggestion to talk to say what became of them" in text
    assert "Too few conversations were offered in answer to a suggestion" in text
    assert VERDICTS[Finding.FEW] in text


def test_figures_by_other_rules_say_that_they_are(university):
    publish(rule="2020-1")
    assert f"The rules in force are version {RULES.version}." in said(shown())


def test_the_charts_are_sound(university):
    publish()
    of = published.figures(MO.viewer, Family.IMPACT, NOW)
    assert isinstance(of, Published)
    row = of.rows("comparison")["all"]
    for figure in (impact_chart.funnel(of), impact_chart.difference(row)):
        type(figure)(figure.to_dict())  # plotly's own check of every value
    assert set(impact_words.LABELS) == set(Stage)
    assert "Agreed a support plan: 25" in impact_chart.funnel_alt(of)
    assert "runs from +5 to +7" in impact_chart.difference_alt(row)
