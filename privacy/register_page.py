"""A register as a page to read and to print: one file, without script, that needs nothing from elsewhere."""

from collections.abc import Iterator
from html import escape

from privacy.pack_page import STYLE
from privacy.register import Cell, Part, Print, Table

_PRINT = """tbody tr{break-inside:avoid}footer{margin-top:3rem;font-size:.85rem;overflow-wrap:anywhere}
td.n{text-align:right}@media print{body{margin:0;max-width:none;font-size:9pt}.wide{overflow:visible}
h2{break-after:avoid}}"""


def page(of: Print) -> bytes:
    """The page as HTML in UTF-8. Every letter of others is escaped: nothing of it is ever markup."""
    title = escape(of.register.title)
    head = (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title} · {escape(of.institution)}</title><style>{STYLE}{_PRINT}</style></head>"
        f"<body><main><p>{escape(of.institution)}</p><h1>{title}</h1><p>{escape(of.register.about)}</p>"
    )
    stamp = "".join(f"<p>{escape(one)}</p>" for one in of.stamp)
    tail = f"<footer>{stamp}</footer></main></body></html>"
    return "\n".join([head, *_body(of), tail, ""]).encode()


def _body(of: Print) -> Iterator[str]:
    for part in of.register.parts:
        yield f"<h2>{escape(part.title)}</h2>" + _part(part)


def _part(part: Part) -> str:
    if not isinstance(part, Table):
        return "".join(f"<p>{escape(one)}</p>" for one in part.sentences)
    about = f"<p>{escape(part.about)}</p>" if part.about else ""
    return about + (_table(part) if part.rows else f"<p>{escape(part.none)}</p>")


def _table(part: Table) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in part.head)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in part.rows)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(part.title)}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(value: Cell) -> str:
    return f'<td class="n">{value:,}</td>' if isinstance(value, int) else f"<td>{escape(value)}</td>"
