"""Choose and pay, in plain SQL: per KPI one row per channel with numerator and denominator."""

SQL = {
    "conversion_per_visit": """
        select visits.channel, count(paid.order_id) as numerator, count(*) as denominator
        from visits left join paid using (order_id) where visit_id is not null group by visits.channel
        union all
        select 'store', sum(receipts), sum(people) from (
            select store_id, cast(started_at as date) as day, sum(visits) as people from visits
            where visit_id is null group by all)
        left join (select store_id, paid_day as day, count(*) as receipts from paid
                   where channel = 'store' group by all)
        using (store_id, day)
    """,
    "average_order_value": "select channel, sum(net_amount), count(*) from paid group by channel",
    "units_per_order": """
        select channel, sum(coalesce(quantity_kept, quantity)), count(distinct order_id)
        from paid join order_lines using (order_id) group by channel
    """,
}
