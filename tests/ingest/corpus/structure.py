"""Files 1 to 30: how a text is encoded, parted into columns and lines, and how it ends."""

from pathlib import Path

from tests.ingest.corpus.case import Case, Outcome, raw, text

HEADER = "student_id,given_name,family_name\n"
ANN, BOB = "w001,Ann,Oakes\n", "w002,Bob,Elm\n"
TWO = HEADER + ANN + BOB
BOTH = {"student_id": ["w001", "w002"], "given_name": ["Ann", "Bob"], "family_name": ["Oakes", "Elm"]}
ZOE = HEADER + "w001,Zoë,Oakes\n" + BOB
WITH_ZOE = {**BOTH, "given_name": ["Zoë", "Bob"]}

A, N, Q, R = Outcome.ACCEPTED, Outcome.NORMALISED, Outcome.QUARANTINED, Outcome.REFUSED


def _million(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        file.writelines(f"w{n:07d},Ann,Oakes\n" for n in range(1_000_000))


def _sparse(path: Path) -> None:
    """150 MB that take no room on the disk: what is too large is refused without being read."""
    with path.open("wb") as file:
        file.truncate(150 << 20)


CASES = (
    Case("1", "UTF-8", A, text(ZOE), reads=WITH_ZOE),
    Case("2", "UTF-8 with a mark", A, text(ZOE, "utf-8-sig"), reads=WITH_ZOE),
    Case("3", "UTF-16 with a mark", N, text(ZOE, "utf-16"), says="UTF-16", reads=WITH_ZOE),
    Case("4", "UTF-16 without a mark", R, text(ZOE, "utf-16-be"), kind="encoding", says="UTF-16"),
    Case(
        "5", "Windows-1252", N, text(ZOE, "cp1252"), says="Line 2 is not UTF-8; the file was read as Windows-1252",
        reads=WITH_ZOE, why="The note asks to check the names, before anything is stored.",
    ),
    Case(
        "6", "two encodings", R, raw(ZOE.encode() + "w003,Zoë,Ash\n".encode("cp1252")),
        kind="encoding", says="Line 4",
    ),
    Case("7", "a NUL", Q, text(HEADER + "w0\0001,Ann,Oakes\n" + BOB), bad=[(2, "", "nul")]),
    Case("8", "a column twice", R, text("student_id," + TWO), kind="header", says="“student_id”"),
    Case("9", "a column missing", R, text("student_id\nw001\n"), kind="format", says="lacks: given_name"),
    Case(
        "10", "a column nobody knows", N, text("student_id,given_name,ethnicity\nw001,Ann,100\n"),
        says="“ethnicity” is not part of the template and was not stored", reads={"student_id": ["w001"]},
    ),
    Case(
        "11", "columns in another order", A, text("family_name,student_id,given_name\nOakes,w001,Ann\n"),
        reads={"student_id": ["w001"], "family_name": ["Oakes"]},
    ),
    Case(
        "12", "headers in other case, with spaces", A, text(" Student ID ,GIVEN_NAME,Family  name\n" + ANN + BOB),
        reads=BOTH, why="Case and spaces of a header mean nothing; a note on them would hide those that matter.",
    ),
    Case("13", "no header", R, text(ANN + BOB), kind="format", says="no export"),
    Case(
        "14", "a row too long", Q, text(HEADER + "w001,Ann,Oakes,Elm\n" + BOB), bad=[(2, "", "width")],
        says="The row has 4 fields, the header 3",
    ),
    Case("15", "a row too short", Q, text(HEADER + "w001,Ann\n" + BOB), bad=[(2, "", "width")]),
    Case(
        "16", "a quotation mark not closed", R, text(HEADER + ANN + 'w002,"Bob,Elm\n' + ANN * 3), kind="quotes",
        says="From line 3 on",
    ),
    Case(
        "16b", "a quotation mark inside a field", Q, text(HEADER + 'w001,"Ann" Mary,Oakes\n' + BOB),
        bad=[(2, "", "quotes")], why="Where it ends is clear, so it costs one row.",
    ),
    Case(
        "17", "a line end inside quotation marks", A, text(HEADER + '"w001","Ann\nMary","Oakes"\n' + BOB),
        reads={"given_name": ["Ann\nMary", "Bob"]},
    ),
    Case("18", "lines that end in CR", N, text(TWO.replace("\n", "\r")), says="old Macintosh", reads=BOTH),
    Case("19", "lines that end in CRLF and LF", A, text(HEADER + ANN[:-1] + "\r\n" + BOB), reads=BOTH),
    Case("20", "semicolons", N, text(TWO.replace(",", ";")), says="semicolons", reads=BOTH),
    Case(
        "21", "a line sep=;", N, text("sep=;\n" + TWO.replace(",", ";")), says="“sep=”", reads=BOTH,
    ),
    Case(
        "21b", "a line sep=; and a bad row", Q, text("sep=;\n" + TWO.replace(",", ";") + "w003\n"),
        bad=[(5, "", "width")], why="The line is that of the file, the line sep= counted.",
    ),
    Case("22", "tabs", N, text(TWO.replace(",", "\t")), says="tabs", reads=BOTH),
    Case("23", "an empty file", R, text(""), kind="empty", says="empty"),
    Case(
        "24", "a header and no rows", N, text(HEADER), accepted=0, says="no row under it",
        why="As a whole snapshot it would say that there is nobody, so a person is asked.",
    ),
    Case("25", "1,000 empty lines", R, text("\n" * 1000), kind="empty", says="empty"),
    Case(
        "26", "a field of 2 MB", R, text(HEADER + "w001," + "n" * 2_000_000 + ",Oakes\n"), kind="cell",
        says="A field at line 2 is far too long",
    ),
    Case("27", "a million rows", A, _million, accepted=1_000_000),
    Case("28", "150 MB", R, _sparse, kind="size", says="more than 50 MB"),
    Case(
        "29", "a Ctrl-Z at the end", Q, text(TWO + "\x1a\n"), bad=[(4, "", "width")],
    ),
    Case("29b", "a line of a database at the end", Q, text(TWO + "(2 rows affected)\n"), bad=[(4, "", "width")]),
    Case(
        "30", "a last line cut short", Q, text(HEADER + ANN + "w002,Bo"), bad=[(3, "", "cut_short")],
        says="may have been cut short",
    ),
)  # fmt: skip
