"""The architecture, as sentences: what lies where, how long it may be, and what no file may do."""

import ast
import re
import sys

from pages import PAGES
from tests.tree import ROOT, application, everything, name, parsed

UNSAFE = (
    "unsafe_allow_html",  # text of others would become markup
    "cache_data",  # is shared by all sessions unless told otherwise
    "cache_resource",
    "pickle",
)


def test_the_pages_folder_holds_no_script_itself():
    # Streamlit serves pages/*.py to a stranger, without running the script that asks who they are.
    assert [file.name for file in (ROOT / "pages").glob("*.py")] == ["__init__.py"]


def test_every_page_file_is_on_the_site_map_and_every_entry_has_its_file():
    files = {name(f) for f in (ROOT / "pages").rglob("*.py") if f.name != "__init__.py"}
    assert {f"pages/{page.path}" for page in PAGES} == files


def test_page_addresses_are_kebab_case_and_lead_to_one_page_each():
    addresses = [page.url for page in PAGES]
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", address) for address in addresses), addresses
    assert len(set(addresses)) == len(addresses)


def test_the_first_line_of_every_file_says_what_is_inside():
    silent = [name(f) for f in everything() if not re.fullmatch(r"[A-Z`“].{15,}[.;:,\w]", _first_line(f))]
    assert silent == []
    assert [name(f) for f in everything() if _first_line(f).startswith("This module")] == []


def _first_line(file):
    if not file.read_text("utf-8") and file.name == "__init__.py" and "tests" in file.parts:
        return "A folder of tests needs no sentence."
    return (ast.get_docstring(parsed(file)) or "").partition("\n")[0]


def test_no_file_is_longer_than_a_reader_can_hold():
    limits = {"app.py": 40} | {f"pages/{page.path}": 60 for page in PAGES}
    lines = {name(f): len(f.read_text("utf-8").splitlines()) for f in everything()}
    assert {file: count for file, count in lines.items() if count > limits.get(file, 400)} == {}


def test_no_function_is_longer_than_sixty_lines():
    long = [
        f"{name(file)}: {f.name}"
        for file in application()
        for f in ast.walk(parsed(file))
        if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef) and (f.end_lineno or 0) - f.lineno + 1 > 60
    ]
    assert long == []


def test_nothing_shares_rows_between_sessions_or_trusts_text_as_markup():
    unsafe = re.compile(rf"\b({'|'.join(UNSAFE)})\b")
    assert {name(f): unsafe.findall(f.read_text("utf-8")) for f in application() if _has(f, unsafe)} == {}


def _has(file, pattern):
    return pattern.search(file.read_text("utf-8"))


def test_no_module_is_named_like_one_of_the_standard_library():
    shadowing = {file.stem for file in ROOT.glob("*.py")} | {
        p.parent.name for p in ROOT.glob("*/__init__.py")
    }
    assert shadowing & sys.stdlib_module_names == set()


def test_every_folder_of_tests_is_a_package():
    folders = {file.parent for file in (ROOT / "tests").rglob("*.py")}
    assert [name(f) for f in sorted(folders) if not (f / "__init__.py").exists()] == []


def test_nothing_is_left_for_later_in_the_code():
    later = re.compile(r"\b(TODO|FIXME|XXX)\b")
    left = [
        name(f) for f in everything() if f.name != "test_layout.py" and later.search(f.read_text("utf-8"))
    ]
    assert left == []
