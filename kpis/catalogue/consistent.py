"""Online and offline: whether an article costs the same, is on sale and has one title on both sides.

Of 500 articles with a price online and one in the shops, 450 cost the same up to 0.5 %. The shops sell 400
articles, 380 of which can also be bought online; all of these but 19 have the same title everywhere.

    >>> price_parity.value_of(numerator=450, denominator=500)
    0.9
    >>> assortment_overlap.value_of(numerator=380, denominator=400)
    0.95
    >>> content_match.value_of(numerator=361, denominator=380)
    0.95
"""

from connectors.facts import ArticleDays
from connectors.text import Text
from kpis.kpi import Agreement, LeftOut
from kpis.measure import total
from kpis.of_sums import Ratio
from kpis.stage import Stage

stage = Stage(Text("Online and offline", "线上线下一致性"), order=9)
_BOTH = ("online", "offline")

price_parity = Ratio(
    title=Text("Same price", "同价率"),
    question=Text(
        "Of the articles priced online and offline on the last day, how many cost the same up to 0.5 %?",
        "期末线上与线下均有售价的商品中，价差不超过 0.5% 的有多少？",
    ),
    above=Text("articles that cost the same up to 0.5 %", "价差不超过 0.5% 的商品"),
    below=Text("articles with comparable prices online and offline", "线上与线下均有可比售价的商品"),
    numerator=total(ArticleDays, "same_price"),
    denominator=total(ArticleDays, "priced"),
    excluded=(
        LeftOut(
            total(ArticleDays, "priced_apart"),
            Text(
                "articles whose prices differ in currency or in containing tax",
                "两侧售价币种不同或含税口径不同的商品",
            ),
        ),
    ),
    dated_by="day",
    unit="percent",
    better="up",
    lookback_days=1,
    needs=("prices",),
    kinds=_BOTH,
    agreement=Agreement("price", margin=0.02),
    follows=Text("Cavallo 2017, AER 107(1): 283-303", "Cavallo（2017），《美国经济评论》107(1)：283-303"),
)

assortment_overlap = Ratio(
    title=Text("Assortment overlap", "商品重合度"),
    question=Text(
        "Of the articles on sale offline on the last day, how many can also be bought online?",
        "期末线下在售的商品中有多少也能在线上购买？",
    ),
    above=Text("articles on sale offline that can also be bought online", "线下在售且线上也能购买的商品"),
    below=Text("articles on sale offline", "线下在售的商品"),
    numerator=total(ArticleDays, "listed_both"),
    denominator=total(ArticleDays, "listed_offline"),
    dated_by="day",
    unit="percent",
    better="up",
    lookback_days=1,
    needs=("listings",),
    kinds=_BOTH,
    agreement=Agreement("assortment"),
    follows=Text(
        "Emrich, Paul & Rudolph 2015, J. Retailing 91(2): assortment integration; its measure is Seamline's",
        "Emrich、Paul 与 Rudolph（2015），J. Retailing 91(2) 的商品整合；量法为 Seamline 自有",
    ),
)

content_match = Ratio(
    title=Text("Same title", "内容一致率"),
    question=Text(
        "Of the articles on sale online and offline on the last day, how many have one title everywhere?",
        "期末线上线下均在售的商品中，各渠道标题完全一致的有多少？",
    ),
    above=Text("articles with one title everywhere", "各渠道标题一致的商品"),
    below=Text("articles on sale on both sides with comparable titles", "两侧在售且标题可比的商品"),
    numerator=total(ArticleDays, "same_title"),
    denominator=total(ArticleDays, "titled"),
    excluded=(
        LeftOut(
            total(ArticleDays, "untitled"),
            Text(
                "articles on sale on both sides whose titles cannot be compared", "两侧在售但标题不可比的商品"
            ),
        ),
    ),
    told_by="listings.title_hash",
    dated_by="day",
    unit="percent",
    better="up",
    lookback_days=1,
    needs=("listings.title_hash",),
    kinds=_BOTH,
    agreement=Agreement("content"),
    follows=Text(
        "Sousa & Voss 2006, J. Service Research 8(4): content consistency; its measure is Seamline's",
        "Sousa 与 Voss（2006），J. Service Research 8(4) 的内容一致性；量法为 Seamline 自有",
    ),
)
