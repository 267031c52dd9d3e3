"""Words about others in a text that its student is to get: what a machine suggests to cover, and the covered text.

A machine only suggests; two people confirm (`privacy.pack_state`). The text itself is never changed: what is handed
out is written anew without the covered words.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a suggestion saw."""

    KEY = "a number of another person"
    EMAIL = "an e-mail address"
    PHONE = "a telephone number"
    NAME = "a name of another student"
    SOMEBODY = "somebody close to the student"
    OTHER = "words an officer chose"


class Reason(StrEnum):
    """Why something is not in a copy, as it stands in its place."""

    OTHER_PERSON = "other person"
    SOURCE = "who told us in confidence"
    MARKS = "mark not released"
    LEGAL = "legal advice"
    REFERENCE = "confidential reference"
    HARM = "could do serious harm"
    SAFEGUARDING = "safeguarding"


@dataclass(frozen=True)
class Span:
    """Letters `start` up to but without `end` of a text, and what was seen there."""

    start: int
    end: int
    kind: Kind

    def of(self, text: str) -> str:
        """The letters themselves."""
        return text[self.start : self.end]


@dataclass(frozen=True)
class Known:
    """What is known beside the text: what is the requester's own or the university's, and whom to look for."""

    own: Collection[str] = ()
    others: Collection[str] = ()
    """Whole names of other students who share a tutor or a module with the requester."""
    keys: Collection[str] = ()
    """Keys of other people that follow no pattern."""


_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w+])(?:\+44[\s-]?(?:\(0\)[\s-]?)?\d|\(0\d{2,4}\)\s?\d|0\d)(?:[\s-]{0,2}\d){5,9}(?!\w)"
)
_KEY = re.compile(r"\b[A-Za-z]\d{7}\b")
_NAME = r"[^\W\d_a-z][\w’'-]*"
_CLOSE = (
    "flatmate|housemate|roommate|neighbour|friend|boyfriend|girlfriend|partner|husband|wife|fiancée?|"
    "mother|father|mum|dad|parents?|brother|sister|son|daughter|child|children|aunt|uncle|cousin|"
    "grandmother|grandfather|guardian|classmate"
)
_SOMEBODY = re.compile(rf"\b(?i:{_CLOSE})\b(?:,?\s+({_NAME}(?:\s+{_NAME})*))?")


def suggestions(text: str, known: Known) -> tuple[Span, ...]:
    """What might be about somebody else, first to last, no two of them over the same letters.

    The requester's own keys, addresses and names are none. Of `flatmate Priya Patel` the name is suggested, of
    `my mother was ill` the word `mother`, so that somebody looks at what stands around it.
    """
    own = {word.casefold() for word in known.own}
    found = [span for span in _all(text, known) if span.of(text).casefold() not in own]
    kept: list[Span] = []
    for span in sorted(found, key=lambda one: (one.start, one.start - one.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def addresses(text: str) -> frozenset[str]:
    """Every e-mail address and telephone number in a text, as it is written there."""
    return frozenset(match[0] for pattern in (_EMAIL, _PHONE) for match in pattern.finditer(text))


def _all(text: str, known: Known) -> Iterator[Span]:
    patterns = [(_EMAIL, Kind.EMAIL), (_PHONE, Kind.PHONE), (_KEY, Kind.KEY)]
    patterns += [(whole, Kind.KEY) for whole in _words(known.keys)]
    patterns += [(whole, Kind.NAME) for whole in _words(known.others)]
    for pattern, kind in patterns:
        yield from (Span(*match.span(), kind) for match in pattern.finditer(text))
    for match in _SOMEBODY.finditer(text):
        yield Span(*match.span(1 if match[1] else 0), Kind.SOMEBODY)


def _words(whole: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """Any of these, the longest first, as words of their own and in any case; nothing where there is none."""
    ordered = sorted({word for word in whole if word.strip()}, key=lambda word: (-len(word), word))
    if ordered:
        yield re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE)


def places(text: str, words: str) -> tuple[Span, ...]:
    """Wherever these words stand in the text, letter by letter; none where they do not or are blank."""
    if not words.strip():
        return ()
    return tuple(Span(*match.span(), Kind.OTHER) for match in re.finditer(re.escape(words.strip()), text))


def covered(text: str, spans: Sequence[tuple[int, int, Reason]]) -> str:
    """The text with `[REDACTED – other person]` in the place of each span; spans that touch become one."""
    said, place = [], 0
    for start, end, reason in sorted(spans):
        if end <= place:
            continue
        if start >= place:
            said.append(text[place:start] + mark(reason))
        place = end
    return "".join(said) + text[place:]


def mark(reason: Reason) -> str:
    """What stands in the place of what was covered."""
    return f"[REDACTED – {reason.value}]"
