"""The data of others that tests read: in `$LA_SAMPLES`, by default `../shared/data`; never in the project."""

import os
from pathlib import Path

import pytest

_DEFAULT = Path(__file__).parents[2] / "shared" / "data"


def folder(name: str) -> Path:
    """A folder of samples. Where it is absent the test is skipped, or fails under `LA_SAMPLES_REQUIRED=1`."""
    found = Path(os.environ.get("LA_SAMPLES", _DEFAULT)) / name
    if not found.is_dir():
        if os.environ.get("LA_SAMPLES_REQUIRED") == "1":
            pytest.fail(f"{found} is required and is not there")
        pytest.skip(f"{found} is not there; set LA_SAMPLES")
    return found
