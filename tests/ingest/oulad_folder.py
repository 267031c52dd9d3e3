"""A small OULAD folder with invented numbers: every quirk of the real files, and what is made of it."""

import gzip
from pathlib import Path

COURSES = """code_module,code_presentation,module_presentation_length
AAA,2013B,240
AAA,2013J,268
BBB,2013J,268
BBB,2014J,269
"""
ASSESSMENTS = """code_module,code_presentation,id_assessment,assessment_type,date,weight
AAA,2013J,101,TMA,19,10
AAA,2013J,103,TMA,54,90
AAA,2013J,102,CMA,30,12.5
AAA,2013J,104,Exam,?,100
AAA,2013B,105,TMA,19,100
"""
SITES = """id_site,code_module,code_presentation,activity_type,week_from,week_to
501,AAA,2013J,resource,?,?
502,AAA,2013J,forumng,1,3
503,AAA,2013B,resource,?,?
504,BBB,2013J,resource,?,?
"""
INFO_HEADER = (
    "code_module,code_presentation,id_student,gender,region,highest_education,imd_band,age_band,"
    "num_of_prev_attempts,studied_credits,disability,final_result\n"
)


def info(presentation: str, student: object, result: str = "Pass", band: str = "20-30%") -> str:
    """A row of studentInfo."""
    module, name = presentation.split("-")
    return f"{module},{name},{student},F,Scotland,A Level,{band},0-35,0,60,N,{result}\n"


INFO = INFO_HEADER + "".join(
    [
        info("AAA-2013J", 11),
        info("AAA-2013J", 12, "Withdrawn", "?"),
        info("AAA-2013J", 13, "Withdrawn", "10-20"),
        info("AAA-2013J", 14, "Fail", ""),
        info("AAA-2013B", 11),
        info("AAA-2013B", 15, "Withdrawn"),
        info("AAA-2013B", 16, "Withdrawn"),
        info("BBB-2013J", 17),
        info("BBB-2014J", 18),
    ]
)
REGISTRATIONS = """code_module,code_presentation,id_student,date_registration,date_unregistration
AAA,2013J,11,-159,?
AAA,2013J,12,-92,12
AAA,2013J,13,-20,100
AAA,2013J,14,?,
AAA,2013B,11,-30,?
AAA,2013B,15,-30,?
AAA,2013B,16,?,-5
BBB,2013J,17,-3,20
BBB,2014J,18,-300,?
"""
SUBMISSIONS = """id_assessment,id_student,date_submitted,is_banked,score
101,11,18,0,78
101,12,-1,1,60
101,14,20,0,?
103,11,53,0,55
103,14,54,0,55
105,11,25,0,100
"""
CLICKS = """code_module,code_presentation,id_student,id_site,date,sum_click
AAA,2013J,11,501,-10,4
AAA,2013J,11,501,3,1
AAA,2013J,11,502,3,2
AAA,2013J,12,501,5,7
AAA,2013J,11,501,200,9
AAA,2013B,11,503,0,1
BBB,2013J,17,504,2,1
"""
TABLES = {
    "courses": COURSES,
    "assessments": ASSESSMENTS,
    "vle": SITES,
    "studentInfo": INFO,
    "studentRegistration": REGISTRATIONS,
    "studentAssessment": SUBMISSIONS,
    "studentVle": CLICKS,
}


def write(folder: Path, packed: bool = False, **other: str) -> Path:
    """Write the seven tables, some of them otherwise; `packed` as csv.gz."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (TABLES | other).items():
        if packed:
            (folder / f"{name}.csv.gz").write_bytes(gzip.compress(text.encode()))
        else:
            (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder
