"""What a title says of a class: its module, the kind of class, and whether it is one at all."""

import re

# A code as timetables write it: capitals and digits, two at least, no small letters: 5COSC001, CS2810, TDS.
_CODE = re.compile(r"[A-Z0-9][A-Z0-9_./#-]*[A-Z0-9]")
_PARTS = re.compile(r"\s+[-–—|]\s+")
_NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9_.#-]+")
_CANCELLED = re.compile(r"^\W*(cancell?ed)\b\W*", re.IGNORECASE)
_KINDS = {
    "lecture": "Lecture",
    "lec": "Lecture",
    "seminar": "Seminar",
    "sem": "Seminar",
    "tutorial": "Tutorial",
    "tut": "Tutorial",
    "workshop": "Workshop",
    "practical": "Practical",
    "laboratory": "Laboratory",
    "lab": "Laboratory",
    "studio": "Studio",
    "clinic": "Clinic",
    "fieldwork": "Field trip",
    "exam": "Examination",
    "examination": "Examination",
}
# Nobody is expected anywhere.
_NO_CLASS = frozenset({"deadline", "deadlines", "due", "holiday", "holidays", "closure", "closed", "hand-in"})


def cancelled(title: str) -> tuple[bool, str]:
    """Whether the title says that the class is off, and the title without that word."""
    kept = _CANCELLED.sub("", title, count=1)
    return kept != title, kept


def module(title: str) -> str:
    """The module's key: the code that the title begins with, or else its first part, written as a key.

    Which module it is the mapping of keys says, or a person does; nothing is guessed from a title's words.
    """
    part = _PARTS.split(title.strip(), maxsplit=1)[0]
    first = part.split(maxsplit=1)[0].rstrip(":,;-") if part else ""
    if _CODE.fullmatch(first) and any(letter.isalpha() for letter in first):
        return first
    return _NOT_IN_A_KEY.sub("_", part).strip("_.#-")[:100]


def kind(title: str) -> str:
    """The kind of class, by a word of the title or its second part; “Class” where neither says."""
    words = (_KINDS.get(word) for word in _words(title))
    found = next((word for word in words if word), "")
    parts = _PARTS.split(title)
    return found or (parts[1].strip() if len(parts) > 1 else "") or "Class"


def no_class(title: str) -> bool:
    """Whether it is a deadline or a holiday, at which nobody is expected."""
    return not _NO_CLASS.isdisjoint(_words(title))


def _words(title: str) -> list[str]:
    return re.findall(r"[a-z]+(?:-[a-z]+)*", title.casefold())
