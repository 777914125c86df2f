"""The few sources of a visit, from what a link says of itself and where it was followed."""

from __future__ import annotations

from connectors.return_reasons import literal

PAID = (
    r"^(cp[acmtv]|ppc|ads?|display|banner|sem|shopping|programmatic)$|(^|[-_ ])paid|(re(targeting|marketing))"
)
EMAIL = r"mail|newsletter|^edm$"
SOCIAL = r"social|influencer|^(sm|kol|koc)$"
REFERRAL = r"referral|affiliate|partner|^link$"
SEARCH = r"organic|^(search|seo)$"
"""What `utm_medium` says, in lower case."""

NETWORKS = (
    r"^(facebook|fb|instagram|ig|threads|twitter|x|linkedin|pinterest|reddit|snapchat|tiktok|youtube|whatsapp"
    r"|telegram|line|vk|wechat|weixin|weibo|douyin|kuaishou|xiaohongshu|rednote|bilibili|zhihu)([-_. ]|$)"
)
"""What `utm_source` says of social networks."""

MAILBOXES = r"(^|\.)(web)?mail\d*\.|(^|\.)(outlook|gmail|protonmail)\.|^proton\.me$|android\.gm$"
ENGINES = (
    r"^((www|m|wap|search|[rl]|images|news|lens|cn|[a-z]{2})\.)*(google|bing|yahoo|duckduckgo|baidu|yandex|ecosia"
    r"|qwant|startpage|sogou|naver|daum|seznam|kagi)\.[a-z.]+$|^((m|www)\.)?(so\.com|sm\.cn|ya\.ru)$"
    r"|^search\.brave\.com$|googlequicksearchbox$"
)
PLACES = (
    r"(^|\.)(facebook|instagram|twitter|linkedin|pinterest|reddit|snapchat|tiktok|youtube|whatsapp|telegram|tumblr"
    r"|quora|twitch|discord|douyin|kuaishou|xiaohongshu|bilibili|zhihu|weibo|mp\.weixin\.qq)\.[a-z.]+$"
    r"|(^|\.)(fb\.com|ig\.com|t\.co|x\.com|lnkd\.in|threads\.(net|com)|bsky\.app|t\.me|wa\.me|line\.me|vk\.com"
    r"|pin\.it|redd\.it|youtu\.be|xhslink\.com|weibo\.cn)$|^news\.ycombinator\.com$"
)
"""Hosts that send visitors: of mailboxes, search engines, social networks."""

CLICK_IDS = "gclid|dclid|gbraid|wbraid|msclkid|ttclid|twclid|li_fat_id"
"""Parameters that only advertisements carry; Facebook's `fbclid` is on every link that leaves it."""


def source_of(medium: str, campaign_source: str, referrer: str, *, clicked: str) -> str:
    """The SQL expression of a visit's source: ad, email, social, referral, search, direct or other.

    What the link says wins over where it was followed; `other` is a link that says something unheard of and
    was followed nowhere on the web, such as a printed code.

    Args:
        medium: what expresses `utm_medium`.
        campaign_source: what expresses `utm_source`.
        referrer: what expresses the host a visitor came from, null for the shop's own.
        clicked: the condition that an advertisement's click id is there.
    """
    medium, campaign_source, referrer = (
        f"lower(coalesce({text}, ''))" for text in (medium, campaign_source, referrer)
    )
    return f"""CASE
        WHEN {medium} ~ {literal(PAID)} OR {clicked} THEN 'ad'
        WHEN {medium} ~ {literal(EMAIL)} OR {campaign_source} ~ {literal(EMAIL)} THEN 'email'
        WHEN {medium} ~ {literal(SOCIAL)} OR {campaign_source} ~ {literal(NETWORKS)} THEN 'social'
        WHEN {medium} ~ {literal(REFERRAL)} THEN 'referral'
        WHEN {medium} ~ {literal(SEARCH)} THEN 'search'
        WHEN {referrer} ~ {literal(MAILBOXES)} THEN 'email'
        WHEN {referrer} ~ {literal(ENGINES)} THEN 'search'
        WHEN {referrer} ~ {literal(PLACES)} THEN 'social'
        WHEN {referrer} <> '' THEN 'referral'
        WHEN {medium} <> '' OR {campaign_source} <> '' THEN 'other'
        ELSE 'direct' END"""
