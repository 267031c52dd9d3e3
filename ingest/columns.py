"""Columns of rows that are too many to be looked at one by one: keys made our own, texts made alike."""

from collections.abc import Callable, Container, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from ingest.admission import Admission


def resolved(
    admission: Admission,
    table: pa.Table,
    column: str,
    noun: str,
    aliases: Mapping[str, str],
    keys: Container[str],
) -> pa.Table:
    """The rows whose key leads to somebody, under the key of student records; the others are counted.

    The column `rows` says how many rows of the file stand behind each.
    """
    distinct = pc.unique(table[column]).to_pylist()
    own = {key: aliases.get(key, key) for key in distinct}
    known_keys = pa.array([key for key, target in own.items() if target in keys], pa.string())
    fits = pc.is_in(table[column], value_set=known_keys)
    lost = table.filter(pc.invert(fits)).group_by(column).aggregate([("rows", "sum")])
    for row in lost.to_pylist():
        admission.unmatched[(noun, row[column])] += row["rows_sum"]
        admission.lost += row["rows_sum"]
    return changed(table.filter(fits), column, own.__getitem__)


def leading(aliases: Mapping[str, str], keys: frozenset[str]) -> dict[str, str]:
    """From every key that leads to somebody known to the key of student records."""
    own = {key: aliases.get(key, key) for key in (*keys, *aliases)}
    return {key: target for key, target in own.items() if target in keys}


def changed(table: pa.Table, column: str, change: Callable[[str], str]) -> pa.Table:
    """The table with the texts of one column changed, each distinct one once; what is null stays so."""
    coded = table[column].combine_chunks().dictionary_encode()
    words = pa.array([change(word) for word in coded.dictionary.to_pylist()], pa.string())
    place = table.schema.get_field_index(column)
    return table.set_column(place, column, pc.take(words, coded.indices))
