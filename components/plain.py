"""Text of others, such as a name or a title, made safe to stand inside Markdown."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-!|<>~$:&])")


def plain(text: str) -> str:
    """The text, shown letter by letter: no link, image, icon or colour can hide in it."""
    return _MARKUP.sub(r"\\\1", text)
