"""The list of samples is whole: every file of every folder is on it once, and every format without one is made."""

import ast
import tomllib
from collections import Counter
from typing import Any

import pytest

from ingest.formats import FORMATS
from tests import samples
from tests.tree import ROOT

LISTS = {
    file.name: tomllib.loads(file.read_text("utf-8")) for file in (ROOT / "tests" / "samples").glob("*.toml")
}
NAMED: list[dict[str, Any]] = [sample for told in LISTS.values() for sample in told.get("sample", [])]
GENERATED: list[dict[str, Any]] = LISTS["generated.toml"]["generated"]
OUTCOMES = {"read", "refused", "code list", "expected output", "out of scope"}


def test_every_file_of_every_folder_of_samples_is_named_exactly_once():
    root = samples.folder("samples")
    named = Counter(path for sample in NAMED for path in root.glob(sample["path"]) if path.is_file())
    there = {path for path in root.rglob("*") if path.is_file() and path.name != "SOURCE.txt"}
    assert len(there) > 500
    assert {path.relative_to(root).as_posix(): named[path] for path in there if named[path] != 1} == {}


def test_every_outcome_is_one_of_five_and_says_why_where_nothing_is_read():
    assert {sample["outcome"] for sample in NAMED} <= OUTCOMES
    assert [
        sample["path"] for sample in NAMED if sample["outcome"] != "read" and not sample.get("reason")
    ] == []


def test_every_format_has_a_sample_or_is_made_from_its_description():
    read = {(sample["system"], sample["format"]) for sample in NAMED if sample["outcome"] == "read"}
    made = {(entry["system"], name) for entry in GENERATED for name in entry["formats"]}
    assert {(one.system.value, one.name) for one in FORMATS} == read | made


@pytest.mark.parametrize(
    "entry", GENERATED, ids=[f"{entry['system']}: {entry['what']}" for entry in GENERATED]
)
def test_what_makes_a_format_without_a_sample_is_there_and_so_is_the_test_that_reads_it(entry):
    for place in (entry["made_by"], entry["read_by"]):
        file, _, name = place.partition("::")
        defined = ast.walk(ast.parse((ROOT / file).read_text("utf-8")))
        names = {node.name for node in defined if isinstance(node, ast.FunctionDef)}
        assert name in names, place
