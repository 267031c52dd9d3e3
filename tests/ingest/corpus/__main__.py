"""Writes the whole corpus into a folder, to be looked at or loaded by hand."""

import sys
from pathlib import Path

from tests.ingest.corpus import CASES

for case in CASES:
    folder = Path(sys.argv[1]) / case.name
    folder.mkdir(parents=True)
    case.made(folder)
