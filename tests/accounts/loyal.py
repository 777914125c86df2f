"""Loyalty, in plain SQL: per KPI one row per channel with numerator and denominator."""

N_DAY = """
    select channel, count(*) filter (exists (
        select 1 from days d
        where d.customer_id = f.customer_id and d.day > first_day and d.day <= first_day + {n}
    )) as numerator, count(*) as denominator
    from firsts f, last_day where first_day + {n} <= last_day.day group by channel
"""

SQL = {
    "repurchase_rate": """
        select channel, count(*) filter (days > 1), count(*) from (
            select customer_id, arg_min(channel, day) as channel, count(*) as days from days
            group by customer_id)
        group by channel
    """,
    **{f"repurchase_rate_{n}d": N_DAY.format(n=n) for n in (30, 90, 180, 365)},
    # Before the whole of the snapshot there is no order, so that nothing is told of anybody.
    "returning_customer_share": "select channel, 0, 0 from firsts group by channel",
    "second_order_days": """
        select channel, count(*) filter (customer_id in (
            select customer_id from days group by customer_id having count(*) > 1
        )), count(*) from firsts group by channel
    """,
    "cross_channel_share": """
        select channel, count(*) filter (online and offline), count(*) from (
            select customer_id, arg_min(channel, days.day) as channel, bool_or(online) as online,
                   bool_or(offline) as offline
            from days, last_day where days.day > last_day.day - 365 group by customer_id)
        group by channel
    """,
    "identified_share": """
        select channel, count(customer_id), count(*) from paid left join persons using (order_id)
        group by channel
    """,
}
