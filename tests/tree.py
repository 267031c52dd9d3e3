"""The project's own source files, for the tests that look at code instead of running it."""

import ast
import sys
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = tuple(
    tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["root_packages"]
)
GENERATED = ROOT / "data_access" / "migrations" / "versions"


@cache
def application() -> tuple[Path, ...]:
    """Every Python file that is installed: the packages, `app.py` and `manage.py`; not what Alembic wrote."""
    inside = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    return (*(f for f in inside if GENERATED not in f.parents), *sorted(ROOT.glob("*.py")))


@cache
def everything() -> tuple[Path, ...]:
    """The application, and the tests, benchmarks and scripts beside it."""
    beside = (sorted((ROOT / folder).rglob("*.py")) for folder in ("tests", "bench", "docs", "deploy"))
    return (*application(), *(file for files in beside for file in files))


@cache
def parsed(file: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(file.read_text("utf-8"))


def name(file: Path) -> str:
    """The path from the root, with slashes."""
    return file.relative_to(ROOT).as_posix()


def imported(file: Path) -> set[str]:
    """The full names of the modules that the file imports, at any depth of it."""
    found: set[str] = set()
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@cache
def modules() -> Mapping[str, Path]:
    """Every module of the application by its full name."""
    dotted = {name(file).removesuffix(".py").replace("/", "."): file for file in application()}
    return {full.removesuffix(".__init__"): file for full, file in dotted.items()}


def reached(files: Iterable[Path]) -> set[Path]:
    """These files and all of the application that they import, at any depth."""
    seen: set[Path] = set()
    waiting = list(files)
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            waiting += [modules()[full] for full in imported(file) if full in modules()]
    return seen


def third_party(file: Path) -> set[str]:
    """The top-level names imported that are neither the standard library's nor ours."""
    ours = {*PACKAGES, "tests", "bench", "docs", "app", "manage"}
    return {full.partition(".")[0] for full in imported(file)} - ours - sys.stdlib_module_names
