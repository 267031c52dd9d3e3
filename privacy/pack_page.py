"""A copy as a page to read: in plain English what is in it, what is not and why, and every table. No script."""

from collections.abc import Iterable, Iterator
from html import escape

from engagement import words
from policy.days import LONDON
from privacy.pack import LeftOut, Pack, Paragraphs, Section, Value, rows_of

STYLE = """body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1.5rem;color:#1a1a1a}
h1,h2,h3{color:#12436D;line-height:1.25}h2{margin-top:2.5rem}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem;margin:.5rem 0 1.5rem}
th,td{border-bottom:1px solid #c9d3dd;padding:.3rem .6rem;text-align:left;vertical-align:top}
th{white-space:nowrap}td{max-width:28rem;overflow-wrap:anywhere}"""


def page(pack: Pack) -> bytes:
    """The page as HTML in UTF-8. Every letter of others is escaped: nothing of it is ever markup."""
    title = f"What is held about {escape(pack.name)}"
    head = (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1>"
    )
    return "\n".join([head, *_body(pack), "</main></body></html>", ""]).encode()


def _body(pack: Pack) -> Iterator[str]:
    made = pack.as_of.astimezone(LONDON)
    yield (
        f"<p>This is a copy of everything that Learner Analytics at {escape(pack.institution)} holds about you, "
        f"issued on {made:%-d %B %Y at %H:%M}. It holds {rows_of(pack.sections):,} rows in {len(pack.sections)} "
        "tables.</p>"
    )
    yield "<h2>What is in these files</h2>" + _list(_FILES)
    yield "<h2>What is not in them, or covered</h2>" + _list(map(_left, pack.left_out))
    yield from map(_beside, pack.beside)
    yield "<h2>Everything that is held</h2>" + _list(
        f'<a href="#{escape(one.name)}">{escape(one.title)}</a>: {len(one.rows):,}' for one in pack.sections
    )
    yield from map(_table, pack.sections)


_FILES = (
    "<b>readme.html</b>: this page, with every table, to be read in any browser.",
    "<b>data.xlsx</b>: the same tables as a spreadsheet, a sheet for each.",
    "<b>data.json</b>: the same for other programs, with the source, kind, purposes and retention of each column.",
    "<b>notes.pdf</b>: the notes about conversations, on paper.",
    "<b>manifest.json</b>: how many rows each table has, and the SHA-256 of each file.",
)


def _left(one: LeftOut) -> str:
    return f"<b>{escape(one.what)}</b>: {escape(one.why)}"


def _beside(one: Paragraphs) -> str:
    return f"<h2>{escape(one.heading)}</h2>" + "".join(f"<p>{escape(said)}</p>" for said in one.sentences)


def _list(points: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{point}</li>' for point in points)}</ul>"


def _table(section: Section) -> str:
    told = ", ".join(source.words for source in section.sources)
    heads = "".join(f'<th scope="col">{escape(_head(field.name))}</th>' for field in section.fields)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in section.rows)
    return (
        f'<h3 id="{escape(section.name)}">{escape(section.title)}</h3><p>{words.of(len(section.rows), "row")}'
        f"{f', from {escape(told)}' if told else ''}.</p>"
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(section.title)}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _head(name: str) -> str:
    return name.replace(".", ": ").replace("_", " ")


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return f"<td>{'yes' if value else 'no'}</td>"
    return f"<td>{'' if value is None else escape(str(value))}</td>"
