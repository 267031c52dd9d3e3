"""JSON as systems export it: one object, an array, an envelope with an array in it, or an object on each line.

Of many lines only one is held in memory; of everything else the text and one entry.
"""

from collections.abc import Iterator
from itertools import islice
from typing import TextIO

from ingest import json_text
from ingest.bundle import Member
from ingest.found import Fault, Note, NotReadable
from ingest.limits import Limits
from ingest.text import opened

_LINE = 1 << 20  # characters that one line of many may have


def entries(
    member: Member, limits: Limits, envelope: str | None = None
) -> Iterator[tuple[int, object] | Fault | Note]:
    """Every entry with its place: its line where each line is an object, else which of the array it is.

    `envelope` is the name under which an object may hold an array of entries. An entry that is not sound is a
    fault. Raises NotReadable for what is not JSON, is nested too deeply, or has too many entries.
    """
    with member.open() as file:
        text, notes = opened(file)
        yield from notes
        lines = _in_lines(text)
        found = _lines(text) if lines else enumerate(json_text.entries(text.read(), envelope), start=1)
        unfolded = ((place, one) for place, value in found for one in _unfolded(value, envelope))
        for count, (place, value) in enumerate(unfolded, start=1):
            if limits.rows and count > limits.rows:
                raise NotReadable(
                    "rows", f"The file has more than {limits.rows:,} entries. Load it in parts."
                )
            yield _fault(place, member.name) if value is json_text.UNSOUND else (place, value)


def _fault(place: int, file: str) -> Fault:
    advice = "The entry is not sound JSON: cut short, NaN, or a name twice in one object. Export it again."
    return Fault(place, "", "not_json", advice, file=file)


def _unfolded(value: object, envelope: str | None) -> list[object]:
    inner = value.get(envelope) if envelope and isinstance(value, dict) else None
    return inner if isinstance(inner, list) else [value]


def _in_lines(text: TextIO) -> bool:
    """Whether each line is an object of its own. The second line of an object in one piece never opens one."""
    filled = (line for line in iter(lambda: text.readline(_LINE), "") if line.strip())
    two = list(islice(filled, 2))
    text.seek(0)
    if len(two) < 2 or len(two[0]) == _LINE or not two[0].lstrip().startswith("{"):
        return False
    return two[1].lstrip().startswith("{") or isinstance(json_text.decoded(two[0]), dict)


def _lines(text: TextIO) -> Iterator[tuple[int, object]]:
    for number, line in enumerate(iter(lambda: text.readline(_LINE), ""), start=1):
        rest = line
        while len(rest) == _LINE and not rest.endswith(("\n", "\r")):
            rest = text.readline(_LINE)
        if line.strip():
            yield number, json_text.decoded(line) if rest is line else json_text.UNSOUND
