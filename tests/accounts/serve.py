"""Customer service, in plain SQL: per KPI one row per channel with numerator and denominator."""

WITH_CASE = """
    select channel, count(*) filter (exists (
        select 1 from cases c where c.order_id = p.order_id and {which}
    )), count(*) from paid p {but} group by channel
"""
SOON = "cast(opened_at as date) <= paid_day + 30"

SQL = {
    "reply_in_3_minutes": """
        select channel, count(*) filter (first_human_reply_at - asked_at <= interval 180 seconds), count(*)
        from conversations where in_service_hours group by channel
    """,
    "reply_seconds": """
        select channel, count(first_human_reply_at), count(first_human_reply_at) from conversations
        group by channel
    """,
    "reply_seconds_mean": """
        select channel, sum(datediff('second', asked_at, first_human_reply_at)), count(first_human_reply_at)
        from conversations group by channel
    """,
    "resolution_hours": """
        select channel, count(resolved_at), count(resolved_at) from conversations group by channel
    """,
    "first_contact_resolution": """
        select channel, count(*) filter (resolved_at is not null and not reopened), count(*)
        from conversations group by channel
    """,
    "dissatisfied_share": """
        select channel, count(*) filter (rating <= 2), count(rating) from conversations group by channel
    """,
    "complaint_rate": WITH_CASE.format(which=f"kind = 'complaint' and {SOON}", but=""),
    "escalation_rate": WITH_CASE.format(
        which=f"escalated and {SOON}", but="anti join carried using (order_id)"
    ),
    "where_is_my_order_rate": """
        select channel, count(*) filter (exists (
            select 1 from cases c where c.order_id = p.order_id and kind = 'where_is_my_order'
            and cast(opened_at as date) <= paid_day + 7
        )), count(*)
        from paid p where order_id in (select order_id from shipments where shipped_at is not null)
        group by channel
    """,
}
