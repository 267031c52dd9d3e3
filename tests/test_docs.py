"""What the documents say of the code is true: generated pages are fresh, links lead somewhere, tests named exist."""

import ast
import re

import pytest

from docs import authorisation, states
from ingest.demo.signins import PASSWORD, SIGN_INS
from tests.tree import ROOT, parsed

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
TEST = re.compile(r"(tests/[\w/]+\.py)::(\w+)")
FILE = re.compile(r"`((?:[\w.-]+/)*[\w.-]+\.(?:py|csv|toml|md|sh|conf|service|txt))`")


def name(page):
    return page.relative_to(ROOT).as_posix()


def test_the_page_of_permissions_is_what_the_table_says_now():
    assert authorisation.PAGE.read_text("utf-8") == authorisation.page(), "run `make docs`"


def test_the_page_of_states_draws_what_the_tables_say_now_and_every_table_there_is():
    assert states.PAGE.read_text("utf-8") == states.page(), "run `make docs`"
    tables = {
        name(file)
        for folder in ("support", "engagement", "privacy")
        for file in (ROOT / folder).glob("*.py")
        if "\nNEXT: " in file.read_text("utf-8")
    }
    assert tables == {where for _, _, where in states.NOUNS.values()}


def test_the_readme_lists_every_sign_in_of_the_demo_with_its_roles_and_the_password():
    text = (ROOT / "README.md").read_text("utf-8")
    rows = dict(re.findall(r"(?m)^\| `([\w.-]+)` \| ([^|]+?) \|", text))
    assert rows == {one.username: ", ".join(role.words for role in one.roles) for one in SIGN_INS}
    assert f"`{PASSWORD}`" in text


def test_the_readme_fits_a_hundred_lines():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 100


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_inside_the_project_leads_somewhere(page):
    found = LINK.findall(page.read_text("utf-8"))
    assert [link for link in found if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_file_that_is_named_exists(page):
    found = FILE.findall(page.read_text("utf-8"))
    # A name without a folder may lie one below: `institution.toml` is in policy/.
    assert [path for path in found if not (ROOT / path).exists() and not [*ROOT.glob(f"*/{path}")]] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_test_that_is_named_exists(page):
    found = TEST.findall(page.read_text("utf-8"))
    assert [f"{path}::{test}" for path, test in found if test not in _tests(path)] == []


@pytest.mark.parametrize("document", ["security-properties.md", "statement.md"])
def test_each_promise_and_property_names_the_code_that_holds_it_and_a_test_that_shows_it(document):
    text = (ROOT / "docs" / document).read_text("utf-8")
    entries = re.split(r"(?m)^(?=\*\*[A-Z]?\d+\. )", text)[1:]
    assert len(entries) >= 10
    assert [e.partition("\n")[0] for e in entries if not TEST.search(e) or not FILE.search(e)] == []


@pytest.mark.parametrize("document", ["security-properties.md", "statement.md"])
def test_each_promise_and_property_has_a_number_of_its_own(document):
    numbers = re.findall(r"(?m)^\*\*([A-Z]?\d+)\. ", (ROOT / "docs" / document).read_text("utf-8"))
    assert [number for number in numbers if numbers.count(number) > 1] == []


def test_each_sentence_of_the_statement_is_kept_by_entries_that_exist_and_each_entry_keeps_one():
    text = (ROOT / "docs" / "statement.md").read_text("utf-8")
    entries = set(re.findall(r"(?m)^\*\*([A-Z]\d+)\. ", text))
    rows = re.findall(r"(?m)^\| (\d+) \| [^|]+ \| ([^|]+) \|$", text)
    assert [int(number) for number, _ in rows] == list(range(34))  # its title, and thirty-three sentences
    assert {one for _, kept in rows for one in kept.split(", ")} == entries


@pytest.mark.parametrize("record", sorted((ROOT / "docs" / "adr").glob("*.md")), ids=name)
def test_a_decision_fits_a_page_and_has_the_three_parts(record):
    lines = record.read_text("utf-8").splitlines()
    assert re.fullmatch(r"\d{4}-[a-z-]+\.md", record.name)
    assert lines[0].startswith(f"# {int(record.name[:4])}. ")
    assert [line for line in lines if line.startswith("## ")] == ["## Why", "## Decision", "## What follows"]
    assert len(lines) <= 45


def _tests(path):
    file = ROOT / path
    if not file.exists():
        return set()
    return {node.name for node in ast.walk(parsed(file)) if isinstance(node, ast.FunctionDef)}
