"""Risk, in plain SQL: per KPI one row per channel with numerator and denominator."""

SQL = {
    "order_defect_rate": """
        select channel, count(*) filter (
            exists (select 1 from reviews r where r.order_id = p.order_id and stars <= 2
                    and cast(created_at as date) <= paid_day + 60)
            or exists (select 1 from cases c where c.order_id = p.order_id
                       and (kind = 'chargeback' and cast(opened_at as date) <= paid_day + 60
                            or kind = 'dispute' and seller_liable
                               and cast(coalesce(closed_at, opened_at) as date) <= paid_day + 60))
        ), count(*) from paid p anti join carried using (order_id) group by channel
    """,
    "dispute_rate": """
        select channel, count(*) filter (exists (
            select 1 from cases c where c.order_id = p.order_id and kind = 'dispute' and seller_liable
            and cast(coalesce(closed_at, opened_at) as date) <= paid_day + 60
        )), count(*) from paid p anti join carried using (order_id) group by channel
    """,
    "chargeback_rate": """
        select channel, count(*) filter (exists (
            select 1 from cases c where c.order_id = p.order_id and kind = 'chargeback'
            and cast(opened_at as date) <= paid_day + 60
        )), count(*) from paid p group by channel
    """,
    "penalty_points": "select channel, sum(points), null from penalties group by channel",
    "penalty_amount": "select channel, sum(amount), null from penalties group by channel",
}
