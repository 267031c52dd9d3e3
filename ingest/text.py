"""Bytes to text: which encoding a file is in, told by its first bytes and by trying, never by chance."""

import codecs
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

from ingest.found import Note, NotReadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20


def encoding(file: BinaryIO) -> tuple[str, list[Note]]:
    """The file's encoding, and a note where it is not UTF-8. Reads the whole file once, in pieces.

    Raises NotReadable for text in no one encoding, naming the line; cp1252, which fits almost any bytes, is
    taken only where it gives no control characters.
    """
    start = file.read(4)
    file.seek(0)
    for mark, name in _MARKS:
        if start.startswith(mark):
            notes = (
                [] if name == "utf-8-sig" else [Note(f"The file is in {name.upper()}; it was read as such.")]
            )
            fault = _first_not(name, file)
            if fault is not None:
                raise NotReadable(
                    "encoding",
                    f"Line {fault} is not in the encoding that the file begins with. Save it as UTF-8.",
                )
            return name, notes
    if b"\0" in start:
        raise NotReadable("encoding", "The file is in UTF-16 without a mark. Save it as UTF-8 and try again.")
    fault = _first_not("utf-8", file)
    if fault is None:
        return "utf-8", []
    if _fits_cp1252(file):
        return "cp1252", [
            Note(f"Line {fault} is not UTF-8; the file was read as Windows-1252. Check the names.")
        ]
    raise NotReadable("encoding", f"Line {fault} is neither UTF-8 nor Windows-1252. Save the file as UTF-8.")


def _first_not(name: str, file: BinaryIO) -> int | None:
    """The line of the first byte that is not in the encoding, or of a last character cut short."""
    decoder, lines = codecs.getincrementaldecoder(name)(), 1
    for piece in _pieces(file):
        try:
            decoder.decode(piece)
        except UnicodeDecodeError as fault:
            return lines + piece[: fault.start].count(b"\n")
        lines += piece.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return lines
    return None


def _fits_cp1252(file: BinaryIO) -> bool:
    """Whether every byte means a letter in Windows-1252, and no piece of the file is plainly UTF-8."""
    for piece in _pieces(file):
        try:
            text = piece.decode("cp1252")
        except UnicodeDecodeError:
            return False
        if "Ã" in text or any("\x80" <= c <= "\x9f" for c in text):
            return False
    return True


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_CHUNK):
        yield piece
    file.seek(0)


def opened(file: BinaryIO) -> tuple[TextIOWrapper, list[Note]]:
    """The file as text, line ends as they are, and the notes on its encoding."""
    name, notes = encoding(file)
    return TextIOWrapper(file, encoding=name, newline=""), notes
