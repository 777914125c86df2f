"""The catalogue that users rely on: every id with what was published of it, as the command line prints it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

COLUMNS = ("stage", "title_en", "title_zh", "unit", "better", "lag_days", "margin", "group")
# One KPI a line: id, COLUMNS; margin and group of the index where online is compared with offline. Of the
# last stage the value itself says how far both are the same, and nothing is compared; a dash is no margin.
TABLE = """
visits | visit | Visits | 访问量 | count | none | 0 |
bounce_rate | visit | Bounce rate | 跳失率 | percent | down | 0 |
page_speed_p75 | visit | Page speed P75 (LCP) | 页面加载 P75 | ms | down | 0 |
search_rate | visit | Search use | 站内搜索率 | percent | none | 0 |
search_conversion | visit | Search conversion | 搜索转化率 | percent | up | 1 |
product_view_rate | visit | Product view rate | 商品浏览率 | percent | up | 0 |
referral_share | visit | Word-of-mouth visits | 口碑引流占比 | percent | up | 0 |
description_mismatch | visit | Not as described | 描述不符率 | percent | down | 30 | 0.005 content
listing_complete | visit | Product information complete | 商品信息完整率 | percent | up | 0 | 0.02 content
add_to_cart_rate | pay | Add-to-cart | 加购率 | percent | up | 0 |
cart_abandonment | pay | Cart abandonment | 弃购率 | percent | down | 1 |
checkout_completion | pay | Checkout completion | 结账完成率 | percent | up | 1 |
payment_success | pay | Payment success | 支付成功率 | percent | up | 1 | 0.01 pay
payment_attempt_success | pay | Attempt success | 支付尝试成功率 | percent | up | 0 |
conversion_per_visit | pay | Conversion per visit | 访问转化率 | percent | up | 1 |
orders_per_visit | pay | Orders per visit | 每访问订单数 | ratio | up | 1 |
buyer_conversion | pay | Visitor conversion | 访客转化率 | percent | up | 1 |
store_conversion | pay | Store conversion | 门店转化率 | percent | up | 0 |
value_per_visit | pay | Value per visit | 访问价值 | money | up | 1 |
average_order_value | pay | Average order value | 笔单价 | money | up | 1 | 0.1 pay
revenue_per_customer | pay | Revenue per customer | 客单价 | money | up | 1 | 0.1 pay
units_per_order | pay | Units per order | 连带率 | ratio | up | 1 | 0.1 pay
discount_rate | pay | Discount depth | 折扣率 | percent | none | 1 | 0.02 pay
stockout_cancel_rate | pay | Out-of-stock cancellations | 缺货取消率 | percent | down | 3 | 0.005 pay
late_shipment_rate | deliver | Late shipment | 延迟发货率 | percent | down | 3 | 0.02 deliver
seller_cancel_rate | deliver | Seller cancellations | 商家取消率 | percent | down | 1 | 0.005 deliver
on_time_delivery | deliver | On-time delivery | 准时送达率 | percent | up | 7 | 0.02 deliver
delivery_hours | deliver | Order-to-delivery time | 到货时长 | hours | down | 7 | 12 deliver
delivery_hours_mean | deliver | Order-to-delivery time, mean | 平均到货时长 | hours | down | 7 |
delivery_hours_p90 | deliver | Order-to-delivery time, P90 | 到货时长 P90 | hours | down | 7 |
next_day_share | deliver | Same or next day | 当日次日达占比 | percent | up | 7 |
early_share | deliver | Ahead of promise | 提前送达率 | percent | up | 7 |
split_rate | deliver | Split orders | 拆单率 | percent | down | 7 |
perfect_order_rate | deliver | Perfect order | 完美订单率 | percent | up | 15 | 0.02 deliver
scanned_in_48h | deliver | Picked up in 48 h | 48小时揽收及时率 | percent | up | 2 |
valid_tracking_rate | deliver | Valid tracking | 有效追踪率 | percent | up | 14 |
exception_rate | deliver | Delivery exceptions | 物流异常率 | percent | down | 7 |
damage_rate | deliver | Damaged on arrival | 破损率 | percent | down | 7 |
pickup_ready_minutes | deliver | Pick-up ready | 自提备货时长 | minutes | down | 1 |
pickup_success | deliver | Pick-up success | 自提成功率 | percent | up | 7 |
return_rate | after | Return rate, orders | 退货率 | percent | down | 30 | 0.02 after
return_rate_units | after | Return rate, units | 退货件数率 | percent | down | 30 | 0.02 after
refund_rate_amount | after | Refund rate, amount | 退款金额率 | percent | down | 30 | 0.02 after
quality_return_rate | after | Quality returns | 品质退货率 | percent | down | 30 | 0.02 after
refund_hours | after | Refund time | 退款时长 | hours | down | 3 | 12 after
refund_hours_mean | after | Refund time, mean | 平均退款时长 | hours | down | 3 |
exchange_share | after | Exchanges | 换货占比 | percent | up | 7 |
in_store_return_share | after | Bought online, returned in store | 线上购门店退 | percent | none | 7 |
repurchase_after_return | after | Comes back after a return | 退货后复购率 | percent | up | 90 | 0.02 after
reply_in_3_minutes | serve | Reply within 3 minutes | 3分钟响应率 | percent | up | 0 | 0.05 serve
reply_seconds | serve | Reply time | 响应时长 | seconds | down | 0 | 60 serve
reply_seconds_mean | serve | Reply time, mean | 平均响应时长 | seconds | down | 0 |
resolution_hours | serve | Resolution time | 解决时长 | hours | down | 3 | 4 serve
first_contact_resolution | serve | Solved at first contact | 首次解决率 | percent | up | 7 | 0.03 serve
dissatisfied_share | serve | Dissatisfied conversations | 会话不满意率 | percent | down | 1 | 0.03 serve
complaint_rate | serve | Complaints | 投诉率 | percent | down | 30 | 0.005 serve
escalation_rate | serve | Platform help | 平台求助率 | percent | down | 30 | 0.005 serve
where_is_my_order_rate | serve | Where is my order | 查件咨询率 | percent | down | 7 | 0.005 serve
nps | voice | Net promoter score | 净推荐值 | points | up | 0 | 10 voice
survey_response_rate | voice | Response rate | 回收率 | percent | up | 7 |
satisfaction | voice | Satisfied customers (CSAT) | 满意度 | percent | up | 0 | 0.03 voice
ease | voice | Ease (CES) | 轻松度 | points | up | 0 | 0.3 voice
good_review_rate | voice | Good reviews | 好评率 | percent | up | 15 | 0.03 voice
bad_review_rate | voice | Bad reviews | 差评率 | percent | down | 15 | 0.03 voice
repurchase_rate | loyal | Repurchase rate, period | 期内复购率 | percent | up | 1 | 0.02 loyal
repurchase_rate_30d | loyal | 30-day repurchase | 30日复购率 | percent | up | 30 |
repurchase_rate_90d | loyal | 90-day repurchase | 90日复购率 | percent | up | 90 | 0.02 loyal
repurchase_rate_180d | loyal | 180-day repurchase | 180日复购率 | percent | up | 180 |
repurchase_rate_365d | loyal | 365-day repurchase | 365日复购率 | percent | up | 365 | 0.02 loyal
returning_customer_share | loyal | Returning customers | 老客占比 | percent | up | 1 | 0.02 loyal
second_order_days | loyal | Days to second order | 二次购间隔 | days | down | 90 |
cross_channel_share | loyal | Cross-channel customers | 跨渠道客户占比 | percent | up | 1 |
identified_share | loyal | Identified orders | 已识别订单占比 | percent | none | 0 |
order_defect_rate | risk | Order defects | 订单缺陷率 | percent | down | 60 | 0.005 serve
dispute_rate | risk | Disputes lost | 商责纠纷率 | percent | down | 60 | 0.005 serve
chargeback_rate | risk | Chargebacks | 拒付率 | percent | down | 60 |
penalty_points | risk | Penalties, points | 平台处罚扣分 | points | down | 0 |
penalty_amount | risk | Penalties, money | 平台处罚金额 | money | down | 0 |
price_parity | consistent | Same price | 同价率 | percent | up | 0 | 0.02 price
assortment_overlap | consistent | Assortment overlap | 商品重合度 | percent | up | 0 | - assortment
content_match | consistent | Same title | 内容一致率 | percent | up | 0 | - content
"""
KEYS = {
    "kpi", "title_en", "title_zh", "question_en", "question_zh", "stage", "kind", "numerator", "denominator",
    "dated_by", "unit", "better", "lag_days", "comparable", "margin", "group", "follows", "profiles",
    "tables", "dimensions",
}  # fmt: skip
OWN_DAYS = {"orders_per_visit", "value_per_visit", "store_conversion"}
MAY_BE_NULL = {"denominator", "margin", "group"}
PROFILE_TERMS = ("window_days", "ends_before", "lag_days", "at_least", "at_most")
PROFILES = {
    ("quality_return_rate", "douyin"): (30, 0, 30, None, None),
    ("quality_return_rate", "taobao"): (30, 0, 30, None, None),
    ("quality_return_rate", "kuaishou"): (30, 0, 30, None, None),
    ("quality_return_rate", "wechat"): (30, 0, 30, None, None),
    ("quality_return_rate", "xiaohongshu"): (90, 15, 15, None, None),
    ("escalation_rate", "taobao"): (30, 0, 30, None, None),
    ("escalation_rate", "douyin"): (30, 0, 30, None, None),
    ("bad_review_rate", "taobao"): (30, 0, 60, None, None),
    ("reply_seconds_mean", "jd"): (30, 6, 6, None, None),
    ("delivery_hours_mean", "taobao"): (30, 0, 7, None, None),
    ("on_time_delivery", "amazon"): (30, 0, 7, 0.9, None),
    ("late_shipment_rate", "amazon"): (30, 0, 3, None, 0.04),
    ("valid_tracking_rate", "amazon"): (30, 0, 14, 0.95, None),
    ("order_defect_rate", "amazon"): (60, 0, 60, None, 0.01),
    ("returning_customer_share", "taobao"): (30, 0, 1, None, None),
}


def _published() -> dict[str, tuple[str | int | float | None, ...]]:
    found = {}
    for line in TABLE.strip().splitlines():
        name, stage, english, chinese, unit, better, lag, compared = (
            part.strip() for part in line.split("|")
        )
        margin, group = compared.split() if compared else ("-", None)
        compared_by = None if margin == "-" else float(margin)
        terms = (stage, english, chinese, unit, better, int(lag), compared_by, group)
        found[name] = terms
    return found


PUBLISHED = _published()


@pytest.fixture(scope="module")
def printed() -> dict[str, dict[str, Any]]:
    """What the command line prints of each KPI."""
    command = [sys.executable, "-m", "kpis", "catalogue", "--format", "json"]
    told = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    return {kpi["kpi"]: kpi for kpi in json.loads(told.stdout)}


def test_everything_published_is_there(printed: dict[str, dict[str, Any]]) -> None:
    assert set(PUBLISHED) <= set(printed)
    assert len(PUBLISHED) == 81


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_kpi_is_what_was_published(printed: dict[str, dict[str, Any]], name: str) -> None:
    assert tuple(printed[name][column] for column in COLUMNS) == PUBLISHED[name]
    says_itself = printed[name]["stage"] == "consistent"
    assert printed[name]["comparable"] == (printed[name]["group"] is not None and not says_itself)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_kpi_says_everything_about_itself(printed: dict[str, dict[str, Any]], name: str) -> None:
    told = printed[name]
    assert set(told) >= KEYS
    nothing = {key for key in KEYS if told[key] is None}
    assert nothing <= MAY_BE_NULL
    assert told["denominator"] or told["kind"] == "count"
    assert told["tables"]
    assert told["dimensions"]


def test_sides_of_two_tables_have_days_of_their_own(printed: dict[str, dict[str, Any]]) -> None:
    assert {name for name in PUBLISHED if printed[name]["dated_by"] == "each its own"} == OWN_DAYS


def test_every_platform_figure_that_was_published_is_told(printed: dict[str, dict[str, Any]]) -> None:
    told = {
        (name, profile["profile"]): tuple(profile[term] for term in PROFILE_TERMS)
        for name in PUBLISHED
        for profile in printed[name]["profiles"]
    }
    assert told == PROFILES
    for name, profile in PROFILES:
        (found,) = (own for own in printed[name]["profiles"] if own["profile"] == profile)
        assert all(found[key] for key in ("differs_en", "differs_zh", "source_en", "source_zh", "seen"))
