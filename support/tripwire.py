"""Words in a text that look like sensitive information: whoever writes decides, before anything is kept."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

_ENDINGS = r"(?:['’]?s|es)?"


def found(text: str, terms: Sequence[str]) -> tuple[str, ...]:
    """The words of the text that one of the terms means, as they were written, each once, in their order.

    A term is a word or several, with `*` at its end where any ending may follow; plurals and genitives are
    always meant. Case counts only for a term in capitals: PIP is a payment, and a pip is in an apple.
    """
    plain = _letters(text)
    hits = [match for pattern in _patterns(tuple(terms)) for match in pattern.finditer(plain)]
    words = (match[0] for match in sorted(hits, key=lambda match: (match.start(), -match.end())))
    return tuple(dict.fromkeys(" ".join(word.split()) for word in words))


@cache
def _patterns(terms: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(_letters(term)) for term in terms)


def _pattern(term: str) -> re.Pattern[str]:
    stem = term.removesuffix("*")
    words = r"[\s\-‐‑]+".join(map(re.escape, re.split(r"[\s\-]+", stem)))
    words = re.sub("['’]", "['’]", words)
    ending = r"\w*" if term.endswith("*") else _ENDINGS
    return re.compile(rf"(?<!\w){words}{ending}(?!\w)", 0 if term.isupper() else re.IGNORECASE)


def _letters(text: str) -> str:
    """The text as it is read: letters in their plain form, nothing invisible between them."""
    composed = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in composed if unicodedata.category(letter) != "Cf")
