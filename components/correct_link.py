"""The way from a figure to the box in which its student says that it is wrong, with the figure chosen already."""

from collections.abc import Sequence
from urllib.parse import urlencode

from privacy.dispute import Kind, Sought, asking

_PAGE = "my-data"
"""The address of the page My data, beside that of the page which shows the figure."""


def link(to: Sought, words: str = "Correct") -> str:
    """A link in Markdown to the box for it, with the first record of these days or of this module chosen."""
    return f"[{words}]({_PAGE}?{urlencode(asking(to))})"


def below(kinds: Sequence[Kind], module: str = "") -> str:
    """A line to stand below a sum: the way to each kind of figure that it is made of."""
    ways = " · ".join(link(Sought(kind, module=module), kind.words.lower()) for kind in kinds)
    return f":gray[Is something in it wrong?] {ways}"
