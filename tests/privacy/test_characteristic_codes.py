"""Our tables of codes of characteristics, held against the lists that were published. These are read, never kept."""

import csv
import json
import re

from ingest.jisc_udd import characteristics as jisc
from privacy import characteristic_codes as codes
from privacy.characteristics import DOMICILES, ETHNIC_GROUPS, UNKNOWN
from tests import samples


def labels(name: str) -> dict[str, str]:
    """A list of codes as it was published."""
    path = samples.folder("samples/hesa_codes_dfe") / name
    with path.open(newline="", encoding="utf-8-sig") as file:
        return {row["Code"]: row["Label"] for row in csv.DictReader(file)}


def jiscs(field: str) -> dict[str, str]:
    """A list of Jisc's data definitions."""
    path = samples.folder("samples/jisc_udd/udd") / "udd_codelists_en.json"
    found: dict[str, str] = json.loads(path.read_text("utf-8"))[field]
    return found


def test_our_ethnicities_are_hesas_by_code_and_name_and_each_is_in_the_group_that_its_name_says():
    listed = labels("ethnicities.csv")
    present = {code for code, held in codes.ETHNICITY.items() if held == code}
    unknown = {code for code in listed if codes.ETHNICITY[code] == UNKNOWN}
    assert set(listed) == present | unknown
    assert {listed[code] for code in unknown} == {"Not known", "Prefer not to say", "Not available"}
    for code, (group, name) in ETHNIC_GROUPS.items():
        said = listed[code].replace("Mixed or multiple ethnic groups", "Mixed")
        assert plainly(said) == plainly(name)
        other = group == "Other" and code in ("180", "899")
        assert other or group.casefold() in plainly(said)


def plainly(label: str) -> list[str]:
    """The words of a label."""
    return re.findall(r"[a-z]+", label.casefold())


def test_our_sexes_and_disabilities_are_hesas_codes_and_none_is_in_the_wrong_group():
    sexes = labels("sexes.csv")
    ours = codes.SEX
    assert {code: ours[code] for code in ("10", "11", "12")} == {
        code: sexes[code] for code in ("10", "11", "12")
    }
    assert {ours[code] for code in set(sexes) - {"10", "11", "12"}} == {UNKNOWN}
    listed = labels("disabilities.csv")
    groups = {code: codes.disability([code]) for code in listed}
    assert [code for code, group in groups.items() if group == UNKNOWN] == ["98", "99"]
    assert [code for code, group in groups.items() if group == "None known"] == ["95"]
    words = {
        "learning": "Cognitive or learning",
        "development": "Cognitive or learning",
        "mental": "Mental health",
        "social": "Social or communication",
    }
    for code in set(listed) - {"95", "98", "99"}:
        assert groups[code] == words.get(plainly(listed[code])[0], "Sensory, medical or physical")
    assert set(listed) | {"00", "08", "97", "declared"} == {*codes.DISABILITIES, *codes._ALONE}


def test_jiscs_codes_of_characteristics_are_all_known_and_mean_what_jisc_says():
    listed = jiscs("ETHNICITY")
    assert set(listed) <= set(codes.ETHNICITY)
    for code, label in listed.items():
        present = codes.ETHNICITY[code]
        first = plainly(label)[0]
        if present in ETHNIC_GROUPS and first in ("asian", "black", "mixed", "white"):
            assert ETHNIC_GROUPS[present][0].casefold() == first
    named = {"51": "Irish", "34": "Chinese", "50": "Arab"}
    assert all(listed[code] == name for code, name in named.items())
    assert all(name in ETHNIC_GROUPS[codes.ETHNICITY[code]][1] for code, name in named.items())
    sexes = {code: label for code, label in jiscs("SEXID").items() if label != "Unknown"}
    assert {code: codes.SEX[code] for code in sexes} == sexes
    assert set(jiscs("DIFFLEARN1")) == set(jiscs("DIFFLEARN2")) == set(jisc._DIFFICULTIES)


def test_every_country_of_the_lists_is_somewhere_and_the_nations_of_britain_are_at_home():
    listed = jiscs("DOMICILE") | labels("nationalities.csv") | labels("degree_countries.csv")
    ours = codes.DOMICILE
    assert set(listed) <= set(ours)
    at_home = {code for code, held in ours.items() if DOMICILES[held] == "UK"}
    nations = {
        "England",
        "Scotland",
        "Wales",
        "Northern Ireland",
        "United Kingdom",
        "Guernsey",
        "Jersey",
        "Isle of Man",
    }
    assert {listed[code].split(",")[0] for code in at_home} == nations | {
        "Channel Islands not otherwise specified"
    }
    assert ours["XF"] == "England"
