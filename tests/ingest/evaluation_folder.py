"""An OULAD folder small enough to be evaluated by hand, on day 28 of AAA-2013J."""

from pathlib import Path

from tests.ingest import oulad_folder
from tests.ingest.oulad_folder import INFO_HEADER, info

DAY = 28
SIX, THREE = (2, 6, 10, 14, 20, 26), (3, 9, 15)
"""Days with clicks. In a module of so few students six days in four weeks are the whole, three are half."""

# Result, registered, unregistered, days with clicks, when TMA 1 came (due on day 20), its mark, carried over.
TESTED: dict[int, tuple[str, str, str, tuple[int, ...], str, str, int]] = {
    1: ("Pass", "-30", "?", SIX, "19", "80", 0),
    2: ("Distinction", "-30", "?", (-5, *THREE), "19", "60", 0),
    3: ("Withdrawn", "-30", "60", (), "", "", 0),
    4: ("Fail", "?", "?", THREE, "22", "40", 0),
    5: ("Pass", "-30", "?", SIX, "", "", 0),
    6: ("Fail", "-30", "?", SIX, "18", "10", 0),
    7: ("Withdrawn", "-30", "10", (1, 2), "", "", 0),
    8: ("Fail", "28", "?", (40,), "41", "7", 0),
    9: ("Withdrawn", "-30", "28", (-3,), "20", "50", 0),
    10: ("Pass", "-30", "?", SIX, "-1", "90", 1),
}
SCORES = {1: 9200, 2: 6900, 3: 0, 4: 4600, 5: 3000, 6: 6400, 9: 5000, 10: 10000}
"""Without attendance 3 : 3 : 4, by the weights of the tests. Student 4: half the days, late, 40:
(3 × 50 + 3 × 50 + 4 × 40) ÷ 10."""
BAD = {3, 4, 6, 9}

COURSES = "code_module,code_presentation,module_presentation_length\nAAA,2013B,240\nAAA,2013J,240\n"
ASSESSMENTS = """code_module,code_presentation,id_assessment,assessment_type,date,weight
AAA,2013B,100,TMA,20,50
AAA,2013J,101,TMA,20,50
AAA,2013J,102,TMA,40,50
AAA,2013J,103,Exam,25,100
AAA,2013J,104,TMA,?,100
"""
SITES = """id_site,code_module,code_presentation,activity_type,week_from,week_to
501,AAA,2013B,url,?,?
502,AAA,2013J,url,?,?
"""
REGISTRATIONS = "code_module,code_presentation,id_student,date_registration,date_unregistration\n"
SUBMISSIONS = "id_assessment,id_student,date_submitted,is_banked,score\n"
CLICKS = "code_module,code_presentation,id_student,id_site,date,sum_click\n"
LEARNED = range(21, 51)


def tables() -> dict[str, str]:
    """The seven tables. On 2013B every other student does little and fails; on 2013J one hands in early."""
    people, here, work, clicks = INFO_HEADER, REGISTRATIONS, SUBMISSIONS, CLICKS
    for n, (result, on, until, days, came, mark, banked) in TESTED.items():
        people += info("AAA-2013J", n, result)
        here += f"AAA,2013J,{n},{on},{until}\n"
        work += f"101,{n},{came},{banked},{mark}\n" if came else ""
        clicks += "".join(f"AAA,2013J,{n},502,{day},2\n" for day in days)
    work += "102,1,25,0,100\n102,4,50,0,100\n"
    for n in LEARNED:
        good = n % 2
        people += info("AAA-2013B", n, "Pass" if good else "Fail")
        here += f"AAA,2013B,{n},-30,?\n"
        work += f"100,{n},{19 if good or n % 4 else 30},0,{n if good else 5}\n"
        clicks += "".join(f"AAA,2013B,{n},501,{day},{n}\n" for day in (SIX if good else THREE))
    return {
        "courses": COURSES,
        "assessments": ASSESSMENTS,
        "vle": SITES,
        "studentInfo": people,
        "studentRegistration": here,
        "studentAssessment": work,
        "studentVle": clicks,
    }


def write(folder: Path, **other: str) -> Path:
    """Write the tables, some of them otherwise."""
    return oulad_folder.write(folder, **(tables() | other))
