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
    "referral_share": """
        select channel, count(*) filter (where source in ('referral', 'social')), count(source)
        from visits group by channel
    """,
}
