"""Voice of the customer, in plain SQL: per KPI one row per channel with numerator and denominator."""

SQL = {
    "nps": """
        select coalesce(o.channel, s.channel) as c,
               count(*) filter (score >= 9) - count(*) filter (score <= 6), count(*)
        from surveys s left join orders o using (order_id)
        where s.kind = 'nps' and answered_at is not null and score between 0 and 10 group by c
    """,
}
