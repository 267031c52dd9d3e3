"""The students of the demo's stories at their own pages: each page, each part of it, with every box opened."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from unittest.mock import patch

import bcrypt
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

import data_access
import policy
from auth.viewer import Role, Viewer
from commands import demo_releases, program, start
from data_access import accounts, alert_load, backtest, database, sessions, support_outcomes
from data_access.tables import Ceremony, Course, Module, SourceKey
from ingest.demo.signins import PASSWORD, SIGN_INS
from ingest.demo.stories import STORIES, Story
from pages import Page, open_to
from policy.settings import Settings
from tests.apptest import SCRIPT, opened, parts_of, sent

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
FIRST = ""
"""The part that stands for the first sight of a page, before any box is opened."""
_SHOWN = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "success", "error")


@dataclass(frozen=True)
class Seen:
    """One part of one page as one student sees it; `sent` holds all of it, `shown` what is read as text."""

    page: Page
    part: str
    sent: str
    shown: tuple[str, ...]


@dataclass
class Demo:
    """The small demo. The titles of modules and courses are the university's words, and left out of what is seen."""

    home: Path
    persons: Mapping[str, int] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    _seen: dict[str, tuple[Seen, ...]] = field(default_factory=dict)

    def seen(self, story: Story) -> tuple[Seen, ...]:
        """All that this student sees; walked once."""
        if story.key not in self._seen:
            with _installed(self.home), _reading(self.persons[story.key]) as app:
                self._seen[story.key] = tuple(self._walked(app))
        return self._seen[story.key]

    def _walked(self, app: AppTest) -> Iterator[Seen]:
        app.run()
        for page in open_to(Role.STUDENT):
            yield self._sight(opened(app, page), page, FIRST)
            for part in parts_of(page) or ["whole"]:
                app.session_state["part"] = part
                _open_boxes(app.run())
                yield self._sight(app, page, part)

    def _sight(self, app: AppTest, page: Page, part: str) -> Seen:
        assert not app.exception, (page.url, part)
        shown = [element.value for kind in _SHOWN for element in app.get(kind)]
        return Seen(page, part, self._ours(sent(app)), tuple(map(self._ours, shown)))

    def _ours(self, text: str) -> str:
        for title in self.titles:
            text = text.replace(title, "…")
        return text


def made(home: Path, at: datetime = NOW) -> Demo:
    """The demo of that moment with an account for every story; without what managers read: it takes longest."""
    with pytest.MonkeyPatch.context() as change:
        change.setenv("LA_HOME", str(home))
        change.delenv("LA_DATABASE_URL", raising=False)
        change.setattr(start, "now", lambda: at)
        change.setattr(bcrypt, "gensalt", partial(bcrypt.gensalt, 4))  # the cheapest hashes
        change.setattr(demo_releases, "write", lambda *_: None)
        change.setattr(backtest, "refresh", lambda *_: None)
        change.setattr(alert_load, "refresh", lambda *_: None)
        change.setattr(support_outcomes, "refresh", lambda *_: None)
        done = CliRunner().invoke(program.app, ["demo", "--students", "100", "--json"])
        assert done.exit_code == 0, done.output
        with _installed(home):
            _open_accounts()
            with Session(database.stores().core) as session:
                titles = [*session.scalars(select(Module.title)), *session.scalars(select(Course.title))]
                persons = {one.key: one.person for one in session.scalars(select(SourceKey))}
    return Demo(home, persons, tuple(sorted(set(titles), key=len, reverse=True)))


def _open_accounts() -> None:
    have = {one.key for one in SIGN_INS}
    for story in STORIES:
        if story.key not in have:
            accounts.add(
                Viewer.service("demo"),
                story.key,
                story.key.lower(),
                PASSWORD,
                [Role.STUDENT],
                NOW,
                reason="A test",
            )


@contextmanager
def _installed(home: Path) -> Iterator[None]:
    data_access.start(Settings(home=home))
    policy.use(home / "policy")
    yield
    database.stores().core.dispose()
    database.stores().log.dispose()
    policy.use(None)


@contextmanager
def _reading(person: int) -> Iterator[AppTest]:
    token = sessions.redeem(sessions.begin_session(person, Ceremony.PASSWORD, NOW), "A test", NOW)
    with patch("auth.sessions.cookie", return_value=token), patch("auth.sessions.now", return_value=NOW):
        yield AppTest.from_file(SCRIPT, default_timeout=30)


def _open_boxes(app: AppTest) -> None:
    """Open every box that is filled when it is opened, and those that come to light in it."""
    known: set[str] = set()
    while found := {key for key in _boxes(app) if key not in known}:
        known |= found
        for key in found:
            app.session_state[key] = True
        app.run()


def _boxes(app: AppTest) -> Iterator[str]:
    for kind in ("expander", "popover"):
        for box in app.get(kind):
            # `$$ID-` and a hash stand before the key that the code gave it; without an id it is always filled.
            if named := re.fullmatch(r"\$\$ID-\w+-(.+)", getattr(box.proto, "id", "")):
                yield named[1]
