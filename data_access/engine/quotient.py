"""Whole-number division, in the words of each engine: what a computer and a pencil both call the quotient."""

from typing import Any

from sqlalchemy import BigInteger, SQLColumnExpression, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Number = SQLColumnExpression[Any]


class quotient(FunctionElement[int]):  # noqa: N801 - it reads as an SQL function
    """The quotient of two numbers that are not negative, rounded down; null where the divisor is nought."""

    type = BigInteger()
    inherit_cache = True


@compiles(quotient)
def _truncating(element: quotient, compiler: SQLCompiler, **options: Any) -> str:
    return _written("/", element, compiler, options)


@compiles(quotient, "postgresql")
def _postgresql(element: quotient, compiler: SQLCompiler, **options: Any) -> str:
    """A sum of whole numbers is of another type there, which would be divided to fractions."""
    above, below = (compiler.process(part, **options) for part in element.clauses)
    return f"(CAST({above} AS BIGINT) / NULLIF(CAST({below} AS BIGINT), 0))"


@compiles(quotient, "duckdb")
def _duckdb(element: quotient, compiler: SQLCompiler, **options: Any) -> str:
    return _written("//", element, compiler, options)


@compiles(quotient, "spark")
def _spark(element: quotient, compiler: SQLCompiler, **options: Any) -> str:
    return _written("DIV", element, compiler, options)


def _written(sign: str, element: quotient, compiler: SQLCompiler, options: dict[str, Any]) -> str:
    above, below = (compiler.process(part, **options) for part in element.clauses)
    return f"(({above}) {sign} NULLIF(({below}), 0))"


def weighted_mean(weight: Number, value: Number) -> quotient:
    """The mean of a group's values by their weights, halves up: the twin of `measure.weighted_mean`."""
    return half_up(func.sum(weight * value), func.sum(weight).filter(value.is_not(None)))


def half_up(above: Number, below: Number) -> quotient:
    """The quotient to the nearest whole number, halves up: the twin of `measure.half_up`."""
    return quotient(2 * above + below, 2 * below)
