"""A JSON text taken apart entry by entry, strictly: what is not sound is told apart from what is not JSON."""

import json
import math
import re
from collections.abc import Iterator

from ingest.found import NotReadable

UNSOUND = object()  # in place of an entry with NaN, an endless number, or a name twice in one object

_GAP = re.compile(r"[ \t\r\n]*")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _number(text: str) -> float:
    found = float(text)
    if not math.isfinite(found):
        raise ValueError("not a number")
    return found


_STRICT = json.JSONDecoder(object_pairs_hook=_object, parse_float=_number, parse_constant=_number)
_LOOSE = json.JSONDecoder()  # says where an entry ends that the strict one does not take


def decoded(line: str) -> object:
    """The value of a line, or UNSOUND."""
    try:
        return _STRICT.decode(line)
    except (ValueError, RecursionError):
        return UNSOUND


def entries(text: str, envelope: str | None) -> Iterator[object]:
    """The members of an array, of the array in an envelope, or the one object. Raises NotReadable."""
    scan = _Scan(text)
    yield from scan.array() if scan.ahead() == "[" else scan.one(envelope)
    if scan.ahead():
        raise scan.broken()


class _Scan:
    """Goes through a text that holds one array or one object; only one entry is held at a time."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0

    def ahead(self) -> str:
        """The next character that is no gap; nothing at the end."""
        gap = _GAP.match(self._text, self._at)
        self._at = gap.end() if gap else self._at
        return self._text[self._at : self._at + 1]

    def array(self) -> Iterator[object]:
        """The members of an array."""
        self._over("[")
        if self.ahead() == "]":
            self._over("]")
            return
        more = True
        while more:
            yield self._value()
            more = self._over(",]") == ","

    def one(self, envelope: str | None) -> Iterator[object]:
        """The entries of an envelope; of any other object, the object."""
        self._over("{")
        pairs: list[tuple[str, object]] = []
        enveloped, more = False, self.ahead() != "}"
        if not more:
            self._over("}")
        while more:
            name = self._name()
            if name == envelope and self.ahead() == "[":
                enveloped = True
                yield from self.array()
            else:
                pairs.append((name, self._value()))
            more = self._over(",}") == ","
        if not enveloped:
            twice = len(dict(pairs)) < len(pairs)
            yield UNSOUND if twice or any(value is UNSOUND for _, value in pairs) else dict(pairs)

    def broken(self) -> NotReadable:
        """The file is no JSON from here on."""
        line = self._text.count("\n", 0, self._at) + 1
        return NotReadable("json", f"The file is not JSON, or is cut short, at line {line}. Export it again.")

    def _over(self, marks: str) -> str:
        """Step over one of the marks and say which it was."""
        found = self.ahead()
        if not found or found not in marks:
            raise self.broken()
        self._at += 1
        return found

    def _name(self) -> str:
        name = self._value() if self.ahead() == '"' else None
        if not isinstance(name, str):
            raise self.broken()
        self._over(":")
        return name

    def _value(self) -> object:
        self.ahead()
        found: object
        try:
            found, self._at = _STRICT.raw_decode(self._text, self._at)
        except RecursionError as fault:
            raise NotReadable("depth", "The file is nested far too deeply to be an export.") from fault
        except ValueError:
            return self._unsound()
        return found

    def _unsound(self) -> object:
        try:
            _, self._at = _LOOSE.raw_decode(self._text, self._at)
        except (ValueError, RecursionError) as fault:
            self._at = getattr(fault, "pos", self._at)
            raise self.broken() from None
        return UNSOUND
