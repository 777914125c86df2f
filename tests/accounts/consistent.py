"""Online and offline, in plain SQL: numerator and denominator per category, as of the last day."""

PRICES = """
    with asked as (
        select *, row_number() over (partition by sku, channel order by from_day desc) as newest
        from prices where from_day <= (select day from last_day)),
    sides as (
        select sku, median(sell_price_native) filter (channel <> 'store') as online,
               median(sell_price_native) filter (channel = 'store') as offline
        from asked where newest = 1 and (to_day is null or to_day >= (select day from last_day))
        group by sku, currency, tax_included)
"""
LISTINGS = """
    with shown as (
        select *, row_number() over (partition by sku, channel order by from_day desc) as newest
        from listings where from_day <= (select day from last_day)),
    sides as (
        select sku, bool_or(channel <> 'store') as online, bool_or(channel = 'store') as offline,
               count(distinct title_hash) as titles
        from shown where newest = 1 and listed group by sku)
"""
SQL = {
    "price_parity": f"""
        {PRICES} select category, count(*) filter (abs(ln(online / offline)) <= 0.005), count(*)
        from sides join products using (sku) where online > 0 and offline > 0 group by category
    """,
    "assortment_overlap": f"""
        {LISTINGS} select category, count(*) filter (online), count(*)
        from sides join products using (sku) where offline group by category
    """,
    "content_match": f"""
        {LISTINGS} select category, count(*) filter (titles = 1), count(*)
        from sides join products using (sku) where online and offline group by category
    """,
}
