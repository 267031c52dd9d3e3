"""Released figures as files: who is handed one, what it says of itself, and that it holds what was released alone."""

import csv
import io
import re
import shutil
import zipfile
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from components.release_files import ADDRESS, EXTRACT
from data_access import release_decisions, releases, releasing
from data_access.releasing import Wanted
from data_access.tables import ReleaseCell
from policy.days import london_day
from privacy import release_print
from privacy.disclosure import number
from privacy.lattice import Node
from privacy.register_paper import content
from privacy.release_workbook import comma_separated, workbook
from privacy.releases import RATED, Cell, Cohort, Measure, State, Table
from tests import monitored
from tests.cast import CAST, MO, NOW, ROS, STUDENTS
from tests.ingest.test_written_workbooks import NASTY
from tests.web.test_timeline_pdf import HOSTILE
from web import paper
from web.registers import TEMPLATE

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}
STARTS = {"xlsx": b"PK", "csv": "\N{ZERO WIDTH NO-BREAK SPACE}Where,By,Groups".encode(), "pdf": b"%PDF-"}


@pytest.fixture
def installed(monitored_template, tmp_path):
    """A university that is large enough, in the place of the bare cast."""
    return shutil.copytree(monitored_template, tmp_path / "home")


@pytest.fixture
def figures(university):
    """The release of the last census at the university."""
    release = next(one for one in releases.all_of(MO.viewer, NOW) if one.cohort is Cohort.CENSUS)
    node = releases.nodes(MO.viewer, release.id, NOW)[0]
    return release, node, releases.tables(MO.viewer, release.id, node.id, NOW)


def printed(figures):
    return release_print.of([figures], "Equality figures", "Wombat University", "Mo Iqbal", NOW)


def test_a_spreadsheet_has_a_cover_the_contents_and_a_sheet_for_each_table(figures):
    book = load_workbook(io.BytesIO(workbook(printed(figures))))
    cover, contents, first, *_ = (book[name] for name in book.sheetnames)
    words = "\n".join(str(cell.value) for row in cover.iter_rows() for cell in row if cell.value)
    assert "Fetched by Mo Iqbal" in words
    assert f"Release {figures[0].id}: " in words
    assert "approved by Ros Llewellyn" in words
    assert "Wombat University" in words
    assert contents.title == "Contents"
    assert len(book.sheetnames) - 2 == sum(map(len, figures[2].values()))
    assert [cell.value for row in first.iter_rows() for cell in row if cell.value in release_print.HEAD] == [
        *release_print.HEAD
    ]


def test_within_a_spreadsheet_stands_no_formula_no_hidden_sheet_and_no_figure_that_was_not_released(
    figures, university
):
    with university.session() as session:
        told = {number(value) for value in session.scalars(select(ReleaseCell.value).distinct())}
    made = workbook(printed(figures))
    book = load_workbook(io.BytesIO(made))
    assert {sheet.sheet_state for sheet in book.worksheets} == {"visible"}
    for sheet in book.worksheets[2:]:
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        table = [row for row in sheet.iter_rows(values_only=True) if row[2] in {m.value for m in Measure}]
        assert table
        for _, people, _, share, *_ in table:
            assert {float(value) for value in (people, share) if isinstance(value, int | float)} <= told
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        names = parts.namelist()
        inside = b"".join(map(parts.read, names))
    assert not [name for name in names if re.search("pivot|external|embed|connection|custom|vba", name)]
    assert b"wombat-9" not in inside
    assert b"<f>" not in inside


def test_the_same_figures_come_as_one_row_each_with_the_files_own_stamp(figures):
    made = comma_separated(printed(figures), [figures]).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(made))
    assert head[:3] == ["Where", "By", "Groups"]
    assert {len(row) for row in rows} == {len(head)}
    assert {(row[-2], row[-1].startswith("Fetched by Mo Iqbal")) for row in rows} == {
        (str(figures[0].id), True)
    }
    black = [row for row in rows if row[3] == "Black" and row[5] == Measure.LOW.value]
    assert {(*row[4:7], row[-3]) for row in black} == {("90", Measure.LOW.value, "30", "likely gap")}


def test_a_week_is_told_of_everybody_together_and_of_no_gap(university):
    week = next(one for one in releases.all_of(MO.viewer, NOW) if one.cohort is Cohort.WEEK)
    node = releases.nodes(MO.viewer, week.id, NOW)[0]
    figures = week, node, releases.tables(MO.viewer, week.id, node.id, NOW)
    of = release_print.of([figures], "Cohort engagement", "Wombat University", "Mo Iqbal", NOW)
    _, *rows = csv.reader(io.StringIO(comma_separated(of, [figures]).decode("utf-8-sig")))
    assert [row[5] for row in rows] == [one.value for one in RATED]
    assert {(row[1], row[3]) for row in rows} == {("all students together", "All students")}
    assert {"".join(row[7:11]) for row in rows} == {""}
    book = load_workbook(io.BytesIO(workbook(of)))
    said = "\n".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value)
    assert f"Release {week.id}: " in said
    assert "gap" not in said.lower()
    assert book.worksheets[2]["A1"].value.endswith("all students together")
    assert paper.pdf(TEMPLATE, content(of), NOW).startswith(b"%PDF-")


def test_on_paper_it_is_tagged_for_screen_readers(figures):
    made = paper.pdf(TEMPLATE, content(printed(figures)), NOW)
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid:part" in made


@pytest.mark.parametrize("name", [*NASTY, *HOSTILE])
def test_a_name_of_a_place_or_group_is_never_a_formula_or_markup(figures, name):
    release, *_ = figures
    cell = Cell(name, "25", {Measure.LOW.name: "15"}, {Measure.LOW.name: ""}, "")
    node = Node("u", name, "university")
    nasty = (release, node, {"sex": (Table(node, "sex", 0, (cell, cell)),)})
    of = release_print.of([nasty], name, name, name, NOW)
    book = load_workbook(io.BytesIO(workbook(of)))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    rows = list(csv.reader(io.StringIO(comma_separated(of, [nasty]).decode("utf-8-sig"))))
    assert not [value for row in rows[1:] for value in row[:4] if value[:1] in tuple("=+-@\t\r")]
    assert paper.pdf(TEMPLATE, content(of), NOW).startswith(b"%PDF-")


# At a running server


@pytest.fixture
def released(server):
    """The number of an approved release of the cast alone."""
    now = datetime.now(UTC)
    found = [one.id for one in releases.all_of(ROS.viewer, now) if one.state is State.APPROVED]
    return found[0] if found else release()


def release():
    """Build one and approve it."""
    now = datetime.now(UTC)
    day = london_day(now)
    made = releasing.make(monitored.JOB, Wanted(Cohort.CENSUS, day, day, day, now), now)
    release_decisions.approve(ROS.viewer, made, now)
    return made


def ask(server, member, address):
    return server.ask(address, cookie=f"la_sid={server.sign_in(member)}" if member else "")


@pytest.mark.server
@pytest.mark.parametrize("kind", TYPES)
def test_managers_and_compliance_are_handed_each_kind_of_file(server, released, kind):
    for member in (MO, ROS):
        answer, body = ask(server, member, ADDRESS.format(release=released, node="u", kind=kind))
        assert answer.status == 200
        assert answer.headers["content-type"] == TYPES[kind]
        assert answer.headers["cache-control"] == "no-store"
        disposition = answer.headers["content-disposition"]
        assert disposition.startswith('attachment; filename="equality-figures-')
        assert disposition.endswith(f'.{kind}"')
        assert body.startswith(STARTS[kind])


@pytest.mark.server
def test_a_years_figures_come_as_one_spreadsheet_of_the_university_and_its_schools(server, released):
    answer, body = ask(server, MO, EXTRACT.format(year=datetime.now(UTC).year))
    assert answer.status == 200
    book = load_workbook(io.BytesIO(body))
    titles = [sheet["A1"].value for sheet in book.worksheets[2:]]
    assert any("School of Testing" in title for title in titles)
    assert not [title for title in titles if "Studies" in title]  # no course


@pytest.mark.server
def test_whoever_changes_the_address_is_handed_nothing_else(server, released):
    for release, node, kind in (
        (released + 1, "u", "xlsx"),
        (0, "u", "xlsx"),
        (released, "c999", "xlsx"),
        (released, "u%20minus%20c1", "xlsx"),
        (released, "..", "xlsx"),
        (released, "u", "exe"),
        ("1%20or%201=1", "u", "csv"),
        (-1, "u", "csv"),
    ):
        answer, body = ask(server, MO, ADDRESS.format(release=release, node=node, kind=kind))
        assert answer.status in (400, 403, 404), (release, node, kind)
        assert not body.startswith((b"PK", b"%PDF-"))
    for year in (1999, "20x6"):
        assert ask(server, MO, EXTRACT.format(year=year))[0].status in (403, 404)


@pytest.mark.server
@pytest.mark.parametrize(
    "member", [None, *(m for m in CAST if m not in (MO, ROS))], ids=lambda m: getattr(m, "given", m)
)
def test_everybody_else_reads_a_sentence_and_no_figure(server, released, member):
    for address in (
        ADDRESS.format(release=released, node="u", kind="csv"),
        EXTRACT.format(year=datetime.now(UTC).year),
    ):
        answer, body = ask(server, member, address)
        assert answer.status == (403 if member else 401)
        assert b"ethnicity" not in body
        assert not [student for student in STUDENTS if student.family.encode() in body]
