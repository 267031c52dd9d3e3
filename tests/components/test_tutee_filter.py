"""Search and filters: what matches, and that they stand in the address."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from components import tutee_filter
from engagement.measure import Rating
from support.going_on import GoingOn, Part
from tests.cast import TODAY
from tests.engagement.made import standing, tutee
from tests.engagement.test_tutee import raised

PEOPLE = [
    tutee("Ida Marsh", standing=standing(Rating.LOW), suggestions=(raised(0),)),
    tutee("Marsha Ng", standing=standing(Rating.GOOD)),
    tutee(
        "Bo Li",
        standing=standing(Rating.GOOD, course="Marine Biology", mode="part-time", level="research", stage=1),
    ),
]


@pytest.mark.parametrize(
    ("typed", "chosen", "names"),
    [
        ("", {}, ["Ida Marsh", "Marsha Ng", "Bo Li"]),
        ("MARSH", {}, ["Ida Marsh", "Marsha Ng"]),
        ("marsh ida", {}, ["Ida Marsh"]),
        ("mar", {}, ["Ida Marsh", "Marsha Ng", "Bo Li"]),  # the course too
        ("", {"rating": ["Good"], "course": []}, ["Marsha Ng", "Bo Li"]),
        ("", {"rating": ["Good", "Low"], "course": ["Marine Biology"]}, ["Bo Li"]),
        ("", {"mode": ["part-time"]}, ["Bo Li"]),
        ("", {"level": ["research"], "mode": ["part-time"]}, ["Bo Li"]),
        ("", {"stage": ["2"]}, ["Ida Marsh", "Marsha Ng"]),
        ("", {"suggestion": ["no answer yet"]}, ["Ida Marsh"]),
        ("", {"suggestion": ["nothing suggested"]}, ["Marsha Ng", "Bo Li"]),
        ("nobody", {}, []),
    ],
)
def test_what_is_typed_and_chosen_narrows_the_list(typed, chosen, names):
    assert [t.name for t in PEOPLE if tutee_filter._matches(t, typed, chosen)] == names


GOING_ON = {
    PEOPLE[0].id: GoingOn(frozenset({Part.PLAN, Part.ACTION, Part.LATE}), TODAY - timedelta(weeks=3)),
    PEOPLE[1].id: GoingOn(frozenset({Part.OFFER}), TODAY - timedelta(weeks=5)),
}


def _page() -> None:
    import streamlit as st

    from components import tutee_filter
    from tests.cast import TODAY
    from tests.components.test_tutee_filter import GOING_ON, PEOPLE

    st.write(", ".join(t.name for t in tutee_filter.narrowed(PEOPLE, GOING_ON, TODAY)))


def test_an_address_brings_back_its_filters_and_a_word_it_does_not_know_is_ignored():
    app = AppTest.from_function(_page)
    app.query_params["rating"] = "Low"
    app.query_params["search"] = "ida"
    app.query_params["course"] = "Nothing of ours"
    app.run()
    assert [m.value for m in app.markdown] == ["Ida Marsh"]
    assert app.text_input(key="search").value == "ida"


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ({"support": ["action open"]}, ["Ida Marsh"]),
        ({"support": ["action past its day"]}, ["Ida Marsh"]),
        ({"support": ["offer waits for an answer", "action open"]}, ["Ida Marsh", "Marsha Ng"]),
        ({"support": ["nothing going on"]}, ["Bo Li"]),
        ({"support": ["no such thing"]}, ["Ida Marsh", "Marsha Ng", "Bo Li"]),
        ({"weeks": ["4 weeks"]}, ["Marsha Ng", "Bo Li"]),
        ({"weeks": ["2 weeks"], "support": ["plan runs"]}, ["Ida Marsh"]),
        ({"weeks": ["5 weeks"]}, ["Ida Marsh", "Marsha Ng", "Bo Li"]),  # there is no such choice
        ({"weeks": ["2 weeks"], "search": ["marsh"]}, ["Ida Marsh", "Marsha Ng"]),
    ],
)
def test_an_address_brings_back_what_goes_on_and_the_weeks_without_a_contact(address, names):
    app = AppTest.from_function(_page)
    for name, values in address.items():
        app.query_params[name] = values
    app.run()
    assert not app.exception
    assert [m.value for m in app.markdown] == [", ".join(names)]
