"""Words in braces, as in “Dear {name}”: where a template takes what it is handed."""

from string import Formatter


def placeholders(text: str) -> frozenset[str]:
    """The words in braces; ValueError for braces that do not close or hold more than a word."""
    found: frozenset[str] = frozenset()
    for _, word, form, conversion in Formatter().parse(text):
        if word is not None:
            if not word.isidentifier() or form or conversion:
                raise ValueError(f"“{{{word}}}” is no word")
            found |= {word}
    return found
