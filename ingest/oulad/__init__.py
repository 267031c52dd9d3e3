"""OULAD, a public data set of distance students (doi 10.1038/sdata.2017.171, CC BY 4.0).

Seven tables become people, enrolments, modules, assessments, submissions and days of VLE activity; personal
tutors are invented. All presentations move by the same whole number of years, so that the latest with clicks
began within the last twelve months; what is then dated after today is held back.
"""

from ingest.oulad.reading import FORMAT, Reading, read

__all__ = ["FORMAT", "Reading", "read"]
