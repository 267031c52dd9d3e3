"""JSON in all the shapes in which it is exported, and what is not JSON."""

from pathlib import Path

import pytest

from ingest import documents
from ingest.bundle import Member
from ingest.found import Fault, Note, NotReadable
from ingest.limits import Limits

LIMITS = Limits()


def member(path: Path, text: str | bytes) -> Member:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Member(path.name, lambda: path.open("rb"))


@pytest.fixture
def entries(tmp_path):
    def read(text, limits=LIMITS):
        found = documents.entries(member(tmp_path / "some.json", text), limits, "data")
        return [(one.line, one.kind) if isinstance(one, Fault) else one for one in found]

    return read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 1}', [(1, {"a": 1})]),
        ('\n\n {\n"a": 1\n}\n', [(1, {"a": 1})]),
        ('[{"a": 1},\n{"a": 2}]', [(1, {"a": 1}), (2, {"a": 2})]),
        ("[]", []),
        ("{}", [(1, {})]),
        ('{"data": [{"a": 1}, 2], "more": ""}', [(1, {"a": 1}), (2, 2)]),
        ('{"data": {"a": 1}}', [(1, {"data": {"a": 1}})]),
        ('[{"data": [3, 4]}, {"a": 1}]', [(1, 3), (1, 4), (2, {"a": 1})]),
        ('{"a": 1}\n\n{"a": 2}\n', [(1, {"a": 1}), (3, {"a": 2})]),
        ('{"a": 1}\r\n{"data": [5, 6]}\r\n', [(1, {"a": 1}), (2, 5), (2, 6)]),
        (b'\xef\xbb\xbf{"a": "\xc3\xa9"}', [(1, {"a": "é"})]),
    ],
)
def test_one_many_an_envelope_or_lines_give_the_same_entries(entries, text, found):
    assert entries(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 1}\n{"a": \n{"a": 3}\n', [(1, {"a": 1}), (2, "not_json"), (3, {"a": 3})]),
        ('{"a"\n{"a": 2}\n', [(1, "not_json"), (2, {"a": 2})]),
        ('{"a": 1}\nnot at all\n', [(1, {"a": 1}), (2, "not_json")]),
        ('[{"a": NaN}, {"a": 2}]', [(1, "not_json"), (2, {"a": 2})]),
        ('[{"a": -Infinity}, {"a": 1e999}, 3]', [(1, "not_json"), (2, "not_json"), (3, 3)]),
        ('{"data": [{"a": 1, "a": 2}, {"a": 3}]}', [(1, "not_json"), (2, {"a": 3})]),
        ('{"a": 1, "a": 2}', [(1, "not_json")]),
        ('{"a": {"b": NaN}}', [(1, "not_json")]),
    ],
)
def test_an_entry_that_is_not_sound_is_a_fault_and_the_others_are_read(entries, text, found):
    assert entries(text) == found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "json"),
        ("student,module\n1,2\n", "json"),
        ('[{"a": 1}, {"a"', "json"),
        ('[{"a": 1} {"a": 2}]', "json"),
        ('{"a": 1}, {"b": 2}', "json"),
        ("{1: 2}", "json"),
        ('{"a": 1', "json"),
        ("[" * 100_000, "depth"),
        ('{"a": ' * 100_000, "depth"),
        (b'\xff\xfe{\x00"\x00\xff', "encoding"),
        (b'{"a": "\x81"}', "encoding"),
    ],
)
def test_what_is_not_json_is_refused_with_a_sentence(entries, text, kind):
    with pytest.raises(NotReadable) as refusal:
        entries(text)
    assert refusal.value.kind == kind


def test_the_refusal_names_the_line_where_json_ends(entries):
    with pytest.raises(NotReadable, match="at line 3"):
        entries('{\n"a": 1,\n"b": oh\n}')


def test_a_line_too_long_for_one_of_many_is_a_fault(entries):
    text = '{"a": 1}\n{"a": "' + "x" * (3 << 20) + '"}\n{"a": 3}\n'
    assert entries(text) == [(1, {"a": 1}), (2, "not_json"), (3, {"a": 3})]


def test_one_long_line_alone_is_read_whole(entries):
    (found,) = entries('{"a": "' + "x" * (3 << 20) + '"}')
    assert found[1]["a"] == "x" * (3 << 20)


def test_more_entries_than_are_allowed_refuse_the_file(entries):
    assert len(entries("[1, 2, 3]", Limits(rows=3))) == 3
    with pytest.raises(NotReadable) as refusal:
        entries("[1, 2, 3, 4]", Limits(rows=3))
    assert refusal.value.kind == "rows"


def test_another_encoding_is_said(tmp_path):
    text = '{"a": "café"}\n{"a": 2}\n'.encode("cp1252")
    first, *others = documents.entries(member(tmp_path / "some.json", text), LIMITS)
    assert isinstance(first, Note)
    assert others == [(1, {"a": "café"}), (2, {"a": 2})]
