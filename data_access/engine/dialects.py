"""The engines that are not databases of ours, as dialects: enough to write an expression out for them."""

from typing import Any

from sqlalchemy import ClauseElement
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.sql.compiler import IdentifierPreparer


class DuckDB(DefaultDialect):
    """DuckDB's SQL as far as it is used here."""

    name = "duckdb"
    supports_statement_cache = True


class _BackQuotes(IdentifierPreparer):
    def __init__(self, dialect: DefaultDialect, **options: Any) -> None:
        super().__init__(dialect, initial_quote="`", **options)


class Spark(DefaultDialect):
    """Spark's SQL, which quotes names otherwise."""

    name = "spark"
    supports_statement_cache = True
    preparer = _BackQuotes  # type: ignore[assignment]


def written(statement: ClauseElement, dialect: DefaultDialect) -> str:
    """The statement as text, its values written out: only for statements without anybody's input."""
    return str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
