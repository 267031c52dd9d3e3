"""How hard a text is to read: the years of school that it asks for, after Flesch and Kincaid (1975)."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

import pyphen

_DIVIDER = pyphen.Pyphen(lang="en_GB", left=1, right=1)
_MARKUP = re.compile(r":material/\w+:|:[a-z]+(?:-[a-z]+)*\[|\]\([^)]*\)|[*_`\[\]#>|\\]|&\w+;|<[^>]+>")
_SHORTEST = 4
"""Fewer words are a heading or a label, whatever they end with."""


def sentences(texts: Iterable[str]) -> list[str]:
    """The sentences in texts of Markdown, in their order: what ends like one, and is more than a label."""
    lines = (line.strip(" -") for text in texts for line in _MARKUP.sub("", text).splitlines())
    split = (part for line in lines for part in re.split(r"(?<=[.!?:;])\s+(?=[A-Z“0-9])", line))
    return [part for part in split if part.endswith((".", "!", "?")) and len(_words(part)) >= _SHORTEST]


def years(some: Sequence[str]) -> float:
    """The years of school that these sentences ask for; 0 where there are none."""
    words = [word for one in some for word in _words(one)]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(some) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@cache
def syllables(word: str) -> int:
    """How many syllables a word has: where a printer may divide it."""
    return len(_DIVIDER.positions(word.lower())) + 1


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-zÀ-ž]+(?:['’-][A-Za-zÀ-ž]+)*", text)
