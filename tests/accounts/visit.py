"""Visit and discover, in plain SQL: per KPI one row per channel with numerator and denominator."""


def of_visits(step: str) -> str:
    """Visits with a step over visits of which it is told."""
    return f"""
        select channel, sum({step}), coalesce(sum(visits) filter (where {step} is not null), 0)
        from visits group by channel
    """


SQL = {
    "visits": "select channel, sum(visits) as numerator, null as denominator from visits group by channel",
    "bounce_rate": of_visits("bounced"),
    "search_rate": of_visits("searched"),
    "product_view_rate": of_visits("product_viewed"),
    "page_speed_p75": "select channel, count(lcp_ms), count(lcp_ms) from visits group by channel",
    "search_conversion": """
        select v.channel, count(p.order_id) filter (where searched = 1), count(*) filter (where searched = 1)
        from visits v left join paid p using (order_id) group by v.channel
    """,
    "description_mismatch": """
        select p.channel, count(*) filter (exists (
            select 1 from returns r where r.order_id = p.order_id and r.line_id = l.line_id
                and r.reason = 'description' and cast(r.requested_at as date) <= p.paid_day + 30)), count(*)
        from paid p join order_lines l using (order_id)
        where p.fulfilment = 'instore' or (
            exists (select 1 from shipments s where s.order_id = p.order_id)
            and not exists (select 1 from shipments s
                            where s.order_id = p.order_id
                                and (s.delivered_at is null or s.delivered_source = 'assumed')))
        group by p.channel
    """,
    "listing_complete": """
        select channel, count(*) filter (title_hash is not null and has_image and has_description), count(*)
        from (select *, row_number() over (partition by sku, channel order by from_day desc) as newest
              from listings where from_day <= (select day from last_day))
        where newest = 1 and listed group by channel
    """,
    "referral_share": """
        select channel, count(*) filter (where source in ('referral', 'social')), count(source)
        from visits group by channel
    """,
}
