"""A copy as one ZIP: a page to read, a spreadsheet, JSON, the notes on paper, and a manifest with a hash of each."""

import io
import json
import zipfile
from collections.abc import Mapping
from hashlib import sha256

from privacy.pack import Field, Pack, Section
from privacy.pack_page import page
from privacy.pack_workbook import workbook

_WHEN = (1980, 1, 1, 0, 0, 0)  # no clock in the files: the same data, the same bytes


def archive(pack: Pack, notes: bytes) -> bytes:
    """The ZIP, with `notes` as the PDF of the notes. The same copy gives the same bytes."""
    files = {
        "readme.html": page(pack),
        "data.xlsx": workbook(pack),
        "data.json": data(pack),
        "notes.pdf": notes,
    }
    files["manifest.json"] = _json(_manifest(pack, files))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(_entry(name), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _WHEN)
    entry.external_attr = 0o600 << 16  # whoever unpacks it may read it, and nobody else
    return entry


def data(pack: Pack) -> bytes:
    """The tables as JSON, each column with its source, kind, purposes and retention class."""
    return _json(
        {
            "person": pack.name,
            "controller": pack.institution,
            "issued_at": pack.as_of.isoformat(),
            "tables": [_table(section) for section in pack.sections],
            "left_out": [vars(one) for one in pack.left_out],
            "beside": [vars(one) for one in pack.beside],
        }
    )


def _manifest(pack: Pack, files: Mapping[str, bytes]) -> dict[str, object]:
    return {
        "issued_at": pack.as_of.isoformat(),
        "rows": {section.name: len(section.rows) for section in pack.sections},
        "sha256": {name: sha256(content).hexdigest() for name, content in files.items()},
    }


def _table(section: Section) -> dict[str, object]:
    names = [field.name for field in section.fields]
    return {
        "name": section.name,
        "title": section.title,
        "columns": [_column(field) for field in section.fields],
        "rows": [dict(zip(names, row, strict=True)) for row in section.rows],
    }


def _column(field: Field) -> dict[str, object]:
    about = field.about
    return {
        "name": field.name,
        "source": about.source,
        "category": about.category,
        "purposes": sorted(about.purposes),
        "retention": about.retention,
    }


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode()
