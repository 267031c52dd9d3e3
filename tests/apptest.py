"""The UI script under Streamlit's AppTest, for one of the cast signed in through a real session."""

import ast
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from unittest.mock import patch

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from data_access import sessions
from data_access.tables import Ceremony
from pages import Page
from tests.cast import NOW, Member
from tests.tree import ROOT, parsed

SCRIPT = ROOT / "web" / "main.py"
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
"""Every AppTest would go through all installed packages in search of components, which takes longer than a page."""


def session_of(member: Member) -> str:
    """The token of a new session of this member."""
    token = sessions.redeem(sessions.begin_session(member.number, Ceremony.PASSWORD, NOW), "A test", NOW)
    assert token
    return token


@contextmanager
def as_seen_with(token: str | None) -> Iterator[AppTest]:
    """The application as seen with this cookie, on the day of the cast; not run yet.

    AppTest has no cookies, so the one place that reads them is told.
    """
    with patch("auth.sessions.cookie", return_value=token), patch("auth.sessions.now", return_value=NOW):
        yield AppTest.from_file(SCRIPT, default_timeout=20)


@contextmanager
def signed_in(member: Member | None) -> Iterator[AppTest]:
    """The application as this member sees it; None is a stranger. `with signed_in(ADA) as app: app.run()`."""
    with as_seen_with(session_of(member) if member else None) as app:
        yield app


def opened(app: AppTest, page: Page) -> AppTest:
    """The application after going to that page; ValueError when the person's navigation does not hold it."""
    return app.switch_page(str(page.script)).run()


def sent(app: AppTest) -> str:
    """All that was sent to the browser, as one text to search: labels, options, hidden columns and all."""
    protos = (getattr(node, "proto", None) for node in (*app.main, *app.sidebar))
    return b"".join(p.SerializeToString() for p in protos if p).decode("utf-8", "replace")


def parts_of(page: Page) -> list[str]:
    """The parts of a page of which only one is filled at a time, as its script names them; none where it has none."""
    tree = list(ast.walk(parsed(page.script)))
    calls = (node for node in tree if isinstance(node, ast.Call))
    named = {ast.unparse(node.targets[0]): node.value for node in tree if isinstance(node, ast.Assign)}
    found = (call.args for call in calls if ast.unparse(call.func) == "parts.open_one")
    return [name for names in found for one in names for name in _told(one, named)]


def _told(one: ast.expr, named: Mapping[str, ast.expr]) -> tuple[str, ...]:
    """The names in one argument: a text, or a tuple of them that has a name."""
    if isinstance(one, ast.Starred):
        return tuple(ast.literal_eval(named[ast.unparse(one.value)]))
    return (ast.literal_eval(one),)
