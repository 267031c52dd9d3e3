"""Invented names: believable, from many origins, and no two people alike."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from mimesis import Locale
from mimesis import Person as Mimesis

_DOUBLE = 0.05  # of those named by mimesis have a double-barrelled family name
_MIXED = 0.12  # of all others have a British given name


@dataclass(frozen=True)
class Name:
    """What a person is called."""

    given: str
    family: str

    def __str__(self) -> str:
        return f"{self.given} {self.family}"


@dataclass(frozen=True)
class Origin:
    """Names that go together. Without family names of its own, mimesis gives them."""

    share: int
    women: list[str]
    men: list[str]
    families: list[str]


def names(taken: frozenset[Name], rng: Random) -> Iterator[Name]:
    """Names without end, none of them twice and none of those taken."""
    mimesis = Mimesis(Locale.EN_GB, seed=rng.randrange(2**32))
    origins, seen = _origins(), set(taken)
    shares = [origin.share for origin in origins]
    while True:
        name = _name(rng, mimesis, origins, *rng.choices(origins, shares))
        if name not in seen:
            seen.add(name)
            yield name


def _origins() -> list[Origin]:
    text = Path(__file__).with_name("names.toml").read_text("utf-8")
    return [Origin(**origin) for origin in tomllib.loads(text)["origin"]]


def _name(rng: Random, mimesis: Mimesis, origins: list[Origin], origin: Origin) -> Name:
    given_from = origins[0] if rng.random() < _MIXED else origin
    given = rng.choice(rng.choice((given_from.women, given_from.men)))
    if origin.families:
        return Name(given, rng.choice(origin.families))
    parts = 2 if rng.random() < _DOUBLE else 1
    return Name(given, "-".join(_family(mimesis) for _ in range(parts)))


def _family(mimesis: Mimesis) -> str:
    """A family name of mimesis, spelt as it is in Britain.

    Its British names are those of the American census; the Spanish ones among them have their own origin here.
    """
    name = mimesis.surname()
    while name.endswith(("a", "o", "z", "as", "es", "os")):
        name = mimesis.surname()
    for start in ("Mc", "O'"):
        name = start + name.removeprefix(start).capitalize() if name.startswith(start) else name
    return name
