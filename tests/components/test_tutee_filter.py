"""Search and filters: what matches, and that they stand in the address."""

import pytest
from streamlit.testing.v1 import AppTest

from components import tutee_filter
from engagement.measure import Rating
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


def _page() -> None:
    import streamlit as st

    from components import tutee_filter
    from tests.cast import TODAY
    from tests.components.test_tutee_filter import PEOPLE

    st.write(", ".join(t.name for t in tutee_filter.narrowed(PEOPLE, {}, TODAY)))


def test_an_address_brings_back_its_filters_and_a_word_it_does_not_know_is_ignored():
    app = AppTest.from_function(_page)
    app.query_params["rating"] = "Low"
    app.query_params["search"] = "ida"
    app.query_params["course"] = "Nothing of ours"
    app.run()
    assert [m.value for m in app.markdown] == ["Ida Marsh"]
    assert app.text_input(key="search").value == "ida"
