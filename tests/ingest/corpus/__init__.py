"""The malformed files of every kind that exports turn out to be: 72 by number, some in several variants.

`python -m tests.ingest.corpus FOLDER` writes them all, each into a folder named by its number.
"""

from tests.ingest.corpus import archives, structure, values, workbooks
from tests.ingest.corpus.case import Case

NASTIEST = ("66b", "65", "67", "66", "16", "67b")
"""Those that would do the most harm."""

CASES: tuple[Case, ...] = (*structure.CASES, *values.CASES, *workbooks.CASES, *archives.CASES)
