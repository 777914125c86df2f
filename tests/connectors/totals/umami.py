"""Totals of Umami's tables, and the statements that ask its database for the same."""

from __future__ import annotations

import polars as pl

from tests.connectors.totals.asked import Case, counts, sums

CASES: list[Case] = [
    (
        "visits that saw a page, their pages, and those that saw only one",
        "visits",
        lambda rows: rows.group_by("channel").agg(
            pl.len(), pl.col("page_views").sum(), pl.col("bounced").sum()),
        """SELECT name, count(*), sum(pages), count(*) FILTER (WHERE pages = 1) FROM (
               SELECT w.name, visit_id, count(*) pages FROM website_event e
               JOIN website w ON w.website_id = e.website_id WHERE event_type = 1 GROUP BY 1, 2) v
           GROUP BY 1""",
    ),
    (
        "visits that reached a stage",
        "visits",
        lambda rows: sums(rows, *(pl.col(stage).sum() for stage in (
            "product_viewed", "added_to_cart", "reached_checkout", "ordered"))),
        """SELECT count(DISTINCT visit_id) FILTER (WHERE url_path ~ '^/products/.'),
               count(DISTINCT visit_id) FILTER (WHERE event_name = 'add_to_cart'),
               count(DISTINCT visit_id) FILTER (WHERE event_name = 'begin_checkout'),
               count(DISTINCT visit_id) FILTER (WHERE event_name = 'purchase') FROM website_event""",
    ),
    (
        "orders that visits led to",
        "visits",
        lambda rows: sums(
            rows, pl.col("order_id").count(), pl.col("order_id").drop_nulls().n_unique().alias("orders")),
        """SELECT count(*), count(DISTINCT string_value) FROM event_data WHERE data_key = 'orderId'""",
    ),
    (
        "where visits came from",
        "visits",
        lambda rows: counts(rows, "source"),
        """SELECT CASE WHEN max(utm_medium) = 'email' THEN 'email'
               WHEN max(referrer_domain) = 'google.com' THEN 'search' ELSE 'direct' END, count(*)
           FROM (SELECT visit_id, max(utm_medium) utm_medium, max(referrer_domain) referrer_domain
               FROM website_event GROUP BY 1) v GROUP BY utm_medium, referrer_domain""",
    ),
    (
        "devices and countries",
        "visits",
        lambda rows: counts(rows, "device", "region"),
        """SELECT CASE device WHEN 'mobile' THEN 'phone' WHEN 'laptop' THEN 'desktop' ELSE device END,
               country::text, count(DISTINCT visit_id) FROM website_event
           JOIN session USING (session_id) GROUP BY 1, 2""",
    ),
    (
        "visitors who signed in",
        "visits",
        lambda rows: sums(
            rows, pl.col("email_hash").count(),
            pl.col("email_hash").drop_nulls().n_unique().alias("people"), pl.col("visitor_id").n_unique()),
        """SELECT count(DISTINCT e.visit_id) FILTER (WHERE s.distinct_id LIKE '%@%'),
               count(DISTINCT lower(s.distinct_id)), count(DISTINCT s.session_id)
           FROM website_event e JOIN session s USING (session_id)""",
    ),
]  # fmt: skip
