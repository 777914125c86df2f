"""Visit and discover: how many people come, what they find, and whether it is what they were told.

A visit counts only where its source tells what is asked: web analytics without search events leaves its
visits out of the search KPIs, a door counter its people out of all that happens on a page. They are excluded
and lower the coverage; they are no visits without a search.

Of 1,000 visits 800 came from a source that tells of searches; of these 200 searched, and 12 of those led to a
paid order: one visit in four searched, 6 % of the searching ones bought, and 200 visits are excluded.

    >>> search_rate.value_of(numerator=200, denominator=800)
    0.25
    >>> search_conversion.value_of(numerator=12, denominator=200)
    0.06

Of 1,000 visits 400 saw one page only, 700 looked at an article, and 150 of the 600 whose source is known came
by a recommendation. Five of them waited 1.0, 1.2, 1.8, 2.4 and 6.0 seconds for the main content:

    >>> visits.value_of(numerator=1000)
    1000.0
    >>> bounce_rate.value_of(numerator=400, denominator=1000)
    0.4
    >>> product_view_rate.value_of(numerator=700, denominator=1000)
    0.7
    >>> referral_share.value_of(numerator=150, denominator=600)
    0.25
    >>> page_speed_p75.value_from(of=[1000, 1200, 1800, 2400, 6000])
    2400.0

Of 200 article lines delivered three came back as not what was described. Of 50 articles on sale 48 have
title, picture and description:

    >>> description_mismatch.value_of(numerator=3, denominator=200)
    0.015
    >>> listing_complete.value_of(numerator=48, denominator=50)
    0.96
"""

from connectors.facts import LineFacts, ListingDays, VisitFacts
from connectors.text import Text
from kpis.distribution import Quantile
from kpis.kpi import Comparable, LeftOut
from kpis.measure import MILLISECOND_BINS, col, histogram, total
from kpis.of_sums import Count, Mean, Ratio
from kpis.source import ours
from kpis.stage import Stage

stage = Stage(Text("Visit and discover", "访问与发现"), order=1)

_word_of_mouth = (col("source") == "referral") | (col("source") == "social")
_tells_searches = col("single") & col("outcome_known") & ~col("searched").is_null()
_searching = _tells_searches & (col("searched") > 0)

visits = Count(
    title=Text("Visits", "访问量"),
    question=Text("How many visits did we have, online and through the doors?", "线上线下共有多少次访问？"),
    above=Text("visits, and people counted in at the doors of shops", "访问次数，含门店进店人数"),
    numerator=total(VisitFacts, "visits"),
    dated_by="day",
    unit="count",
    better="none",
    needs=("visits",),
    follows=Text(
        "Shopify analytics: sessions, a new one after 30 minutes idle; at doors, people counted in",
        "Shopify 数据分析：会话，闲置 30 分钟后算新会话；门店为进店计数",
    ),
)

bounce_rate = Ratio(
    title=Text("Bounce rate", "跳失率"),
    question=Text("Of the visits, how many saw a single page?", "访问中有多少只看了一个页面就离开？"),
    above=Text("visits that saw a single page", "只看了一个页面的访问"),
    below=Text("visits of which it is known how many pages they saw", "浏览页数已知的访问"),
    numerator=total(VisitFacts, "bounced"),
    denominator=total(VisitFacts, "visits", when=~col("bounced").is_null()),
    excluded=(
        LeftOut(
            total(VisitFacts, "visits", when=col("bounced").is_null()),
            Text("visits of which it is not known how many pages they saw", "浏览页数未知的访问"),
        ),
    ),
    told_by="visits.bounced",
    dated_by="day",
    unit="percent",
    better="down",
    needs=("visits.bounced",),
    follows=Text(
        "Google Universal Analytics: sessions that saw a single page",
        "Google Universal Analytics：只看一个页面的会话占比",
    ),
)

page_speed_p75 = Quantile(
    title=Text("Page speed P75 (LCP)", "页面加载 P75"),
    short=Text("Page speed P75", "页面加载 P75"),
    question=Text(
        "Within what time do three of four visits see the main content?",
        "四分之三的访问在多长时间内看到主要内容？",
    ),
    below=Text("visits with a measured loading time", "测得加载时长的访问"),
    of=histogram(VisitFacts, "lcp_ms", bins=MILLISECOND_BINS),
    at=0.75,
    per=1,
    excluded=(
        LeftOut(
            total(VisitFacts, "visits", when=col("lcp_ms").is_null()),
            Text("visits without a measured loading time", "没有测得加载时长的访问"),
        ),
    ),
    told_by="visits.lcp_ms",
    dated_by="day",
    unit="ms",
    better="down",
    needs=("visits.lcp_ms",),
    follows=Text(
        "Google Web Vitals: largest contentful paint at the 75th percentile, good up to 2,500 ms",
        "Google Web Vitals：最大内容绘制（LCP）第 75 百分位，2,500 毫秒以内为良好",
    ),
)

search_rate = Ratio(
    title=Text("Search use", "站内搜索率"),
    question=Text("Of the visits, how many used the shop's search?", "访问中有多少使用了站内搜索？"),
    above=Text("visits that used the shop's search", "使用了站内搜索的访问"),
    below=Text("visits of which it is known whether they searched", "已知是否使用搜索的访问"),
    numerator=total(VisitFacts, "searched"),
    denominator=total(VisitFacts, "visits", when=~col("searched").is_null()),
    excluded=(
        LeftOut(
            total(VisitFacts, "visits", when=col("searched").is_null()),
            Text("visits of which it is not known whether they searched", "未知是否使用搜索的访问"),
        ),
    ),
    told_by="visits.searched",
    dated_by="day",
    unit="percent",
    better="none",
    needs=("visits.searched",),
    follows=Text(
        "Google Universal Analytics, site search: sessions with search",
        "Google Universal Analytics 站内搜索报告：使用搜索的会话占比",
    ),
)

search_conversion = Ratio(
    title=Text("Search conversion", "搜索转化率"),
    question=Text(
        "Of the visits that searched, how many led to a paid order?", "使用搜索的访问中有多少带来已付款订单？"
    ),
    above=Text("visits with a search that led to a paid order", "使用搜索并带来已付款订单的访问"),
    below=Text("visits with a search whose outcome is known", "使用搜索且结果已知的访问"),
    numerator=total(VisitFacts, "converted", when=_searching),
    denominator=total(VisitFacts, "visits", when=_searching),
    excluded=(
        LeftOut(
            total(
                VisitFacts, "visits", when=~col("single") | ~col("outcome_known") | col("searched").is_null()
            ),
            Text("visits whose searches or outcome are not known", "搜索情况或结果未知的访问"),
        ),
    ),
    covered=total(VisitFacts, "visits", when=_tells_searches),
    told_by="visits.searched",
    dated_by="day",
    unit="percent",
    better="up",
    lag_days=1,
    needs=("visits.searched", "visits.order_id|visits.ordered"),
    assumes=("orders.paid_at",),
    follows=ours(
        "only visits told one by one, so that the search and the order are of one visit",
        "只计逐次记录的访问，搜索与订单须属于同一次访问",
    ),
)

product_view_rate = Ratio(
    title=Text("Product view rate", "商品浏览率"),
    question=Text("Of the visits, how many looked at an article?", "访问中有多少浏览了商品？"),
    above=Text("visits that looked at an article", "浏览了商品的访问"),
    below=Text("visits of which it is known whether they did", "已知是否浏览商品的访问"),
    numerator=total(VisitFacts, "product_viewed"),
    denominator=total(VisitFacts, "visits", when=~col("product_viewed").is_null()),
    excluded=(
        LeftOut(
            total(VisitFacts, "visits", when=col("product_viewed").is_null()),
            Text(
                "visits of which it is not known whether they looked at an article", "未知是否浏览商品的访问"
            ),
        ),
    ),
    told_by="visits.product_viewed",
    dated_by="day",
    unit="percent",
    better="up",
    needs=("visits.product_viewed",),
    follows=Text(
        "Google Universal Analytics, shopping behaviour: sessions with product views",
        "Google Universal Analytics 购物行为报告：浏览商品的会话占比",
    ),
)

referral_share = Ratio(
    title=Text("Word-of-mouth visits", "口碑引流占比"),
    short=Text("Word of mouth", "口碑引流占比"),
    question=Text(
        "Of the visits whose source is known, how many came by a recommendation or social media?",
        "来源已知的访问中有多少来自推荐或社交媒体？",
    ),
    above=Text("visits by a recommendation or social media", "来自推荐或社交媒体的访问"),
    below=Text("visits whose source is known", "来源已知的访问"),
    numerator=total(VisitFacts, "visits", when=_word_of_mouth),
    denominator=total(VisitFacts, "visits", when=~col("source").is_null()),
    excluded=(
        LeftOut(
            total(VisitFacts, "visits", when=col("source").is_null()),
            Text("visits whose source is not known", "来源未知的访问"),
        ),
    ),
    told_by="visits.source",
    dated_by="day",
    unit="percent",
    better="up",
    needs=("visits.source",),
    follows=ours("referrals and social media stand for word of mouth", "以推荐与社交媒体来源代表口碑"),
)

description_mismatch = Mean(
    title=Text("Not as described", "描述不符率"),
    question=Text(
        "Of the article lines delivered, how many came back within 30 days as not what was described?",
        "已送达的商品行中有多少因描述不符在 30 天内申请退货？",
    ),
    above=Text("delivered article lines sent back as not what was described", "因描述不符退回的已送达商品行"),
    below=Text("delivered article lines whose return reasons are known", "退货原因已知的已送达商品行"),
    numerator=total(LineFacts, "lines_mismatched", when=col("delivered")),
    denominator=total(LineFacts, "lines_told", when=col("delivered")),
    excluded=(
        LeftOut(
            total(LineFacts, "lines_untold", when=col("delivered")),
            Text("delivered article lines sent back for no reason told", "未说明原因而退回的已送达商品行"),
        ),
        LeftOut(
            total(LineFacts, "lines", when=col("unknown")),
            Text(
                "article lines whose arrival or return reasons are not known",
                "送达情况或退货原因未知的商品行",
            ),
        ),
    ),
    told_by="returns.reason",
    cluster="order",
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=30,
    needs=("orders", "order_lines", "returns.reason", "returns.order_id"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.005, group="content"),
    follows=ours(
        "counted by what came back, since ratings of the description are given by few",
        "按退回的商品行计，因为对描述打分的顾客很少",
    ),
)

listing_complete = Ratio(
    title=Text("Product information complete", "商品信息完整率"),
    short=Text("Complete listings", "商品信息完整率"),
    question=Text(
        "Of the articles on sale on the last day, how many have title, picture and description?",
        "期末在售商品中有多少同时具备标题、图片和描述？",
    ),
    above=Text("articles on sale with title, picture and description", "标题、图片、描述齐全的在售商品"),
    below=Text("articles on sale of which all three are known", "三项信息均已知的在售商品"),
    numerator=total(ListingDays, "complete"),
    denominator=total(ListingDays, "told"),
    excluded=(
        LeftOut(
            total(ListingDays, "untold"),
            Text(
                "articles on sale whose title, picture or description is not told",
                "标题、图片或描述情况未知的在售商品",
            ),
        ),
    ),
    told_by="listings.has_description",
    dated_by="day",
    unit="percent",
    better="up",
    lookback_days=1,
    needs=("listings.title_hash", "listings.has_image", "listings.has_description"),
    comparable=Comparable(margin=0.02, group="content"),
    follows=ours(
        "title, picture and description are the least that every platform shows",
        "标题、图片和描述是各平台商品页的最低内容",
    ),
)
