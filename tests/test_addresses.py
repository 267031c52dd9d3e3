"""No address is ever listed or exported: not by a page, not by a public function, whoever asks."""

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import data_access
from auth.refusals import Refusal
from auth.viewer import Viewer
from data_access import holdings, ratings
from pages import PAGES
from tests.apptest import opened, sent, signed_in
from tests.cast import BEN, CAST, DEE, NOW, STUDENTS, TIM
from tests.conftest import University
from tests.data_access.telling import ADDRESS, CANARY, tell

_ASKED = {"viewer", "student_id", "at"}


@pytest.fixture
def reachable(university: University) -> University:
    ratings.refresh(Viewer.service("rate"), NOW)
    university.change(ADDRESS)
    tell("offer-1", "offer")
    return university


def functions() -> Iterator[Callable[..., Any]]:
    """Every public function of data_access that somebody can ask with a student, or with nothing but themselves."""
    for path in sorted(Path(str(data_access.__file__)).parent.glob("*.py")):
        module = import_module(f"data_access.{path.stem}") if path.stem != "__init__" else data_access
        for name, found in inspect.getmembers(module, inspect.isfunction):
            wanted = {
                each.name
                for each in inspect.signature(found).parameters.values()
                if each.default is each.empty
            }
            public = found.__module__ == module.__name__ and not name.startswith("_")
            if public and {"viewer", "at"} <= wanted <= _ASKED:
                yield found


def told(function: Callable[..., Any], viewer: Viewer, student: str) -> str:
    """What it answers, or the sentence of its refusal."""
    asked = {"viewer": viewer, "student_id": student, "at": NOW}
    try:
        found = function(
            **{name: asked[name] for name in inspect.signature(function).parameters if name in asked}
        )
        return repr(list(found) if inspect.isgenerator(found) else found)
    except Refusal as refusal:
        return repr(refusal)


def test_the_walk_meets_the_functions_that_read_students():
    names = {f"{one.__module__}.{one.__name__}" for one in functions()}
    assert {"data_access.timelines.year", "data_access.messages.own", "data_access.tutees.overview"} <= names


@pytest.mark.parametrize("function", list(functions()), ids=lambda f: f"{f.__module__}.{f.__name__}")
def test_no_function_hands_an_address_to_a_person(reachable, function):
    """But one: what is held about them is shown to the student themselves."""
    for member in CAST:
        if (function, member) == (holdings.of, BEN):
            continue
        assert CANARY not in "".join(told(function, member.viewer, student.id) for student in STUDENTS)


@pytest.mark.parametrize("member", [one for one in CAST if one not in (TIM, DEE)], ids=lambda one: one.given)
def test_no_page_sends_an_address_to_a_browser(reachable, member):
    for page in PAGES:
        if member.role in page.roles:
            with signed_in(member) as app:
                app.query_params["student"] = BEN.id
                shown = sent(opened(app.run(), page))
            assert CANARY not in shown
            assert not app.exception
