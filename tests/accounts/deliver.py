"""Fulfil and deliver, in plain SQL: per KPI one row per channel with numerator and denominator."""

SQL = {
    "on_time_delivery": """
        select channel, count(*) filter (not late and not overdue), count(*)
        from counted join outcomes using (order_id)
        where (late or overdue or all_known) and promised_day <= (select day from last_known) group by channel
    """,
    "delivery_hours_mean": """
        select channel, sum(hours), count(*) from (
            select o.channel, o.order_id,
                   epoch(max(delivered_at)
                         - case when o.paid_at <= coalesce(min(shipped_at), max(delivered_at))
                              then o.paid_at else o.placed_at end) / 3600 as hours
            from paid o join shipments s using (order_id)
            group by o.channel, o.order_id, o.paid_at, o.placed_at
            having bool_and(delivered_at is not null and delivered_source is distinct from 'assumed'))
        group by channel
    """,
}
