"""The files of a copy: what each holds, that nothing in them is markup or a formula, and the same bytes each time."""

import io
import json
import zipfile
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from openpyxl import load_workbook

import policy
from privacy import pack_files, pack_notes, pack_supplement
from privacy.labels import About, Category, Retention, Source
from privacy.pack import Field, LeftOut, Pack, Section
from privacy.pack_page import page
from privacy.pack_workbook import workbook
from privacy.purposes import Purpose
from tests.ingest.test_written_workbooks import NASTY, assert_no_formula

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
TOLD = About(Source.VLE, Category.ENGAGEMENT, frozenset({Purpose.IDENTIFY}), Retention.ENGAGEMENT)
WRITTEN = About(Source.HERE, Category.SUPPORT, frozenset({Purpose.AGREE}), Retention.SUPPORT)


def pack(text="A word", name="Zoë Ó Séaghdha"):
    days = Section(
        "vle_day", "Days in the VLE", (Field("day", TOLD), Field("views", TOLD)), (("2026-11-20", 3),), ("1",)
    )
    notes = Section(
        "plan_step",
        "What became of support plans",
        (Field("said", WRITTEN), Field("kept", WRITTEN)),
        ((text, True), (None, False)),
        ("1", "2"),
    )
    return Pack(name, "A university", AT, (days, notes), (LeftOut("Something", "A reason."),))


def files(made):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_is_five_files_and_the_manifest_has_the_hash_of_each():
    held = files(pack_files.archive(pack(), b"%PDF-notes"))
    assert list(held) == ["readme.html", "data.xlsx", "data.json", "notes.pdf", "manifest.json"]
    manifest = json.loads(held.pop("manifest.json"))
    assert manifest["sha256"] == {name: sha256(content).hexdigest() for name, content in held.items()}
    assert manifest["rows"] == {"vle_day": 1, "plan_step": 2}
    assert held["notes.pdf"] == b"%PDF-notes"


def test_the_same_copy_is_the_same_bytes():
    assert pack_files.archive(pack(), b"x") == pack_files.archive(pack(), b"x")
    assert pack_files.archive(pack(), b"x") != pack_files.archive(pack("Another word"), b"x")


def test_whoever_unpacks_it_can_read_it():
    with zipfile.ZipFile(io.BytesIO(pack_files.archive(pack(), b"x"))) as archive:
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o600}


def test_json_says_of_each_column_whence_what_why_and_how_long():
    told = json.loads(pack_files.data(pack()))
    assert told["tables"][0] == {
        "name": "vle_day",
        "title": "Days in the VLE",
        "columns": [
            {
                "name": name,
                "source": "vle",
                "category": "engagement",
                "purposes": ["identify"],
                "retention": "engagement",
            }
            for name in ("day", "views")
        ],
        "rows": [{"day": "2026-11-20", "views": 3}],
    }
    assert told["left_out"] == [{"what": "Something", "why": "A reason."}]


@pytest.mark.parametrize("text", [*NASTY, "<script>alert(1)</script>", "x" * 40_000])
def test_a_text_of_others_is_a_text_in_the_spreadsheet_and_never_a_formula(text):
    made = workbook(pack(text))
    assert_no_formula(made)
    sheet = load_workbook(io.BytesIO(made))["plan_step"]
    assert sheet["A1"].value == "said"
    assert sheet["A2"].value == "Learner Analytics · support · kept as support"
    assert len(sheet["A3"].value) == len(text[:32_767])
    assert (sheet["B3"].value, sheet["A4"].value) == ("yes", None)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "</td></table>", "&lt;b&gt;", '"><img src=x>'])
def test_a_text_of_others_is_never_markup_on_the_page(text):
    said = page(pack(text, name=text)).decode()
    assert text not in said
    assert "<script" not in said
    assert "<img" not in said


def test_the_page_reads_as_plain_english_and_leads_nowhere_else():
    said = page(pack()).decode()
    assert "issued on 23 November 2026 at 10:00. It holds 3 rows in 2 tables." in said
    assert "<b>Something</b>: A reason." in said
    assert '<h3 id="vle_day">Days in the VLE</h3><p>1 row, from VLE.</p>' in said
    assert "http" not in said


def test_what_the_law_wants_said_is_said():
    ours = policy.current()
    told = pack_supplement.paragraphs(ours, pack().sections, AT.date())
    headings = [one.heading for one in told]
    assert len(headings) == 9
    by_heading = {one.heading: " ".join(one.sentences) for one in told}
    assert by_heading["What it is used for"] == (
        "Noticing when engagement points to possible difficulty. "
        "Agreeing advice and support the student finds useful."
    )
    assert by_heading["Which kinds of data are held"].startswith("Engagement, support.")
    assert by_heading["Where they come from"].startswith("VLE.")
    weights = ours.engagement.weights
    assert f"weighted {weights.attendance}, {weights.vle}" in by_heading[headings[5]]
    assert "No decision about you is taken by a computer alone." in by_heading[headings[5]]
    kept = by_heading["How long they are kept"]
    assert kept.startswith(
        "As engagement: 1 year after the end of your last course. As support: 6 years after"
    )
    assert "contact" not in kept
    assert ours.institution.regulator_on(AT.date()).name in by_heading["How you can complain"]


def test_notes_on_paper_are_the_texts_as_they_stand_in_the_copy():
    fields = tuple(Field(name, WRITTEN) for name in ("id", "author", "state", "begun_at"))
    note = Section("note", "Notes", fields, ((7, "Ada", "approved", "2026-11-20T09:00:00Z"),), ("7",))
    entry = tuple(Field(name, WRITTEN) for name in ("id", "note", "kind", "person", "at", "text"))
    rows = (
        (1, 7, "text", "Ada", "2026-11-20T09:00:00Z", "First saving"),
        (2, 7, "text", "Ada", "2026-11-20T09:05:00Z", "We met [REDACTED – other person]"),
        (3, 7, "comment", "Zoë", "2026-11-21T09:00:00Z", "Not quite"),
        (4, 8, "text", "Ada", "2026-11-21T09:00:00Z", "Another note"),
    )
    texts = Section("note_entry", "Texts", entry, rows, ("1", "2", "3", "4"))
    (found,) = pack_notes.content(Pack("Zoë", "A university", AT, (note, texts)))["notes"]
    assert found["head"] == "Note 1, begun 20 November 2026, 09:00 by Ada (approved)"
    assert [one["text"] for one in found["entries"]] == ["We met [REDACTED – other person]", "Not quite"]
    assert pack_notes.content(pack())["none"] == "There are no notes."
