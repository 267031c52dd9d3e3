"""The privacy notice: its version, its text, and the sections of which each says what it covers.

The text is plain: `## ` begins a section, `- ` a point, an empty line ends a paragraph. A mark such as `{#object}`
at the end of a heading, a paragraph or a point says which subject it covers; readers do not see it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

_MARKS = re.compile(r"\s*\{((?:#[a-z]+\s*)+)\}$")


@dataclass(frozen=True)
class Part:
    """One section. `marks` are what its heading covers, `inside` what a single paragraph or point covers."""

    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()

    @property
    def written(self) -> bool:
        """Whether anything stands below the heading."""
        return bool(self.paragraphs or self.points)


@dataclass(frozen=True)
class Notice:
    """One version. `reviewed` is when somebody last looked it over, `summary` what is new in it for its readers."""

    version: str
    reviewed: date
    summary: str
    text: str

    @property
    def sha256(self) -> str:
        """The digest of the text that a person reads."""
        return sha256(self.text.encode()).hexdigest()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The sections of the text in their order."""
        return sections(self.text)


def notice(version: str, reviewed: date, summary: str, text: str) -> Notice:
    """The notice of these parts, tidied; ValueError, in a sentence, where one is missing or cannot be read."""
    made = Notice(version.strip(), reviewed, " ".join(summary.split()), text.replace("\r\n", "\n").strip())
    if not made.version:
        raise ValueError("The notice needs a version")
    if not made.summary:
        raise ValueError("The notice needs a summary of what is new in it")
    if not sections(made.text):
        raise ValueError("The notice needs sections: lines that begin with “## ”")
    return made


def read(text: str) -> Notice:
    """The notice of a file: lines `version:`, `reviewed:` and `summary:`, an empty line, and the text."""
    head, _, body = text.partition("\n\n")
    said = {
        name.strip(): value.strip() for name, _, value in (line.partition(":") for line in head.split("\n"))
    }
    if set(said) != {"version", "reviewed", "summary"}:
        raise ValueError("It must begin with the lines “version: …”, “reviewed: …” and “summary: …”")
    try:
        reviewed = date.fromisoformat(said["reviewed"])
    except ValueError as fault:
        raise ValueError(f"“{said['reviewed']}” is no day: write it as 2026-11-23") from fault
    return notice(said["version"], reviewed, said["summary"], body)


def sections(text: str) -> tuple[Part, ...]:
    """The sections; ValueError for text before the first heading, and for a second list in one section."""
    before, *blocks = re.split(r"(?m)^## ", text)
    if before.strip():
        raise ValueError("The notice must begin with a section: a line that begins with “## ”")
    return tuple(_section(block) for block in blocks)


def _section(block: str) -> Part:
    heading, _, body = block.partition("\n")
    title, marks = _unmarked(heading)
    before: list[str] = []
    points: list[str] = []
    after: list[str] = []
    inside: set[str] = set()
    for line in _lines(body):
        said, covers = _unmarked(line.removeprefix("- "))
        inside |= covers
        if not line.startswith("- "):
            (after if points else before).append(said)
        elif after:
            raise ValueError(f"Give the second list of “{title}” a heading of its own")
        else:
            points.append(said)
    return Part(title, tuple(before), tuple(points), tuple(after), marks, frozenset(inside))


def _lines(body: str) -> Iterator[str]:
    """Each paragraph and each point on one line."""
    for block in re.split(r"\n\s*\n", body.strip()):
        yield from (" ".join(line.split()) for line in re.split(r"\n(?=- )", block) if line.strip())


def _unmarked(line: str) -> tuple[str, frozenset[str]]:
    found = _MARKS.search(line.strip())
    if not found:
        return line.strip(), frozenset()
    marks = frozenset(mark.removeprefix("#") for mark in found[1].split())
    return line.strip()[: found.start()].strip(), marks
