"""How the rating works, as anybody sees it: the policy in force, and an example that is the rating itself."""

import pytest
from streamlit.testing.v1 import AppTest

import policy
from auth.viewer import Role
from engagement import example, explanation, measure
from engagement.example import Example
from pages import PAGES, open_to
from tests.apptest import opened, signed_in
from tests.cast import ADA, BEN, EVE, MO
from web import without_script

PAGE = next(page for page in PAGES if page.url == "how-it-works")
RULES = policy.current().engagement

pytestmark = pytest.mark.usefixtures("university")


def text(app: AppTest) -> str:
    return "\n".join(m.value for m in app.markdown)


def slider(app: AppTest, label: str):
    return next(s for s in app.slider if s.label == label)


def toggle(app: AppTest, label: str):
    return next(t for t in app.toggle if t.label == label)


def result(app: AppTest) -> str:
    """The word and the number that the example comes to."""
    return app.subheader[0].value


def test_it_is_open_to_every_role_and_to_strangers():
    assert PAGE.strangers
    assert all(PAGE in open_to(role) for role in Role if role is not Role.SERVICE)


@pytest.mark.parametrize("member", [None, BEN, ADA, MO, EVE], ids=lambda m: m.given if m else "stranger")
def test_everybody_reads_the_same_page(member):
    with signed_in(member) as app:
        opened(app.run(), PAGE)
        assert not app.exception
        assert [t.value for t in app.title] == ["How the rating works"]
        assert [h.value for h in app.header] == [
            "What it is for",
            "What is counted",
            "How far back it looks",
            "For research students",
            "What never counts against you",
            "What is never used",
            "The words",
            "Try it",
            "When a conversation is suggested",
            "How well it works",
            "Where to get support",
        ]
        assert next(iter(app.table[0].value["Share"])) == "4 of 14 \\(29%\\)"
        assert policy.current().support.out_of_hours.name in text(app)


def test_the_example_begins_as_it_is_worked_out_by_hand():
    with signed_in(None) as app:
        opened(app.run(), PAGE)
        assert result(app) == "◕ Good, 70.71 of 100"
        assert "(4 × 75.00 + 3 × 83.33 + 2 × 75.00 + 5 × 58.00) ÷ 14 = 70.71" in text(app)


def test_moving_a_slider_moves_the_sum_and_the_word_as_the_measure_says():
    tried = Example(attended=1, missed=9, active_days=0, late=2, missing=2)
    found = example.rated(tried, RULES)
    with signed_in(None) as app:
        opened(app.run(), PAGE)
        slider(app, "Went to").set_value(1)
        slider(app, "Missed").set_value(9)
        slider(app, "Days active").set_value(0)
        slider(app, "Handed in late").set_value(2)
        slider(app, "Not handed in").set_value(2).run()
        assert str(measure.rating(found.score, RULES.bands)) in result(app)
        assert explanation.module_sum(found, RULES) in text(app)
        rows = app.table[-1].value.to_dict("records")
    assert [row["Sum"] for row in rows] == [line.working for line in explanation.lines(found, RULES)]


def test_a_part_that_nothing_is_known_of_drops_out_and_the_weights_are_shared_again():
    with signed_in(None) as app:
        opened(app.run(), PAGE)
        toggle(app, "No VLE data reached us").set_value(True).run()
        assert "(4 × 75.00 + 2 × 75.00 + 5 × 58.00) ÷ 11 = 67.27" in text(app)
        toggle(app, "Nothing was due").set_value(True).run()
        assert "(4 × 75.00 + 5 × 58.00) ÷ 9 = 65.56" in text(app)
        toggle(app, "No registers reached us").set_value(True).run()
        assert "(5 × 58.00) ÷ 5 = 58.00" in text(app)
        slider(app, "Pieces of work marked").set_value(0).run()
        assert result(app) == "◌ Not enough data"
        assert "nothing to go by" in text(app)


def test_without_scripts_the_same_sections_can_be_read():
    html = without_script.how_it_works()
    with signed_in(None) as app:
        opened(app.run(), PAGE)
        for heading in app.header:
            assert f"<h2>{heading.value}</h2>" in html or heading.value == "Try it"
    assert "÷ 14 = 70.71. So: Good." in html
    assert "<script" not in html
