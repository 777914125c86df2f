"""Choose and pay, in plain SQL: per KPI one row per channel with numerator and denominator."""

from tests.accounts.visit import of_visits

DOORS = """
    from (select store_id, cast(started_at as date) as day, sum(visits) as people from visits
          where visit_id is null group by all)
    left join (select store_id, paid_day as day, count(*) as receipts from paid
               where channel = 'store' group by all)
    using (store_id, day)
"""
PER_VISIT = """
    with seen as (
        select channel, store_id, cast(started_at as date) as day, sum(visits) as visits from visits
        group by all),
    sold as (
        select p.channel, p.order_id, p.net_amount from paid p where exists (
            select 1 from seen where seen.channel = p.channel and seen.day = p.paid_day
                and (p.channel <> 'store' or seen.store_id = p.store_id)))
    select channel, (select {amount} from sold where sold.channel = known.channel), sum(visits)
    from seen known
    where day between (select min(cast(placed_at as date)) from orders) and (select day from last_day)
    group by channel
"""

SQL = {
    "add_to_cart_rate": of_visits("added_to_cart"),
    "checkout_completion": """
        select channel, sum(least(ordered, reached_checkout)), coalesce(sum(reached_checkout), 0)
        from visits group by channel
    """,
    "buyer_conversion": """
        select channel, count(*) filter (bought), count(*) from (
            select visitor_id, arg_min(v.channel, started_at) as channel,
                   bool_or(p.order_id is not null) as bought
            from visits v left join paid p using (order_id) where visitor_id is not null group by visitor_id)
        group by channel union all select 'store', 0, 0
    """,
    "store_conversion": f"select 'store', sum(receipts), sum(people) {DOORS}",
    "orders_per_visit": PER_VISIT.format(amount="count(*)"),
    "value_per_visit": PER_VISIT.format(amount="sum(net_amount)"),
    "conversion_per_visit": """
        select visits.channel, count(paid.order_id) as numerator, count(*) as denominator
        from visits left join paid using (order_id) where visit_id is not null group by visits.channel
        union all
    """
    f"select 'store', sum(receipts), sum(people) {DOORS}",
    "cart_abandonment": """
        select channel,
               count(*) filter (not completed or completed_at - started_at > interval 24 hour), count(*)
        from carts anti join tests using (order_id)
        where started_at <= (select max(placed_at) from orders) - interval 24 hour group by channel
    """,
    "payment_success": """
        select channel, count(*) filter (paid), count(*) from (
            select channel, order_id, bool_or(succeeded) as paid from payments
            anti join tests using (order_id) group by all)
        group by channel
    """,
    "payment_attempt_success": """
        select channel, count(*) filter (succeeded), count(*) from payments
        anti join tests using (order_id) group by channel
    """,
    "discount_rate": "select channel, sum(gross_amount - net_amount), sum(gross_amount) from paid group by 1",
    "revenue_per_customer": """
        select channel, sum(spent), count(*) from (
            select customer_id, arg_min(channel, paid_at) as channel, sum(net_amount) as spent
            from paid join persons using (order_id) where customer_id is not null group by customer_id)
        group by channel
    """,
    "stockout_cancel_rate": """
        select channel, count(*) filter (cancel_reason = 'stock'), count(*)
        from orders anti join carried using (order_id)
        where kind = 'sale' and status in ('confirmed', 'cancelled') and not coalesce(is_test, false)
            and paid_at is not null
        group by channel
    """,
    "average_order_value": "select channel, sum(net_amount), count(*) from paid group by channel",
    "units_per_order": """
        select channel, sum(coalesce(quantity_kept, quantity)), count(distinct order_id)
        from paid join order_lines using (order_id) group by channel
    """,
}
