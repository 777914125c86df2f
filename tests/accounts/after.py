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
    "refund_rate_amount": """
        select channel, sum(least(back, paid)), sum(paid) from (
            select channel, net_amount + coalesce(tax_amount, 0) + coalesce(shipping_amount, 0) as paid,
                   (select coalesce(sum(amount), 0) from refunds f
                    where f.order_id = p.order_id and f.status = 'settled'
                      and cast(refunded_at as date) <= paid_day + 30) as back
            from paid p)
        group by channel
    """,
    "quality_return_rate": """
        select channel, count(*) filter (order_id in (
            select order_id from returns r
            where reason = 'quality' and cast(requested_at as date) <= p.paid_day + 30
        )), count(*) from paid p group by channel
    """,
    "exchange_share": """
        select channel, count(*) filter (r.kind = 'exchange'), count(*)
        from returns r join orders using (order_id) group by channel
    """,
    "in_store_return_share": """
        select channel, count(*) filter (in_store), count(*) from (
            select channel, order_id, bool_or(return_channel = 'store') as in_store
            from paid join returns using (order_id) where channel <> 'store' group by all)
        group by channel
    """,
    "repurchase_after_return": """
        with asked as (
            select customer_id, channel, requested_at, order_id, cast(requested_at as date) as day
            from returns join paid using (order_id) join persons using (order_id)
            where customer_id is not null)
        select channel, count(*) filter (came_back), count(*) from (
            select customer_id, arg_min(channel, (requested_at, order_id)) as channel,
                   min(day) + 90 <= (select day from last_day) as is_over,
                   bool_or(day + 90 <= (select day from last_day) and exists (
                       select 1 from days d where d.customer_id = asked.customer_id
                       and d.day > asked.day and d.day <= asked.day + 90)) as came_back
            from asked group by customer_id)
        where is_over group by channel
    """,
    "refund_hours_mean": """
        select o.channel, sum(epoch(f.refunded_at - coalesce(f.requested_at, r.requested_at)) / 3600),
               count(*)
        from refunds f left join returns r using (return_id) left join orders o on o.order_id = f.order_id
        where f.status = 'settled' and not coalesce(o.is_test, false)
          and coalesce(f.requested_at, r.requested_at) is not null group by o.channel
    """,
}
