"""What was found in a file, and what came of its load, in words."""

from components.plain import plain
from engagement import words
from engagement.checked import Checked

MEGABYTES = 50
_KINDS = {
    "missing": "a value that must be there is missing",
    "unknown": "they speak of somebody or something that is not known here",
    "twice": "the same key stands twice with different values",
    "contradiction": "they contradict another row, or themselves",
    "not_in_list": "a word that is not one of those allowed",
    "not_a_key": "a key with characters that no key has",
    "not_a_day": "a day that does not exist, or is written in another way",
    "not_an_instant": "a time that does not exist, or is written in another way",
    "too_long": "a text that is too long",
    "width": "more or fewer cells than the header has",
    "quotes": "quotation marks that do not close",
    "cut_short": "the file ends in the middle of a row",
}


def kind(name: str) -> str:
    """Why rows were refused, without a capital."""
    return _KINDS.get(name) or name.replace("_", " ")


def found(checked: Checked) -> list[str]:
    """What a check found, a line each: what was read, why rows would be quarantined, and what else is to be said."""
    read = [f"{words.of(rows, 'row')} read of “{plain(sheet)}”" for sheet, rows in checked.sheets.items()]
    refused = sorted(checked.reasons.items(), key=lambda reason: -reason[1])
    noted = [f"{words.of(rows, 'row')}: {plain(what)}" for what, rows in checked.noted.items()]
    unknown = [f"{words.of(checked.unmatched, 'key')} that nobody here has"] if checked.unmatched else []
    return [
        *read,
        *(f"Quarantined, {words.of(rows, 'row')}: {plain(kind(name))}" for name, rows in refused),
        *unknown,
        *noted,
        *(plain(note) for note in checked.notes),
    ]
