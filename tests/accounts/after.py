"""Returns and refunds, in plain SQL: per KPI one row per channel with numerator and denominator."""

SQL = {
    "return_rate": """
        select channel, count(*) filter (exists (
            select 1 from returns r
            where r.order_id = p.order_id and cast(requested_at as date) <= paid_day + 30
        )), count(*) from paid p group by channel
    """,
    "return_rate_units": """
        select channel, sum(back), sum(units) from (
            select p.channel, p.order_id, sum(coalesce(quantity_kept, quantity)) as units,
                   (select coalesce(sum(r.quantity), 0) from returns r
                    where r.order_id = p.order_id and cast(requested_at as date) <= p.paid_day + 30) as back
            from paid p join order_lines l using (order_id) group by p.channel, p.order_id, p.paid_day)
        group by channel
    """,
    "refund_hours_mean": """
        select o.channel, sum(epoch(f.refunded_at - coalesce(f.requested_at, r.requested_at)) / 3600),
               count(*)
        from refunds f left join returns r using (return_id) left join orders o on o.order_id = f.order_id
        where f.status = 'settled' and coalesce(f.requested_at, r.requested_at) is not null group by o.channel
    """,
}
