"""`docs/feeds.md` is what the template and the formats say now."""

import pytest

from ingest import feeds_page
from ingest.formats import FORMATS
from ingest.template.sheets import SHEETS
from privacy.labels import SYSTEMS


def test_the_page_is_what_the_template_and_the_formats_say_now():
    assert feeds_page.PAGE.read_text("utf-8") == feeds_page.page(), "run `make docs`"


def test_every_format_stands_under_its_system_by_the_name_that_format_takes():
    parts = dict(
        zip([""] + [system.words for system in SYSTEMS], feeds_page.page().split("\n## ")[1:], strict=False)
    )
    assert len(parts) == 1 + len(SYSTEMS)
    for one in FORMATS:
        assert f"* `{one.name}`: {one.title}." in parts[one.system.words]
        assert sum(f"`{one.name}`" in part for part in parts.values()) == 1


RECORDS = {record.sheet: record for records in SHEETS.values() for record in records}


@pytest.mark.parametrize("sheet", RECORDS)
def test_every_column_of_every_sheet_has_a_meaning_an_example_or_may_be_empty(sheet):
    record = RECORDS[sheet]
    part = feeds_page.page().split(f"### {sheet.capitalize()}\n")[1].split("\n### ")[0]
    for name, field in record.model_fields.items():
        assert field.description
        assert f"| `{name}` | {field.description} |" in part
        assert field.examples
        assert field.examples[0] != "" or not field.is_required()
