"""How well it works, as a manager and as compliance see it: finding, charts with their tables, and the preview."""

import json
from datetime import timedelta

import pytest

import policy
from auth.viewer import Viewer
from components import accuracy_chart, accuracy_words
from data_access import published
from engagement import backtest, thresholds
from engagement.backtest import CLOSE_UP, RATED, SUGGESTED, WEEKS, Seen, Week
from engagement.outcome import Outcome
from engagement.published import Cell, Family
from engagement.thresholds import Answer, Grid, in_force
from pages import PAGES
from policy.days import day
from privacy import flagged
from privacy.characteristics import Dimension, Profile
from privacy.flagged import Student
from tests.apptest import opened, sent, signed_in
from tests.cast import MO, NOW, ROS, STUDENTS

RULES = policy.current().engagement
JOB = Viewer.service("evaluate")
GRID = Grid.around(in_force(RULES))
PAGE = next(page for page in PAGES if page.url == "how-well")


def seen(low_and_bad, low, bad, others):
    """So many students: rated Very low who end badly and who do not, and rated High likewise."""
    counts = ((low_and_bad, 1_000, True), (low, 1_000, False), (bad, 9_000, True), (others, 9_000, False))
    rows = [(score, ended) for count, score, ended in counts for _ in range(count)]
    return tuple(Seen(n, s, s < 5_000, Outcome(failed=e)) for n, (s, e) in enumerate(rows))


ENOUGH = seen(30, 10, 30, 130)


def people(sex, disability, bad, count, found):
    """So many students of whom so many are flagged both ways."""
    both = frozenset({RATED, SUGGESTED})
    held = {Dimension.SEX: sex, Dimension.DISABILITY: disability, Dimension.AGE: "Under 21"}
    profile = Profile({**held, Dimension.DEPRIVATION: "Quintile 3"})
    return [Student(profile, bad, both if n < found else frozenset()) for n in range(count)]


PEOPLE = [
    *people("Female", "None known", True, 100, 70),
    *people("Male", "None known", True, 100, 30),
    *people("Female", "None known", False, 200, 20),
    *people("Male", "None known", False, 200, 20),
    *people("Male", "Mental health", False, 4, 3),
]


QUIET = Answer(0, frozenset({5, 7}), frozenset(), frozenset())
LATE = Answer(1, frozenset(), frozenset(), frozenset())


def load():
    """What would be raised now, of two tutees for each tutor."""
    return thresholds.raised(GRID, [(one, n // 2) for n, one in enumerate([QUIET] * 20 + [LATE] * 40)])


def figures(of=ENOUGH):
    weeks = [Week(n, day(20_000 + 7 * n), of) for n in WEEKS]
    then = [(LATE, True)] * 30 + [(QUIET, False)] * 30
    return [
        Cell("year", "2025/26", "rules", RULES.version),
        *backtest.cells(weeks, RULES.bands),
        *thresholds.told(GRID, then),
        *flagged.cells(PEOPLE, (RATED, SUGGESTED)),
    ]


@pytest.fixture
def measured(university):
    published.publish(JOB, Family.ACCURACY, figures(), RULES.version, NOW - timedelta(days=150))
    published.publish(JOB, Family.ALERT_LOAD, load(), RULES.version, NOW)
    return university


def said(app):
    found = (*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.info, *app.code)
    return "\n".join(element.value.replace("\\", "") for element in found)


@pytest.mark.parametrize("member", [MO, ROS], ids=lambda m: m.given)
def test_the_page_begins_with_the_finding_in_a_sentence(measured, member):
    with signed_in(member) as app:
        text = said(opened(app.run(), PAGE))
        everything = sent(app)
    assert not app.exception
    assert (
        f"In week {CLOSE_UP} of 2025/26, 75% of the students rated Low or Very low left or failed later; "
        "50% of all who did were among them"
    ) in text
    assert "Made on 26 June 2026 by the rules of version" in text
    assert "Of 45 tutees, 9 are rated Low or Very low as a week ends." in text
    assert "It does not show that talking helps" in text
    assert "A gap between groups does not say where it comes from" in text
    for mark in ("[c]", "[u]", "[DPL]", "[DPH]"):
        assert f"{mark}: " in text
    assert not [one.family for one in STUDENTS if one.family in everything]


def test_each_chart_has_its_words_and_its_table(measured):
    with signed_in(MO) as app:
        opened(app.run(), PAGE)
        charts = [
            json.loads(chart.proto.spec or chart.proto.figure.spec) for chart in app.get("plotly_chart")
        ]
        tables = [table.value for table in app.table]
    assert [len(chart["data"]) for chart in charts] == [4, 1]
    assert charts[0]["data"][0]["y"] == [75] * len(WEEKS)
    groups = [5, 5, 4, 4, 6, 6, 8, 8]  # everybody and each group, twice for each characteristic
    assert [len(table) for table in tables] == [*[len(WEEKS)] * 3, 6, *groups, 4, 4]
    assert list(tables[1]["Right"]) == ["75%"] * len(WEEKS)
    assert list(tables[1]["Ahead"]) == [r"\[u\]"] * len(WEEKS)  # they failed, and nobody left


def test_the_thresholds_in_force_come_first_and_another_prints_the_lines_to_change(measured):
    with signed_in(MO) as app:
        opened(app.run(), PAGE)
        assert "These are the thresholds in force." in said(app)
        assert [box.label for box in app.selectbox] == [
            "Quiet teaching days", "Attendance under", "Points fallen",
        ]  # fmt: skip
        assert (
            "About 40 suggestions on 23 November 2026, 30.0 per tutor of 45 (half of the tutors have 2 or fewer, and "
            "nobody has ten); last year, in week 8, "
        ) in said(app)
        assert not app.code
        app.selectbox[0].select(7).run()
        text = said(app)
    assert not app.exception
    assert "About 60 suggestions on 23 November 2026, 45.0 per tutor of 45 (half of the tutors have 2" in text
    assert "; last year, in week 8, 50% of the students with one left or failed later" in text
    assert "As it is now (10 quiet teaching days" in text
    assert app.code[0].value == 'version = "2026-4"\n\n[suggestions.quiet]\ndays = 7'


def test_each_rule_has_a_line_of_its_own_before_and_after_the_choice(measured):
    with signed_in(MO) as app:
        opened(app.run(), PAGE)
        before = [table.value for table in app.table][-2:]
        app.selectbox[0].select(7).run()
        now, then = [table.value for table in app.table][-2:]
    assert list(before[0]["Rule"]) == [
        "missing work", "10 quiet teaching days", "attendance under 50%", "a fall of 20 points",
    ]  # fmt: skip
    assert list(before[0]["Raised"]) == ["40", *[r"\[c\]"] * 3]
    assert list(now["Rule"])[1] == "7 quiet teaching days"
    assert list(now["Raised"])[:2] == ["40", "20"]
    assert list(now["Middle"])[:2] == ["2", "0"]
    assert list(now["Most"])[:2] == [r"\[c\]"] * 2
    assert [list(then[head])[:2] for head in ("Right", "Found")] == [
        [r"\[DPH\]", r"\[DPL\]"],
        [r"\[DPH\]", r"\[DPL\]"],
    ]


def test_each_characteristic_has_its_sentence_and_its_tables_and_a_small_group_says_nothing(measured):
    with signed_in(MO) as app:
        text = said(opened(app.run(), PAGE))
        sex, of_others = (table.value for table in app.table[4:6])
        disability = app.table[7].value
    assert (
        "Likely gaps by sex: of those who left or failed, 30% of “Male” and 70% of “Female” were rated Low or "
        "Very low; of those who left or failed, 30% of “Male” and 70% of “Female” were given a suggestion to talk"
    ) in text
    assert list(sex["Group"]) == ["All", "Female", "Male", "Other", "Not known"]
    assert list(sex["Students"])[:3] == ["200", "100", "100"]
    assert list(sex["Low or Very low"])[:3] == ["50%", "70%", "30%"]
    assert list(of_others["Suggestion to talk"])[:3] == ["11%", "10%", "11%"]
    declared = disability[disability["Group"] == "Disability declared"]
    assert set(declared.iloc[0][1:]) == {r"\[c\]"}
    assert "No clear evidence of a gap by sex" not in text
    assert "Too few to say by disability" in text


def test_the_lead_is_told_from_the_first_flag_and_from_each_week():
    left = tuple(Seen(n, 1_000, False, Outcome(withdrew=day(20_000 + 7 * 20))) for n in range(40))
    weeks = [Week(n, day(20_000 + 7 * n), left) for n in (3, 12)]
    of = published_of(backtest.cells(weeks, RULES.bands))
    assert [row["rating: weeks ahead"] for row in of.rows("weeks").values()] == ["17", "8"]
    text = accuracy_words.lead(of)
    assert "nearly all were rated Low or Very low before, half of them at least 17 weeks ahead." in text
    assert (
        "students rated Low or Very low as a week ended who left, half did so at least 8 to 17 weeks later"
        in text
    )
    assert "with a suggestion to talk as a week ended" not in text


def test_figures_of_before_there_were_groups_or_rules_still_show(university):
    old = [cell for cell in figures() if cell.report not in ("groups", "rules")]
    old = [cell for cell in old if not cell.heading.endswith("weeks ahead")]
    published.publish(JOB, Family.ACCURACY, old, RULES.version, NOW)
    published.publish(JOB, Family.ALERT_LOAD, load(), RULES.version, NOW)
    with signed_in(MO) as app:
        text = said(opened(app.run(), PAGE))
    assert not app.exception
    assert "Whether it serves all alike" not in text
    assert "has ten); last year, in week 8, " in text
    assert [table.value["Raised"][0] for table in app.table[-1:]] == ["40"]


def test_in_a_first_year_the_preview_stands_alone(university):
    published.publish(JOB, Family.ALERT_LOAD, load(), RULES.version, NOW)
    with signed_in(MO) as app:
        text = said(opened(app.run(), PAGE))
    assert not app.exception
    assert accuracy_words.EMPTY in text
    assert "; how it would have done last year has not been measured." in text
    assert len(app.table) == 1


def test_thresholds_that_were_changed_since_are_counted_first(university):
    published.publish(JOB, Family.ALERT_LOAD, [Cell("thresholds", "1/1/1", "suggestions", "10")], "1", NOW)
    with signed_in(MO) as app:
        assert accuracy_words.COUNT_AGAIN in said(opened(app.run(), PAGE))
    assert not app.selectbox


def test_before_anything_was_measured_the_page_says_which_command_does_it(university):
    with signed_in(MO) as app:
        assert "manage.py evaluate last-year" in said(opened(app.run(), PAGE))
    assert not app.exception
    assert not app.selectbox


def test_figures_by_other_rules_say_that_they_are_old(university):
    published.publish(JOB, Family.ACCURACY, figures(), "2020-1", NOW)
    with signed_in(MO) as app:
        text = said(opened(app.run(), PAGE))
    assert f"The rules in force are version {RULES.version}: run" in text


def test_a_university_with_few_students_says_so_and_shows_marks(university):
    published.publish(JOB, Family.ACCURACY, figures(seen(2, 3, 4, 14)), RULES.version, NOW)
    with signed_in(MO) as app:
        text = said(opened(app.run(), PAGE))
    assert not app.exception
    assert "too few were rated Low or Very low to say how often that was right" in text
    assert "There were too few students with a suggestion to talk" in text


def test_a_week_that_is_not_published_has_no_point():
    few = published_of(figures(seen(2, 3, 4, 140)))
    figure = accuracy_chart.weeks(few)
    assert set(figure.data[0].y) == {None}
    assert "There were too few students rated Low or Very low" in accuracy_words.over_the_weeks(few)


def published_of(cells):
    tables = {}
    for cell in cells:
        tables.setdefault(cell.report, {}).setdefault(cell.row, {})[cell.heading] = cell.value
    return published.Published(NOW, RULES.version, tables)


def test_the_charts_are_sound_and_hold_no_number_that_was_not_published():
    of = published_of(figures())
    known = {number for row in of.tables["weeks"].values() for number in row.values()}
    for figure in (accuracy_chart.weeks(of), accuracy_chart.words(of)):
        type(figure)(figure.to_dict())  # plotly's own check of every value
    for line in accuracy_chart.weeks(of).data:
        assert {str(y) if y is None else f"{y:g}" for y in line.y} <= known
