"""My account: the link under which a calendar reads one's own meetings."""

import re

import pytest

from data_access import calendar_feeds
from pages import PAGES
from tests.apptest import opened, signed_in
from tests.cast import ADA, BEN, CAST, NOW, TIM

PAGE = next(page for page in PAGES if page.url == "account")
TITLE = "Your meetings in your own calendar"


def labels(app):
    return [button.label for button in app.main.button if "link" in button.label]


def press(app, label):
    next(button for button in app.main.button if button.label == label).click().run()


def headers(app):
    return [header.value for header in app.main.header]


@pytest.mark.parametrize("member", [ADA, BEN], ids=lambda m: m.given)
def test_a_link_is_made_shown_once_made_anew_and_stopped(university, member):
    with signed_in(member) as app:
        opened(app.run(), PAGE)
        assert TITLE in headers(app)
        assert labels(app) == ["Make a link"]
        press(app, "Make a link")
        (first,) = [code.value for code in app.main.code]
        found = re.fullmatch(r"https?://[^/]+/calendar/([\w-]{43})\.ics", first)
        assert found
        assert calendar_feeds.owner(found[1], NOW).person == member.number
        app.run()
        assert [code.value for code in app.main.code] == []
        assert labels(app) == ["Make a new link", "Stop the link"]
        assert any("made on 23 November 2026" in one.value for one in app.main.markdown)
        press(app, "Make a new link")
        (second,) = [code.value for code in app.main.code]
        assert second != first
        assert calendar_feeds.owner(found[1], NOW) is None
        app.run()
        press(app, "Stop the link")
        assert labels(app) == ["Make a link"]
        assert calendar_feeds.since(member.viewer, NOW) is None


@pytest.mark.parametrize("member", [m for m in CAST if m not in (ADA, BEN, TIM)], ids=lambda m: m.given)
def test_who_has_no_meetings_is_not_asked(university, member):
    with signed_in(member) as app:
        opened(app.run(), PAGE)
        assert (TITLE in headers(app)) is (member.role in calendar_feeds.ROLES)
        assert not app.exception
