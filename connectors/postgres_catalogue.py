"""Questions to a server's catalogue: what exists, what the role may read, what it could change."""

from __future__ import annotations

RELATIONS = """
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
"""

NAMES = f"SELECT DISTINCT c.relname {RELATIONS}"

COLUMNS = f"""
    SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
    FROM (SELECT c.oid, c.relname {RELATIONS} AND c.relname = ANY(%(words)s)) AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    GROUP BY c.oid, c.relname ORDER BY c.relname
"""
"""One row per table or view named in `words`: its name and its columns in order."""

MISSING_GRANTS = f"""
    SELECT DISTINCT format('GRANT USAGE ON SCHEMA %%I TO %%I;', n.nspname, current_user) {RELATIONS}
      AND c.relname = ANY(%(words)s) AND NOT has_schema_privilege(n.oid, 'USAGE')
    UNION ALL
    SELECT format('GRANT SELECT ON %%I.%%I TO %%I;', n.nspname, c.relname, current_user) {RELATIONS}
      AND c.relname = ANY(%(words)s) AND NOT has_table_privilege(c.oid, 'SELECT')
      AND (pg_table_is_visible(c.oid) OR n.nspname = ANY(%(words)s))
"""
"""One row per statement without which the role cannot read a table named in `words`."""

CHANGEABLE = f"""
    SELECT format('%I.%I', n.nspname, c.relname) {RELATIONS}
      AND c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
    ORDER BY 1 LIMIT 1
"""
"""The first table whose rows the role could change, if any."""
