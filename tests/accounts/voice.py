"""Voice of the customer, in plain SQL: per KPI one row per channel with numerator and denominator."""

SQL = {
    "nps": """
        select coalesce(o.channel, s.channel) as c,
               count(*) filter (score >= 9) - count(*) filter (score <= 6), count(*)
        from surveys s left join orders o using (order_id)
        where s.kind = 'nps' and answered_at is not null and score between 0 and 10 group by c
    """,
    "survey_response_rate": """
        select coalesce(o.channel, s.channel) as c, count(answered_at), count(*)
        from surveys s left join orders o using (order_id) where invited_at is not null group by c
    """,
    "satisfaction": """
        select coalesce(o.channel, s.channel) as c, count(*) filter (score >= 4), count(*)
        from surveys s left join orders o using (order_id)
        where s.kind = 'csat' and answered_at is not null and scale_max = 5 group by c
    """,
    "ease": """
        select coalesce(o.channel, s.channel) as c, sum(score), count(*)
        from surveys s left join orders o using (order_id)
        where s.kind = 'ease' and answered_at is not null and scale_max = 7 group by c
    """,
    "good_review_rate": """
        select coalesce(o.channel, r.channel) as c, count(*) filter (stars >= 4), count(*)
        from reviews r left join orders o using (order_id) group by c
    """,
    "bad_review_rate": """
        select coalesce(o.channel, r.channel) as c, count(*) filter (stars <= 2), count(*)
        from reviews r left join orders o using (order_id) group by c
    """,
}
