"""The notes of a copy as they stand on paper: each with its texts in order, and who wrote them when."""

from datetime import datetime
from itertools import groupby
from typing import Any

from policy.days import LONDON
from privacy.pack import Pack, Section, Value


def content(pack: Pack) -> dict[str, Any]:
    """All that stands on the paper, as JSON can hold it. What was covered in the copy is covered here."""
    return {
        "title": f"Notes about {pack.name}",
        "institution": pack.institution,
        "none": "" if _rows(pack, "note") else "There are no notes.",
        "notes": [_note(number, note, pack) for number, note in enumerate(_rows(pack, "note"), start=1)],
        "made": f"From the copy issued on {pack.as_of.astimezone(LONDON):%-d %B %Y}. It holds personal data.",
    }


def _note(number: int, note: dict[str, Value], pack: Pack) -> dict[str, Any]:
    entries = [entry for entry in _rows(pack, "note_entry") if entry["note"] == note["id"]]
    last = [list(same)[-1] for _, same in groupby(entries, key=_saving)]
    return {
        "head": f"Note {number}, begun {_when(note['begun_at'])} by {note['author']} ({note['state']})",
        "entries": [
            {
                "head": f"{str(one['kind']).capitalize()}, {one['person']}, {_when(one['at'])}",
                "text": one["text"],
            }
            for one in last
        ],
    }


def _saving(entry: dict[str, Value]) -> Value:
    """Savings of one text follow each other; the last of them is how it reads now. data.json has them all."""
    return "text" if entry["kind"] == "text" else entry["id"]


def _rows(pack: Pack, name: str) -> list[dict[str, Value]]:
    section = next((one for one in pack.sections if one.name == name), None)
    return _named(section) if section else []


def _named(section: Section) -> list[dict[str, Value]]:
    names = [field.name for field in section.fields]
    return [dict(zip(names, row, strict=True)) for row in section.rows]


def _when(instant: Value) -> str:
    return f"{datetime.fromisoformat(str(instant)).astimezone(LONDON):%-d %B %Y, %H:%M}"
