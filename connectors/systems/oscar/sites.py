"""Oscar's sites are its channels; only orders know theirs."""

from __future__ import annotations

NO_CHANNEL = "none"
"""The channel of what belongs to no site, or to a site that is gone."""

SITES = """
site AS (
    SELECT domain AS channel FROM django_site
    WHERE EXISTS (SELECT FROM order_order AS placed WHERE placed.site_id = django_site.id)
)"""
"""Sites that sell: Django makes one more at the start, which may be left over."""

LONE_SITE = f"""
lone AS (
    WITH {SITES}
    SELECT CASE WHEN count(*) = 1 THEN min(channel) ELSE '{NO_CHANNEL}' END AS channel FROM site
)"""
"""The channel of baskets and reviews, which do not know their site: the only one, where there is one."""
