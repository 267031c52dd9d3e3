"""Names and titles of others inside our Markdown."""

import pytest

from components.plain import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ngozi Adeyemi", "Ngozi Adeyemi"),
        ("O'Neil", "O'Neil"),
        (
            "[click](https://elsewhere.example)",
            r"\[click\]\(https\://elsewhere\.example\)".replace(r"\.", "."),
        ),
        (":red[urgent]", r"\:red\[urgent\]"),
        ("*bold* _and_ `code` $x$", r"\*bold\* \_and\_ \`code\` \$x\$"),
        ("<script>", r"\<script\>"),
        ("1. Introduction", "1. Introduction"),
    ],
)
def test_no_markup_can_hide_in_a_name(text, shown):
    assert plain(text) == shown
