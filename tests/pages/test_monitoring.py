"""The pages of figures, as a manager reads them: from approved releases alone, whatever a tab or address claims."""

import json
import re
import shutil
from itertools import product

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import aliased

from auth.viewer import Role
from components import cohorts
from components.release_files import ADDRESS, EXTRACT
from data_access import equality, releases
from data_access.tables import EnrolmentWeek, Person, Release, ReleaseCell, RoleGrant, SuggestedTalk
from pages import PAGES
from privacy import release_words
from privacy.disclosure import number
from privacy.releases import PEOPLE, WAIT, Cohort, Measure, State
from privacy.statistics import funnel, wilson
from tests import monitored
from tests.apptest import opened, sent, signed_in
from tests.cast import CAST, MO, NOW, ROS, TOM
from tests.pages.pressing import pressed, said

COHORTS, EQUALITY, RESPONSE, RELEASES = (
    next(page for page in PAGES if page.url == url)
    for url in ("cohort-engagement", "equality", "how-we-responded", "releases")
)
MANAGERS = (COHORTS, EQUALITY, RESPONSE)
PARTS = ("All at a glance", "Trend", "Courses", "One characteristic")


@pytest.fixture
def installed(monitored_template, tmp_path):
    """A university that is large enough, in the place of the bare cast."""
    return shutil.copytree(monitored_template, tmp_path / "home")


@pytest.fixture
def manager(university):
    with signed_in(MO) as app:
        yield app.run()


def findings(app):
    return [one.value for one in app.subheader]


def charts(app):
    return [json.loads(chart.proto.spec or chart.proto.figure.spec) for chart in app.get("plotly_chart")]


def part(app, name):
    app.session_state["part"] = name
    return app.run()


def chosen(app, key, value):
    app.selectbox(key=key).select(value)
    return app.run()


# What a manager reads


def test_how_ratings_are_distributed_is_told_by_the_week_down_to_a_stage(manager):
    opened(manager, COHORTS)
    assert not manager.exception
    assert findings(manager) == [
        "Your university: 84% rated Good or High, as the week before, 15% Low or Very low"
    ]
    (weeks,) = charts(manager)
    assert [trace["name"] for trace in weeks["data"]] == ["Good or High", "Partial", "Low or Very low"]
    table, below = (one.value for one in manager.table)
    assert [name.partition(" ")[0] for name in table.index] == [
        day.partition(" ")[0] for day in weeks["data"][0]["x"]
    ]
    assert "School of Wombats" in below.index
    places = manager.selectbox(key="node").options
    assert [place.count("\N{NO-BREAK SPACE}") for place in places[:2]] == [0, 3]
    for place in ("c91", "c91-1"):
        chosen(manager, "node", place)
        assert not manager.exception
        assert findings(manager)[0].startswith("BA Wombat 91")


def test_the_gap_that_is_there_is_the_first_thing_that_is_read(manager):
    opened(manager, EQUALITY)
    assert not manager.exception
    assert findings(manager) == ["A likely gap by ethnicity: Black 30%, beside White 10%"]
    assert len(charts(manager)) == 1
    rows = manager.table[0].value
    assert rows.loc["Black", "Gap to the reference"].startswith("+20 points")
    assert rows.loc["Black", "Evidence"] == "likely gap"
    (courses,) = [box for box in manager.expander if box.label == "Is it the courses they are on?"]
    lines = courses.markdown[0].value.splitlines()
    assert [line.split("**")[1] for line in lines] == ["Black"]
    assert "times those of White" in lines[0]
    assert "approved by Ros Llewellyn" in " ".join(one.value for one in manager.caption).lower().replace(
        "ros llewellyn", "Ros Llewellyn"
    )


def test_beside_it_stand_all_at_a_glance_the_trend_and_the_courses(manager):
    opened(manager, EQUALITY)
    for name, finding in (
        ("All at a glance", "4 likely gaps, by ethnicity"),
        ("Trend", "Of all, 15% rated Low or Very low: as in the first census shown"),
        ("Courses", "No course of 2 differs by more than chance in the share rated Low or Very low"),
    ):
        part(manager, name)
        assert not manager.exception
        assert findings(manager) == [finding]
        assert [len(chart["data"]) > 0 for chart in charts(manager)] == [True]
        assert len(manager.table) + len(manager.dataframe) == 1


def test_another_characteristic_measure_and_place_are_looked_at_by_choosing_them(manager):
    opened(manager, EQUALITY)
    chosen(manager, "dimension", "sex")
    assert findings(manager)[0].startswith("No clear evidence of a gap by sex")
    chosen(manager, "measure", Measure.OFFERED)
    assert f"Share {Measure.OFFERED.value}" in manager.table[0].value.columns
    chosen(manager, "node", "c91-1")
    assert not manager.exception
    manager.selectbox(key="dimension").select("ethnicity")
    manager.selectbox(key="measure").select(Measure.LOW)
    manager.selectbox(key="node").select("u").run()
    manager.segmented_control(key="step").select(0).run()
    assert not manager.exception
    assert len(manager.table[0].value) > 12


def test_what_is_hidden_says_why(manager):
    opened(manager, EQUALITY)
    chosen(manager, "node", "c91-1")
    assert "[c]" in sent(manager) or "[u]" in sent(manager)
    assert release_words.why_hidden("ons_10_5_ofs") in said(manager)


def test_how_the_university_responded_is_told_from_suggestion_to_its_end(manager):
    opened(manager, RESPONSE)
    assert not manager.exception
    assert findings(manager) == ["15% had a suggestion to talk, 10% were offered a conversation"]
    rows = manager.table[0].value
    assert list(rows.columns[1:4]) == ["Suggestion", "Offer", "Meeting"]
    assert rows.loc["All students", "Days to an offer"] == "4"


@pytest.mark.parametrize("page", MANAGERS, ids=lambda page: page.url)
def test_every_page_offers_its_own_release_as_files_of_the_place_that_is_looked_at(manager, page):
    opened(manager, page)
    chosen(manager, "node", "c91")
    wanted = (
        one for one in releases.all_of(MO.viewer, NOW) if (one.cohort is Cohort.WEEK) is (page is COHORTS)
    )
    release = next(wanted)
    links = [link.proto.url for link in manager.get("link_button")]
    files = [ADDRESS.format(release=release.id, node="c91", kind=kind) for kind in ("xlsx", "csv", "pdf")]
    duty = [] if page is COHORTS else [EXTRACT.format(year=release.census.year)]
    assert links == [*files, *duty]


@pytest.mark.parametrize("page", MANAGERS, ids=lambda page: page.url)
def test_without_an_approved_release_the_page_says_how_there_comes_to_be_one(university, page):
    university.change(update(Release).values(state=State.WITHDRAWN))
    with signed_in(MO) as app:
        opened(app.run(), page)
    assert not app.exception
    assert [one.value for one in app.info] == [cohorts.EMPTY if page is COHORTS else release_words.EMPTY]
    assert "approved" in app.info[0].value


# What an attacker tries


def everything(app):
    """What the three pages send to one tab, at each place of the release."""
    found = []
    for page in MANAGERS:
        opened(app, page)
        for name in PARTS if page is EQUALITY else ():
            found.append(sent(part(app, name)))
        for place in ("u", "s90", "c91", "c92-2"):
            chosen(app, "node", place)
            assert not app.exception
            found.append(sent(app))
    return found


def test_the_pages_hold_the_same_bytes_for_two_managers_and_whatever_became_of_the_records(university):
    namesake = {"given_name": MO.given, "family_name": MO.family}
    university.change(
        update(RoleGrant).where(RoleGrant.person == TOM.number).values(role=Role.MANAGER),
        update(Person).where(Person.number == TOM.number).values(**namesake),  # at the head of every page
    )
    with signed_in(MO) as app:
        before = everything(app.run())
    with signed_in(TOM) as app:
        assert everything(app.run()) == before
    university.change(
        update(EnrolmentWeek).values(score=1),
        delete(SuggestedTalk),
        update(Person).where(Person.number >= 9_000).values(family_name="Changed"),
    )
    (university.settings.home / "equality.db").unlink()  # no page could read a characteristic if it would
    with signed_in(MO) as app:
        assert everything(app.run()) == before


def shown_on_each_page(app):
    """The three pages, and every part of the one of four parts: what each sends."""
    for page, name in (*((page, None) for page in MANAGERS), *((EQUALITY, name) for name in PARTS)):
        opened(app, page)
        yield sent(part(app, name) if name else app)


def test_no_page_holds_a_person_a_key_or_a_pseudonym(manager, university):
    with university.session() as session:
        people = session.scalars(select(Person.number)).all()
    pseudonyms = [equality.pseudonym(person) for person in people]
    assert len(pseudonyms) > monitored.STUDENTS
    for shown in shown_on_each_page(manager):
        assert "wombat-9" not in shown
        assert not [one for one in pseudonyms if one in shown]
        assert not [
            one
            for one in CAST
            if one.id in shown or (one not in (MO, ROS) and f"{one.given} {one.family}" in shown)
        ]


def test_a_chart_holds_nothing_but_released_figures_and_what_follows_from_them(manager, university):
    allowed = Derivable(university)
    drawn = 0
    for _ in shown_on_each_page(manager):
        for chart in charts(manager):
            drawn += 1
            assert set(chart["layout"]) <= LOOKS_OF_A_CHART
            for shape in chart["layout"].get("shapes", ()):
                assert {shape["x0"], shape["x1"]} <= allowed.told
                assert set(shape) <= {"type", "x0", "x1", "yref", "y0", "y1", "line"}
            for trace in chart["data"]:
                allowed.check(trace)
    assert drawn > len(PARTS)


LOOKS_OF_A_CHART = {
    "height", "margin", "font", "paper_bgcolor", "plot_bgcolor", "dragmode", "hovermode", "hoverlabel",
    "showlegend", "legend", "xaxis", "yaxis", "shapes", "barmode", "template",
}  # fmt: skip
"""What a layout may hold: no annotation, image or note beside."""
LOOKS_OF_A_TRACE = {
    "type", "mode", "marker", "line", "name", "showlegend", "legendgroup", "hoverinfo", "connectgaps", "zmin", "zmax",
    "colorscale", "showscale", "xgap", "ygap", "texttemplate", "hovertemplate",
}  # fmt: skip
"""What of a trace tells no figure; its words are looked at."""


class Derivable:
    """Every released figure, and all that anybody can work out from it."""

    def __init__(self, university):
        c, people = ReleaseCell, aliased(ReleaseCell)
        own = [
            getattr(c, key) == getattr(people, key)
            for key in ("release", "node", "dimension", "step", "place")
        ]
        beside = select(people.value, c.value).where(
            *own, people.figure == PEOPLE, c.figure.not_in((PEOPLE, WAIT))
        )
        with university.session() as session:
            self.told = {number(value) for value in session.scalars(select(c.value).distinct())} - {None}
            pairs = [tuple(map(number, pair)) for pair in session.execute(beside.distinct())]
            self.named = set(session.scalars(select(c.group).distinct()))
        pairs = [(int(n), share) for n, share in pairs if n and share is not None]
        ends = [(share, *(100 * end for end in wilson(round(n * share / 100), n))) for n, share in pairs]
        shares = {share for _, share in pairs}
        self.arms = {round(end, 1) for share, low, high in ends for end in (high - share, share - low)}
        self.ends = {float(round(end)) for _, low, high in ends for end in (low, high)}
        self.gaps = {one - other for one in shares for other in shares}
        self.shares = shares

    def check(self, trace):
        """Every figure of a trace is one of these, wherever it stands in it."""
        may = {
            "x": self.told,
            "y": self.told,
            "customdata": self.told | self.ends,
            "z": self.gaps,
            "text": self.gaps,
        }
        if str(trace.get("name")).endswith("% limit"):
            may = {"x": set(map(float, range(25, monitored.STUDENTS + 60, 5))), "y": self.limits(trace["x"])}
        reach = trace.get("error_x", {})
        assert figures([reach.get("array"), reach.get("arrayminus")]) <= self.arms
        assert set(reach) <= {"type", "symmetric", "array", "arrayminus", "color", "thickness"}
        assert set(trace) <= LOOKS_OF_A_TRACE | set(may) | {"error_x"}
        for place, some in may.items():
            assert figures(self.without_names(trace.get(place))) <= some, place
        words = [trace.get(one) for one in ("name", "hovertemplate", "texttemplate", "hoverinfo")]
        assert figures(self.without_names(words)) <= {95.0, 99.8, 0.0, 1.0, 2.0}

    def limits(self, sizes):
        """What chance alone explains around each released share."""
        levels = ((0.95, 0.998), sizes, self.shares)
        return {
            round(100 * end, 1)
            for level, n, share in product(*levels)
            for end in funnel(share / 100, n, level)
        }

    def without_names(self, value):
        """The same without what courses, weeks and groups are called."""
        if isinstance(value, str):
            bare = value.replace("<br>", " ")
            if bare in self.named or "Wombat" in bare or re.fullmatch(r"\d+ [A-Z][a-z]{2}( \d{4})?", bare):
                return None
            return value
        return [self.without_names(one) for one in value] if isinstance(value, list) else value


def figures(value):
    """Every number in this, in its words too."""
    if isinstance(value, list):
        return {one for each in value for one in figures(each)}
    if isinstance(value, str):
        return {float(one) for one in re.findall(r"[-+]?\d+(?:\.\d+)?", value)}
    return set() if value is None or isinstance(value, bool) else {float(value)}


def test_no_release_that_was_not_approved_and_no_place_that_is_none_is_reached_by_an_address(
    university, manager
):
    waits = next(one.id for one in releases.all_of(ROS.viewer, NOW) if one.cohort is Cohort.CENSUS)
    university.change(update(Release).where(Release.id == waits).values(state=State.WITHDRAWN))
    opened(manager, EQUALITY)
    honest = sent(manager)
    for name, value in (("node", "s90 minus c91"), ("census", f"{waits}"), ("student", "wombat-9001")):
        manager.query_params[name] = value
        assert sent(manager.run()) == honest
        assert not manager.exception
    offered = manager.selectbox(key="census").options
    assert offered == ["Students on 8 November 2026"]


# What compliance decides


def not_yet_approved(university):
    """Take all approvals back, which no statement can do while the trigger stands."""
    university.change(text("DROP TRIGGER release_not_changed"), update(Release).values(state=State.BUILT))


def test_compliance_approves_with_what_the_attacker_left_before_their_eyes(university):
    not_yet_approved(university)
    with signed_in(ROS) as app:
        opened(app.run(), RELEASES)
        assert not app.exception
        assert "ethnicity: " in said(app)
        assert "hidden beside" in said(app)
        pressed(app, "Approve")
        assert releases.all_of(MO.viewer, NOW)
        pressed(app, "Take out of sight")
        assert not app.exception


def test_two_who_approve_at_once_approve_it_once(university):
    not_yet_approved(university)
    with signed_in(ROS) as app:
        opened(app.run(), RELEASES)
        university.change(update(Release).values(state=State.WITHDRAWN))
        pressed(app, "Approve")
    assert [one.value for one in app.error] or not [b for b in app.button if b.label == "Approve"]
    assert releases.all_of(MO.viewer, NOW) == ()
