"""The packages: what is imported is declared, what is declared is used, and all of it is pinned and hashed."""

import re
from importlib.metadata import packages_distributions

import pytest

from tests.tree import ROOT, application, everything, third_party

# Declared and needed although no file of the application imports them.
UNIMPORTED = {
    "psycopg": "SQLAlchemy's driver, by the address of the database",
    "pandas": "the university's choice; Streamlit's own frames",
    "uvicorn": "serves `app:app`",
}
# What a declared package documents as its own, though it is installed under another name.
PART_OF = {"click": "typer", "pydantic-core": "pydantic"}


def declared(name: str) -> dict[str, str]:
    """The packages of a requirements file by normal name, each with the rest of its line."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    found = [m for line in lines if (m := re.match(r"([A-Za-z][\w.-]*)(.*)", line))]
    return {re.sub(r"[-_.]+", "-", m[1]).lower(): m[2] for m in found}


def distributions(modules: set[str]) -> set[str]:
    """The packages that bring these modules."""
    known = packages_distributions()
    found = {re.sub(r"[-_.]+", "-", known.get(m, [m])[0]).lower() for m in modules}
    return {PART_OF.get(package, package) for package in found}


def test_what_the_application_imports_is_declared_and_what_is_declared_is_imported():
    used = distributions({module for file in application() for module in third_party(file)})
    assert used | set(UNIMPORTED) == set(declared("requirements.in")) | {"pyspark"}


def test_what_the_tests_import_is_declared():
    used = distributions({module for file in everything() for module in third_party(file)})
    assert (
        used
        == used
        & (
            declared("requirements.in") | declared("requirements-dev.in") | declared("requirements-spark.in")
        ).keys()
    )


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-spark.txt"])
def test_every_package_is_pinned_and_hashed_and_comes_from_the_registry(name):
    entries = re.split(r"\n(?=[a-z])", re.sub(r"(?m)^\s*#.*\n", "", (ROOT / name).read_text("utf-8")))
    wrong = [e.split()[0] for e in entries if "==" not in e.split()[0] or "--hash=sha256:" not in e]
    assert len(entries) > 2
    assert wrong == []


def test_the_two_sets_agree_where_they_overlap():
    both = declared("requirements.txt"), declared("requirements-dev.txt")
    shared = both[0].keys() & both[1].keys()
    # On which platforms a package is needed is another matter.
    pinned = [{p: of[p].partition(" ")[0] for p in shared} for of in both]
    assert pinned[0] == pinned[1]
