"""SELECTs of what changed when: for each stamped table that a SELECT joins, what its rows touch."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from connectors.following import UPDATED_AT


def of_last(columns: str, *path: str, stamp: str, deleted: str | None = None) -> Iterator[str]:
    """What the rows of one table touch, and when they changed.

    Each stamp has a SELECT of its own, so that the server looks for new ones first and joins only those.

    Args:
        columns: what is touched, as columns of the path's first table.
        path: the tables that lead from what is touched to the stamped one, as behind FROM and JOIN; all but
            the first with their condition. They are joined strictly: what has no stamp counts as changed.
        stamp: the last table's column that says when a row changed.
        deleted: its column that says when a row was deleted, if it has one; null on all others.
    """
    rows = "\n    JOIN ".join(path)
    name = name_in(path[-1])
    yield f"SELECT {columns}, {name}.{stamp} AS {UPDATED_AT} FROM {rows}"
    if deleted:
        yield f"SELECT {columns}, {name}.{deleted} FROM {rows} WHERE {name}.{deleted} IS NOT NULL"


def of_each(
    columns: str, *path: str, stamp: str, deleted: str | None = None, bare: Container[str] = ()
) -> Iterator[str]:
    """As `of_last`, for every table of the path but those named in `bare`, which have no stamp.

    >>> for select in of_each("a.id", "a", "b ON b.id = a.b_id", stamp="at"):
    ...     print(" ".join(select.split()))
    SELECT a.id, a.at AS updated_at FROM a
    SELECT a.id, b.at AS updated_at FROM a JOIN b ON b.id = a.b_id
    """
    for place, table in enumerate(path, start=1):
        if name_in(table) not in bare:
            yield from of_last(columns, *path[:place], stamp=stamp, deleted=deleted)


def name_in(table: str) -> str:
    """What a table is called behind FROM or JOIN.

    >>> name_in("account_move AS invoice ON invoice.id = item.move_id")
    'invoice'
    """
    return table.split(" ON ", maxsplit=1)[0].rsplit(maxsplit=1)[-1]


def union(selects: Iterable[str]) -> str:
    """All rows of all SELECTs, none of which is repeated."""
    return "\nUNION ALL ".join(dict.fromkeys(selects))
