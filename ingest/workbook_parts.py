"""A look at the parts of a workbook before it is read: what must not be in them, formulas, and how much they hold."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from ingest.bundle import Member
from ingest.found import NotReadable

_SHEETS = "xl/worksheets/"
_PIECE = 1 << 20
_LONGEST_TAG = 64  # of those that are looked for, up to the space behind their name
_STARTS = (b"<", b"\xef\xbb\xbf<")
_FORBIDDEN = re.compile(rb"<!(DOCTYPE|ENTITY)")
_MERGED = re.compile(rb"<(\w+:)?mergeCell[ /]")
_FORMULA = re.compile(rb"<(\w+:)?f[ />]")
# How the value of a cell begins; with a prefix its end is counted too, which does no harm.
_VALUES = (b"<v>", b"<v ", b"<is>", b"<is ", b":v>", b":v ", b":is>")


@dataclass(frozen=True)
class Parts:
    """What was seen. `filled` is by sheet how many cells have a value, or more than that, never less."""

    formulas: bool
    filled: dict[str, int]


def seen(member: Member, merged: bool = False) -> Parts:
    """Look through every part. Merged cells are refused: nobody can say which row they mean.

    Raises NotReadable for them, unless `merged`, for what no spreadsheet program writes, and for damage.
    """
    formulas, filled = False, {}
    with zipfile.ZipFile(member.open()) as archive:
        for name in archive.namelist():
            if not name.startswith("xl/") or not name.endswith(".xml"):
                continue
            with archive.open(name) as part:
                sheet, filled[name] = name.startswith(_SHEETS), 0
                for piece in _pieces(part, member):
                    _refuse(member, piece, sheet and not merged)
                    formulas = formulas or (sheet and _FORMULA.search(piece) is not None)
                    filled[name] += sum(piece.count(value) for value in _VALUES)
    return Parts(formulas, filled)


def _refuse(member: Member, piece: bytes, merged_too: bool) -> None:
    if _FORBIDDEN.search(piece):
        raise _not_plain(member)
    if merged_too and _MERGED.search(piece):
        raise NotReadable("merged", f"{member.name} has merged cells. Unmerge them and save again.")


def _pieces(part: IO[bytes], member: Member) -> Iterator[bytes]:
    """The part in pieces that never end in the middle of a tag that is looked for."""
    kept, first = b"", True
    try:
        while piece := part.read(_PIECE):
            if first and not piece.lstrip().startswith(_STARTS):  # in an encoding in which nothing is found
                raise _not_plain(member)
            piece, first = kept + piece, False
            tag = piece.rfind(b"<", max(0, len(piece) - _LONGEST_TAG))
            end = len(piece) if tag < 0 else tag
            kept = piece[end:]
            yield piece[:end]
        yield kept
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as fault:
        raise NotReadable("workbook", "A sheet of the workbook is damaged. Export it again.") from fault


def _not_plain(member: Member) -> NotReadable:
    return NotReadable("workbook", f"{member.name} is not a plain workbook. Export it again.")
