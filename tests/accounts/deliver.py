"""Fulfil and deliver, in plain SQL: per KPI one row per channel with numerator and denominator."""

CLOCKS = """
    with moment as (
        select greatest((select max(placed_at) from orders),
                        max(shipped_at), max(first_scan_at), max(ready_at), max(delivered_at)) as last
        from shipments),
    went as (
        select order_id, min(coalesce(shipped_at, first_scan_at, ready_at, delivered_at)) as began
        from shipments group by order_id),
    clocks as (
        select o.order_id, channel, status, fulfilment,
               case when paid_at <= coalesce(began, paid_at) then paid_at else placed_at end as clock
        from orders o left join went using (order_id)
        where kind = 'sale' and not coalesce(is_test, false) and status <> 'draft'),
    sent as (
        select s.*, c.channel, c.clock from shipments s join clocks c using (order_id)
        where c.status = 'confirmed'
           or coalesce(shipped_at, first_scan_at, ready_at, delivered_at) is not null)
"""
DUE = """
    promised_day <= (select day from last_known) and (late or overdue or all_known)
"""
FAULTS = """
    with faults as (
        select p.order_id, p.channel, late or overdue as was_late,
               exists (select 1 from order_lines l
                       where l.order_id = p.order_id and quantity_kept < quantity) as was_short,
               exists (select 1 from shipments s where s.order_id = p.order_id and damaged) as was_damaged,
               exists (select 1 from cases c where c.order_id = p.order_id and c.kind = 'complaint'
                       and cast(opened_at as date) <= paid_day + 15) as complained,
               exists (select 1 from returns r where r.order_id = p.order_id and reason = 'quality'
                       and cast(requested_at as date) <= paid_day + 15) as was_bad
        from paid p join outcomes using (order_id)
        where {due} and promised_day <= paid_day + 15
          and exists (select 1 from order_lines l where l.order_id = p.order_id))
"""

SQL = {
    "scanned_in_48h": f"""
        {CLOCKS}
        select channel, count(*) filter (first_scan_at <= clock + interval 48 hours), count(*) from (
            select channel, clock, first_scan_at from sent
            where kind = 'parcel' and (coalesce(tracked, true) or first_scan_at is not null)
            union all
            select p.channel, clock, null from paid p join clocks using (order_id)
            where p.fulfilment = 'ship' and p.order_id not in (select order_id from shipments))
        where clock + interval 48 hours <= (select last from moment) group by channel
    """,
    "late_shipment_rate": f"""
        {CLOCKS}
        select channel, count(*) filter (
            not exists (select 1 from shipments s where s.order_id = o.order_id)
            or exists (select 1 from shipments s where s.order_id = o.order_id
                       and coalesce(shipped_at > promised_ship_at, true))), count(*)
        from counted o where promised_ship_at <= (select last from moment) group by channel
    """,
    "seller_cancel_rate": """
        select channel, count(*) filter (status = 'cancelled' and cancelled_by = 'seller' and not exists (
            select 1 from shipments s where s.order_id = o.order_id and shipped_at < cancelled_at)), count(*)
        from orders o anti join carried using (order_id)
        where kind = 'sale' and not coalesce(is_test, false) and paid_at is not null
          and status in ('confirmed', 'cancelled')
        group by channel
    """,
    "valid_tracking_rate": f"""
        {CLOCKS}
        select channel, count(first_scan_at), count(*) from sent
        where kind = 'parcel' and shipped_at is not null group by channel
    """,
    "on_time_delivery": f"""
        select channel, count(*) filter (not late and not overdue), count(*)
        from counted join outcomes using (order_id) where {DUE} group by channel
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
    "next_day_share": f"""
        {CLOCKS}
        select channel, count(*) filter (last_day <= first_day + 1), count(*) from (
            select p.channel, p.order_id, cast(clock as date) as first_day,
                   cast(max(delivered_at) as date) as last_day
            from paid p join clocks using (order_id) join shipments using (order_id) group by all
            having bool_and(delivered_at is not null and delivered_source is distinct from 'assumed'))
        group by channel
    """,
    "early_share": """
        select channel, count(*) filter (worst < 0), count(*) from (
            select channel, order_id, max(promise) as promised_day, max(arrived - promise) as worst
            from counted join parcels using (order_id) where promise is not null
            group by channel, order_id having bool_and(arrived is not null))
        where promised_day <= (select day from last_known) group by channel
    """,
    "split_rate": """
        select channel, count(*) filter (parcels > 1), count(*) from (
            select p.channel, p.order_id, count(*) as parcels from paid p join shipments s using (order_id)
            where s.kind = 'parcel' and shipped_at is not null group by all)
        group by channel
    """,
    "exception_rate": f"""
        {CLOCKS}
        select channel, count(*) filter (exception), count(*) from sent
        where kind = 'parcel' and shipped_at is not null group by channel
    """,
    "damage_rate": f"""
        {CLOCKS}
        select channel, count(*) filter (damaged), count(*) from sent
        where kind = 'parcel' and shipped_at is not null
          and delivered_at is not null and delivered_source is distinct from 'assumed'
        group by channel
    """,
    "pickup_success": f"""
        {CLOCKS}
        select channel, count(*) filter (delivered_at <= expires_at), count(*) from sent
        where kind = 'pickup' and ready_at is not null group by channel
    """,
    "perfect_order_rate": f"""
        {FAULTS.format(due=DUE)}
        select channel, count(*) filter (
            not was_late and not was_short and not was_damaged and not complained and not was_bad), count(*)
        from faults group by channel
    """,
}
