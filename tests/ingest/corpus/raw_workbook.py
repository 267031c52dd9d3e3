"""Workbooks written part by part, to hold what no spreadsheet program would write; the same bytes each time."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_TIME = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/></border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
DATE = ' s="1"'  # a cell with this is shown as a day


def cell(place: str, content: str, more: str = "") -> str:
    """A cell with its content as XML, such as a value in `<v>`."""
    return f'<c r="{place}"{more}>{content}</c>'


def word(place: str, content: str) -> str:
    """A cell that holds text."""
    return cell(place, f"<is><t>{escape(content)}</t></is>", ' t="inlineStr"')


def words(*rows: Sequence[str]) -> str:
    """Rows of cells that hold text."""
    return "".join(
        row(n, *(word(f"{'ABCDEFGH'[m]}{n}", content) for m, content in enumerate(cells)))
        for n, cells in enumerate(rows, start=1)
    )


def row(number: int, *cells: str) -> str:
    """A row of cells."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def sheet(rows: str, after: str = "", before: str = "") -> str:
    """A sheet's part; `after` stands behind its rows, `before` at the very top."""
    top = f'{_XML}{before}<worksheet xmlns="{_MAIN}"><dimension ref="A1"/>'
    return f"{top}<sheetData>{rows}</sheetData>{after}</worksheet>"


def parts(
    sheets: Mapping[str, str], hidden: Iterable[str] = (), properties: str = "", macros: bool = False
) -> dict[str, str]:
    """All parts of a workbook with these sheets, by their names in the archive."""
    names = list(sheets)
    states = dict.fromkeys(hidden, ' state="veryHidden"')
    kind = f"{_TYPES}.sheet.main+xml"
    return {
        "[Content_Types].xml": (
            f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
            + "".join(
                f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
                for n in range(1, len(names) + 1)
            )
            + "</Types>"
        ),
        "_rels/.rels": (
            f'{_XML}<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{properties}<sheets>'
            + "".join(
                f'<sheet name="{name}" sheetId="{n}"{states.get(name, "")} r:id="rId{n}"/>'
                for n, name in enumerate(names, start=1)
            )
            + "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{_XML}<Relationships xmlns="{_RELATIONS}">'
            + "".join(
                f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                for n in range(1, len(names) + 1)
            )
            + f'<Relationship Id="rId99" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
        ),
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{n}.xml": sheets[name] for n, name in enumerate(names, start=1)},
        **({"xl/vbaProject.bin": "macros"} if macros else {}),
    }


def packed(path: Path, members: Mapping[str, str | bytes]) -> None:
    """An archive of these members, in their order."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(entry(name), content)


def entry(name: str) -> zipfile.ZipInfo:
    """A place in an archive that bears no date."""
    made = zipfile.ZipInfo(name, _TIME)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made
