"""Statements that are built once: what a query reads depends on the role and the act, not on who asks when."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from sqlalchemy import Row, Select, bindparam

from auth.permissions import Act
from auth.viewer import Role
from data_access.gate import Opened

Statement = Select[*tuple[Any, ...]]


def parameter(name: str, *, expanding: bool = False) -> Any:
    """A value, or with `expanding` a list of values, that is given when the statement is run."""
    return bindparam(name, expanding=expanding)


ENROLMENTS = parameter("enrolments", expanding=True)
STUDENTS = parameter("students", expanding=True)


def once(build: Callable[[Opened], Statement]) -> Callable[[Opened], Statement]:
    """The statement, built at the first use for each role and act; everything else in it is a parameter."""
    built: dict[tuple[Role, Act], Statement] = {}

    @wraps(build)
    def statement(opened: Opened) -> Statement:
        key = (opened.viewer.role, opened.act)
        if key not in built:
            built[key] = build(opened)
        return built[key]

    return statement


def run(
    opened: Opened, statement: Callable[[Opened], Statement], values: Mapping[str, Any]
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The rows of a prepared statement. Only columns are asked for, so the session's care for objects is left out."""
    return opened.session.connection().execute(statement(opened), values).all()
