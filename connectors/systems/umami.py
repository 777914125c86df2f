"""Umami 2 and 3: visits with where they came from, what they did and which order they led to."""

from __future__ import annotations

from connectors import tables
from connectors.sql_system import Select, Setting, SqlConnector, Touched
from connectors.text import Text
from connectors.visit_sources import CLICK_IDS, source_of

READS = """
event_data (event_data_id uuid, website_event_id uuid, data_key text, string_value text,
    number_value numeric, data_type integer, created_at timestamptz)
session (session_id uuid, device text, country text, region text, subdivision1 text, distinct_id text,
    created_at timestamptz)
website (website_id uuid, name text, domain text, reset_at timestamptz, updated_at timestamptz,
    deleted_at timestamptz)
website_event (event_id uuid, website_id uuid, session_id uuid, visit_id uuid, created_at timestamptz,
    url_path text, url_query text, referrer_domain text, event_type integer, event_name text,
    utm_source text, utm_medium text, utm_campaign text, gclid text, msclkid text, ttclid text, twclid text,
    li_fat_id text, lcp numeric)
"""

STAGES = {
    "product_viewed": Setting(
        Text(
            "events and pages, with * for anything, that mean an article was seen",
            "表示浏览了商品的事件名与页面（* 代表任意字符）",
        ),
        "view_item, product_viewed, */products/*, */product/*",
    ),
    "added_to_cart": Setting(
        Text("events and pages that mean an article went into the cart", "表示加入购物车的事件名与页面"),
        "add_to_cart, product_added",
    ),
    "reached_checkout": Setting(
        Text("events and pages that mean a checkout began", "表示进入结账的事件名与页面"),
        "begin_checkout, checkout_started, */checkout, */checkout/*",
    ),
    "ordered": Setting(
        Text("events and pages that mean an order was placed", "表示已下单的事件名与页面"),
        "purchase, order_completed",
    ),
    "searched": Setting(
        Text("events and pages that mean the shop's search was used", "表示使用了站内搜索的事件名与页面"),
        "search, view_search_results, products_searched, */search",
    ),
}

WORDS = f"""
word AS (
    SELECT listed.stage, trim(word) LIKE '%/%' AS is_page,
        translate(lower(trim(word)), ' -', '__') AS name,
        replace(regexp_replace(trim(word), '([\\\\%_])', '\\\\\\1', 'g'), '*', '%') AS page
    FROM setting CROSS JOIN LATERAL (
        VALUES {", ".join(f"('{stage}', setting.{stage})" for stage in STAGES)}) AS listed (stage, words)
    CROSS JOIN LATERAL regexp_split_to_table(listed.words, ',') AS word
),
wanted AS (
    SELECT {
    ", ".join(
        f"array_agg(name) FILTER (WHERE stage = '{stage}' AND NOT is_page) AS {stage}_names, "
        f"array_agg(page) FILTER (WHERE stage = '{stage}' AND is_page) AS {stage}_pages"
        for stage in STAGES
    )
}
    FROM word
)"""

ORDER_IDS = """
told AS (
    SELECT DISTINCT ON (given.website_event_id) given.website_event_id,
        CASE WHEN given.data_type = 2 THEN regexp_replace(given.number_value::text, '\\.0+$', '')
            ELSE given.string_value END AS order_id
    FROM setting
    CROSS JOIN LATERAL regexp_split_to_table(setting.order_id_key, ',') WITH ORDINALITY AS key (name, rank)
    JOIN event_data AS given ON given.data_key = trim(key.name)
    ORDER BY given.website_event_id, key.rank, given.event_data_id
)"""


def _meant(stage: str) -> str:
    """The condition that an event stands for a stage."""
    name, page = "translate(lower(event.event_name), ' -', '__')", "rtrim(event.url_path, '/')"
    return (
        f"coalesce(event.event_type = 2 AND {name} = ANY ((SELECT {stage}_names FROM wanted)::text[])"
        f" OR event.event_type = 1 AND {page} LIKE ANY ((SELECT {stage}_pages FROM wanted)::text[]), false)"
    )


EVENTS = f"""
sold AS (
    SELECT event.event_id, told.order_id, row_number() OVER again = 1 AS is_first
    FROM told JOIN website_event AS event ON event.event_id = told.website_event_id
    WHERE {_meant("ordered")} AND trim(told.order_id) <> ''
    WINDOW again AS (
        PARTITION BY event.website_id, told.order_id ORDER BY event.created_at, event.event_id)
),
visited AS (
    SELECT visit_id, NULL::timestamptz AS began, event_id, website_id, session_id, created_at, event_type,
        event_name, url_path, lcp
    FROM website_event WHERE visit_id IS NOT NULL
    UNION ALL
    SELECT session_id, min(created_at) OVER visit, event_id, website_id, session_id, created_at, event_type,
        event_name, url_path, lcp
    FROM (
        SELECT *, count(*) FILTER (WHERE begins) OVER (PARTITION BY session_id ORDER BY created_at) AS number
        FROM (
            SELECT *,
                coalesce(created_at - lag(created_at) OVER later > interval '30 minutes', true) AS begins
            FROM website_event WHERE visit_id IS NULL
            WINDOW later AS (PARTITION BY session_id ORDER BY created_at)
        ) AS spaced
    ) AS numbered
    WINDOW visit AS (PARTITION BY session_id, number)
),
event AS MATERIALIZED (
    SELECT event.visit_id, event.began, event.website_id, event.created_at, event.event_id,
        event.event_type = 1 AS is_page, event.lcp,
        CASE WHEN sold.is_first THEN sold.order_id END AS order_id,
        {", ".join(f"{_meant(stage)} AS {stage}" for stage in STAGES if stage != "ordered")},
        {_meant("ordered")} AND coalesce(sold.is_first, true) AS ordered
    FROM visited AS event
    JOIN website AS site ON site.website_id = event.website_id AND site.deleted_at IS NULL
        AND event.created_at >= coalesce(site.reset_at, '-infinity')
    LEFT JOIN sold ON sold.event_id = event.event_id
),
visit AS (
    SELECT visit_id, began, website_id, min(created_at) AS started_at,
        (array_agg(event_id ORDER BY created_at, event_id) FILTER (WHERE is_page))[1] AS landing_id,
        count(*) FILTER (WHERE is_page) AS page_views,
        (array_agg(lcp ORDER BY created_at, event_id) FILTER (WHERE lcp > 0))[1] AS lcp,
        (array_agg(order_id ORDER BY created_at, event_id)
            FILTER (WHERE order_id IS NOT NULL))[1] AS order_id,
        {", ".join(f"bool_or({stage}) AS {stage}" for stage in STAGES)}
    FROM event GROUP BY visit_id, began, website_id HAVING bool_or(is_page)
),
known AS (
    SELECT *, {
    ", ".join(
        f"min(started_at) FILTER (WHERE {stage}) OVER (PARTITION BY website_id) AS {stage}_since"
        for stage in STAGES
    )
}
    FROM visit
)"""
"""Before version 2.10 events belong to no visit: there one ends where half an hour is silent.

Events are written down with what they mean alone: sorted with all their words they would fill a disk.
"""


def _parameter(name: str) -> str:
    """A parameter of the first page's address."""
    return f"substring(landing.url_query FROM '(?:^|&){name}=([^&]*)')"


OWN_HOST = "regexp_replace(lower(site.domain), '^www\\.', '')"
CAME = f"""
    SELECT {
    ", ".join(
        f"nullif(coalesce(landing.{name}, {_parameter(name)}), '') AS {name}"
        for name in ("utm_medium", "utm_source", "utm_campaign")
    )
},
        CASE WHEN ('.' || lower(landing.referrer_domain)) NOT LIKE '%.' || {OWN_HOST}
            OR coalesce({OWN_HOST}, '') = '' THEN landing.referrer_domain END AS referrer,
        coalesce(landing.gclid, landing.msclkid, landing.ttclid, landing.twclid, landing.li_fat_id, '') <> ''
            OR coalesce(landing.url_query, '') ~ '(^|&)({CLICK_IDS})=' AS clicked
    OFFSET 0"""
"""How a visitor came, said by the first page; the offset keeps it from being worked out for every rule."""


VISITS = f"""
WITH {WORDS}, {ORDER_IDS}, {EVENTS}
SELECT visit.visit_id || coalesce('-' || to_char(visit.began, 'YYYYMMDDHH24MISS'), '') AS visit_id,
    visit.started_at, site.name AS channel, 1 AS visits, landing.session_id::text AS visitor_id,
    CASE WHEN person.distinct_id NOT LIKE '%@%'
        AND lower(person.distinct_id) NOT IN ('undefined', 'null', 'anonymous', 'guest')
        THEN person.distinct_id END AS customer_ref,
    CASE WHEN person.distinct_id LIKE '%@%' THEN person.distinct_id END AS email,
    CASE person.device WHEN 'mobile' THEN 'phone' WHEN 'laptop' THEN 'desktop'
        ELSE person.device END AS device,
    CASE setting.region WHEN 'subdivision' THEN coalesce(person.region, person.subdivision1)
        ELSE upper(trim(person.country)) END AS region,
    {source_of("came.utm_medium", "came.utm_source", "came.referrer", clicked="came.clicked")} AS source,
    came.utm_campaign AS campaign, visit.page_views, (visit.page_views = 1)::int AS bounced,
    {
    ", ".join(
        f"CASE WHEN visit.started_at >= visit.{stage}_since THEN visit.{stage}::int END AS {stage}"
        for stage in STAGES
    )
},
    round(visit.lcp)::int AS lcp_ms, visit.order_id
FROM known AS visit
CROSS JOIN setting
JOIN website AS site ON site.website_id = visit.website_id
JOIN website_event AS landing ON landing.event_id = visit.landing_id
CROSS JOIN LATERAL ({CAME}) AS came
LEFT JOIN session AS person ON person.session_id = landing.session_id
"""
"""As in Umami itself, a visit is one that saw a page: what a server or a forgotten tab sends is none.

An order belongs to the first visit that tells of it; a reloaded page of thanks is no second one. Where a site
never tells of a stage, or not yet, it is not known whether a visit reached it.
"""

TOUCHED = Touched(
    by="visitor_id",
    sql="""
SELECT session_id::text AS visitor_id, created_at AS updated_at FROM website_event
UNION ALL
SELECT event.session_id::text, given.created_at
FROM event_data AS given JOIN website_event AS event ON event.event_id = given.website_event_id
UNION ALL
SELECT session_id::text, created_at FROM session
UNION ALL
SELECT event.session_id::text, greatest(site.updated_at, site.deleted_at, site.reset_at)
FROM website AS site JOIN website_event AS event ON event.website_id = site.website_id
WHERE greatest(site.updated_at, site.deleted_at, site.reset_at) IS NOT NULL
""",
    narrow={"session": "session_id::text IN (SELECT visitor_id FROM touched)"},
)
"""Who a visitor is, is written into the session of a month without a stamp, along with new events of it.

All events are read each time: whether a site tells of a stage shows only in all of them.
"""

FILES = Text("Umami only counts visits: add the shop's own database", "Umami 只记录访问：请另接店铺数据库")
SURVEYS = Text(
    "Umami asks nobody: add a survey tool or surveys.csv", "Umami 不做问卷：请接入问卷工具或 surveys.csv"
)

connector = SqlConnector(
    title=Text("Umami 2 and 3", "Umami 2 与 3"),
    description=Text(
        "Visits; a channel is a website by its name. What a visit did is told by its events and pages",
        "访问数据；渠道为网站名称；访问中的行为由事件与页面得出",
    ),
    reads=READS,
    proof=("website", "session", "website_event"),
    settings={
        **STAGES,
        "order_id_key": Setting(
            Text(
                "the data of an order's event that hold the order's id in the shop",
                "下单事件中保存店铺订单号的数据字段",
            ),
            "orderId, order_id, transaction_id",
        ),
        "region": Setting(
            Text(
                "'country', or 'subdivision' for provinces and states",
                "“country”为国家，“subdivision”为省或州",
            ),
            "country",
            choices=("country", "subdivision"),
        ),
    },
    selects={
        tables.Visits: Select(
            VISITS,
            known_by={
                "customer_ref": "session.distinct_id",
                "email": "session.distinct_id",
                "order_id": "event_data.data_key",
                "lcp_ms": "website_event.lcp",
            },
            touched=TOUCHED,
        )
    },
    lacks={
        table: SURVEYS if table is tables.Surveys else FILES
        for table in tables.TABLES.values()
        if table is not tables.Visits
    },
)
