"""Totals of Formbricks's tables, and the statements that ask its database for the same."""

from __future__ import annotations

import polars as pl

from tests.connectors.totals.asked import Case, sums

CASES: list[Case] = [
    (
        "answers and their scores, by channel",
        "surveys",
        lambda rows: rows.drop_nulls("answered_at").group_by("kind", "channel", "scale_max").agg(
            pl.len(), pl.col("score").sum()),
        """SELECT 'nps', data->>'channel', 10, count(*), sum((data->>'q_nps')::int) FROM "Response"
           WHERE data ? 'q_nps' AND created_at < now() AT TIME ZONE 'utc' + interval '1 day' GROUP BY 2
           UNION ALL SELECT 'csat', 'Support CSAT', 5, count(*), sum((data->>'q_csat')::int) FROM "Response"
           WHERE data ? 'q_csat' AND created_at < now() AT TIME ZONE 'utc' + interval '1 day'""",
    ),
    (
        "invitations, and those without an answer",
        "surveys",
        lambda rows: sums(
            rows, pl.col("invited_at").count(),
            pl.col("invited_at").filter(pl.col("answered_at").is_null()).count().alias("unanswered")),
        """SELECT count(*), count(*) FILTER (WHERE r.id IS NULL) FROM "Display" d
           LEFT JOIN "Response" r ON r."displayId" = d.id
           WHERE d.created_at < now() AT TIME ZONE 'utc' + interval '1 day'""",
    ),
    (
        "people, orders and words",
        "surveys",
        lambda rows: sums(
            rows, pl.col("email_hash").count(), pl.col("order_id").count(), pl.col("comment").count()),
        """SELECT count(*) FILTER (WHERE c.id IS NOT NULL), count(r.data->>'orderId'),
               count(nullif(r.data->>'q_why', ''))
           FROM "Display" d FULL JOIN "Response" r ON r."displayId" = d.id
           LEFT JOIN "ContactAttribute" c ON c."contactId" = coalesce(r."contactId", d."contactId")
           WHERE coalesce(d.created_at, r.created_at) < now() AT TIME ZONE 'utc' + interval '1 day'""",
    ),
]  # fmt: skip
