"""Files 66 to 72: archives and workbooks that are bombs, traps, locked, damaged, or something else altogether."""

import warnings
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tests.ingest.corpus.case import Case, Outcome, raw
from tests.ingest.corpus.raw_workbook import entry, packed, parts, sheet, words
from tests.ingest.corpus.structure import TWO
from tests.ingest.corpus.workbooks import STUDENTS

_PLAIN = parts({"students": sheet(words(*STUDENTS))})
_PART = "xl/worksheets/sheet1.xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)


def _refused(name: str, title: str, write: Callable[[Path], object], kind: str, **more: Any) -> Case:
    more.setdefault("file", "students.xlsx")
    return Case(name, title, Outcome.REFUSED, write, kind=kind, **more)


def _bomb(path: Path, size: int) -> None:
    """A workbook whose sheet unpacks to so many bytes of a comment."""
    packed(path, {name: content for name, content in _PLAIN.items() if name != _PART})
    before, after = sheet("").split("<sheetData>")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(entry(_PART), "w") as part:
        part.write(f"{before}<!--".encode())
        for _ in range(size >> 20):
            part.write(b" " * (1 << 20))
        part.write(f"--><sheetData>{after}".encode())


def _trap(top: str, cell: str) -> dict[str, str]:
    """A workbook whose sheet declares entities and uses one as a name."""
    rows = words(*STUDENTS).replace("Oakes", cell)
    return {**_PLAIN, _PART: sheet(rows, before=top)}


def _cut(path: Path) -> None:
    packed(path, _PLAIN)
    path.write_bytes(path.read_bytes()[:-200])


def _wrong_sum(path: Path) -> None:
    """The sheet is stored as it is, and one letter of it is another than its checksum says."""
    packed(path, {name: content for name, content in _PLAIN.items() if name != _PART})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(_PART, (1980, 1, 1, 0, 0, 0)), _PLAIN[_PART])
    path.write_bytes(path.read_bytes().replace(b"Oakes", b"Oaken", 1))


def _twice(path: Path) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")  # zipfile's own, about the name that stands twice
        for _ in range(2):
            archive.writestr(entry("students.csv"), TWO)


def _nested(path: Path) -> None:
    inner = path.with_name("inner.zip")
    packed(inner, {"students.csv": TWO})
    packed(path, {"inner.zip": inner.read_bytes()})


def _promises(path: Path) -> None:
    """A list of contents that promises fewer bytes than are there."""
    packed(path, {"students.csv": TWO})
    size = len(TWO).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (10).to_bytes(4, "little")))


def _misnamed(path: Path) -> None:
    """A name that says it is in UTF-8 and is not."""
    packed(path, {"\u00e9.csv": TWO})
    path.write_bytes(path.read_bytes().replace("\u00e9".encode(), b"\xff\xfe"))


def _archive(members: dict[str, str]) -> Callable[[Path], object]:
    return partial(packed, members=members)


CASES = (
    _refused("66", "200 MB in a small workbook", partial(_bomb, size=200 << 20), "bomb", says="far more than it may"),
    _refused("66b", "1.5 GB in a small workbook", partial(_bomb, size=1536 << 20), "bomb"),
    _refused("66c", "an archive that promises less than it holds", _promises, "archive", file="records.zip"),
    _refused("67", "an entity that is a file", _archive(_trap(_XXE, "&e;")), "workbook", says="not a plain workbook"),
    _refused("67b", "a billion laughs", _archive(_trap(_LAUGHS, "&a9;")), "workbook"),
    _refused("67c", "a billion laughs among the texts",
             _archive({**_PLAIN, "xl/sharedStrings.xml": _LAUGHS + "<sst/>"}), "workbook"),
    _refused("67d", "a sheet in another encoding, where nothing is found",
             lambda path: packed(path, {**_PLAIN, _PART: sheet("", before=_XXE)[55:].encode("utf-16")}), "workbook"),
    _refused("68", "a page called a workbook", raw(b"<html><table><tr><td>w001</table>"), "not_a_workbook"),
    _refused("68b", "a text called a workbook", raw(TWO.encode()), "not_a_workbook", says="is none"),
    _refused("69", "a locked workbook", raw(_OLE), "old_workbook", says="unlocked"),
    _refused("69b", "a workbook of the old kind", raw(_OLE), "old_workbook", file="students.xls"),
    _refused("69c", "a workbook with macros",
             _archive(parts({"students": sheet(words(*STUDENTS))}, macros=True)), "macros", file="students.xlsm"),
    _refused("69d", "an OpenDocument workbook",
             _archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
             "workbook_kind", file="students.ods", says="Save it as .xlsx"),
    _refused("70", "a workbook cut short", _cut, "archive", says="cut short or damaged"),
    _refused("70b", "a workbook with a wrong checksum", _wrong_sum, "workbook", says="damaged"),
    _refused("71", "a path out of the archive", _archive({"../students.csv": TWO}), "path", file="records.zip"),
    _refused("71b", "a path from the root", _archive({"/etc/students.csv": TWO}), "path", file="records.zip"),
    _refused("71c", "a name in letters that are none", _misnamed, "archive", file="records.zip", says="damaged"),
    _refused("72", "the same file twice", _twice, "entries", file="records.zip", says="twice"),
    _refused("72b", "an archive in an archive", _nested, "nested", file="records.zip"),
    _refused("72c", "20,000 files", _archive({f"f{n}.csv": "" for n in range(20_000)}), "entries",
             file="records.zip", says="more than 200 files"),
)  # fmt: skip
