"""Fulfil and deliver, parcel by parcel: scans, exceptions, damage, and pick-ups.

Two of forty parcels were never scanned by their carrier, and three more not within 48 hours; of the 38 that
arrived one was broken:

    >>> valid_tracking_rate.value_of(numerator=38, denominator=40)
    0.95
    >>> scanned_in_48h.value_of(numerator=35, denominator=40)
    0.875
    >>> round(damage_rate.value_of(numerator=1, denominator=38), 4)
    0.0263

With one of the forty the carrier had a problem. Three pick-ups were ready after 20, 45 and 90 minutes, and of
ten that were ready nine were fetched in time:

    >>> exception_rate.value_of(numerator=1, denominator=40)
    0.025
    >>> pickup_ready_minutes.value_from(of=[20 * 60, 45 * 60, 90 * 60])
    45.0
    >>> pickup_success.value_of(numerator=9, denominator=10)
    0.9
"""

from connectors.facts import ParcelFacts
from connectors.text import Text
from kpis.catalogue import deliver
from kpis.distribution import Quantile
from kpis.kpi import LeftOut
from kpis.measure import col, count, histogram
from kpis.of_sums import Ratio
from kpis.source import ours

stage = deliver.stage

_parcel = col("counted") & (col("kind") == "parcel")
_pickup = col("counted") & (col("kind") == "pickup")

scanned_in_48h = Ratio(
    title=Text("Picked up in 48 h", "48小时揽收及时率"),
    short=Text("Scanned in 48 h", "48小时揽收率"),
    question=Text(
        "Of the parcels due, how many did the carrier scan within 48 hours?",
        "应揽收包裹中有多少在 48 小时内有揽收记录？",
    ),
    above=Text("parcels that the carrier scanned within 48 hours", "48 小时内有揽收记录的包裹"),
    below=Text("parcels due for collection whose scans are known", "应揽收且扫描情况已知的包裹"),
    numerator=count(ParcelFacts, when=_parcel & col("scanned_48h")),
    denominator=count(ParcelFacts, when=_parcel & ~col("scanned_48h").is_null()),
    excluded=(
        LeftOut(
            count(ParcelFacts, when=_parcel & col("scanned_48h").is_null()),
            Text("parcels due for collection whose scans are not known", "应揽收但扫描情况未知的包裹"),
        ),
    ),
    cluster="order",
    dated_by="scan_due_day",
    unit="percent",
    better="up",
    lag_days=2,
    needs=("orders", "shipments.first_scan_at"),
    assumes=("orders.paid_at",),
    follows=Text(
        "Taobao shop experience score: collected within 48 hours", "淘宝店铺体验分“48 小时揽收及时率”"
    ),
    told_by="shipments.first_scan_at",
)

valid_tracking_rate = Ratio(
    title=Text("Valid tracking", "有效追踪率"),
    question=Text(
        "Of the parcels shipped, how many did a carrier ever scan?", "已发包裹中有多少有承运商扫描记录？"
    ),
    above=Text("parcels that a carrier ever scanned", "有承运商扫描记录的包裹"),
    below=Text("parcels shipped whose scans are known", "已发且扫描情况已知的包裹"),
    numerator=count(ParcelFacts, when=_parcel & col("scanned")),
    denominator=count(ParcelFacts, when=_parcel & ~col("scanned").is_null()),
    excluded=(
        LeftOut(
            count(ParcelFacts, when=_parcel & col("scanned").is_null()),
            Text("parcels shipped whose scans are not known", "已发但扫描情况未知的包裹"),
        ),
    ),
    cluster="order",
    dated_by="shipped_day",
    unit="percent",
    better="up",
    lag_days=14,
    needs=("orders", "shipments.shipped_at", "shipments.first_scan_at"),
    follows=Text("Amazon valid tracking rate", "亚马逊“有效追踪率”"),
)

exception_rate = Ratio(
    title=Text("Delivery exceptions", "物流异常率"),
    short=Text("Exceptions", "物流异常率"),
    question=Text(
        "Of the parcels shipped, with how many did the carrier have a problem?",
        "已发包裹中有多少出现物流异常？",
    ),
    above=Text("parcels with which the carrier had a problem", "出现物流异常的包裹"),
    below=Text("parcels shipped of which it is known", "已发且异常情况已知的包裹"),
    numerator=count(ParcelFacts, when=_parcel & col("exception")),
    denominator=count(ParcelFacts, when=_parcel & ~col("exception").is_null()),
    excluded=(
        LeftOut(
            count(ParcelFacts, when=_parcel & col("exception").is_null()),
            Text("parcels shipped of which problems are not known", "已发但异常情况未知的包裹"),
        ),
    ),
    cluster="order",
    dated_by="shipped_day",
    unit="percent",
    better="down",
    lag_days=7,
    needs=("orders", "shipments.shipped_at", "shipments.exception"),
    follows=ours(
        "a parcel counts once, whatever the carrier calls the exception",
        "每个包裹只计一次，不论承运商如何称呼异常",
    ),
)

damage_rate = Ratio(
    title=Text("Damaged on arrival", "破损率"),
    question=Text("Of the parcels delivered, how many arrived damaged?", "已送达包裹中有多少破损？"),
    above=Text("parcels that arrived damaged", "送达时破损的包裹"),
    below=Text("parcels delivered of which it is known", "已送达且是否破损已知的包裹"),
    numerator=count(ParcelFacts, when=_parcel & col("delivered") & col("damaged")),
    denominator=count(ParcelFacts, when=_parcel & col("delivered") & ~col("damaged").is_null()),
    excluded=(
        LeftOut(
            count(
                ParcelFacts,
                when=_parcel & (col("delivered").is_null() | (col("delivered") & col("damaged").is_null())),
            ),
            Text("parcels shipped whose arrival or damage is not known", "送达或破损情况未知的已发包裹"),
        ),
    ),
    cluster="order",
    dated_by="shipped_day",
    unit="percent",
    better="down",
    lag_days=7,
    needs=("orders", "shipments.shipped_at", "shipments.delivered_at", "shipments.damaged"),
    follows=ours(
        "by parcel; SCOR RL.2.4 perfect condition goes by order", "按包裹计；SCOR RL.2.4“完好交付”按订单计"
    ),
)

pickup_ready_minutes = Quantile(
    title=Text("Pick-up ready", "自提备货时长"),
    question=Text("Within what time was half of the pick-ups ready?", "一半自提订单在多长时间内备好？"),
    below=Text("pick-ups that were ready", "已备好的自提订单"),
    of=histogram(ParcelFacts, "ready_seconds", when=_pickup),
    per=60,
    excluded=(
        LeftOut(
            count(ParcelFacts, when=_pickup & col("ready_seconds").is_null(), dated_by="collected_day"),
            Text(
                "pick-ups collected of which it is not known when they were ready",
                "已取走但备好时间未知的自提订单",
            ),
        ),
    ),
    dated_by="ready_day",
    unit="minutes",
    better="down",
    lag_days=1,
    needs=("orders", "shipments.ready_at"),
    assumes=("orders.paid_at",),
    follows=ours("the wait until goods can be fetched, whenever they then are", "计到可取为止，不论何时取走"),
)

pickup_success = Ratio(
    title=Text("Pick-up success", "自提成功率"),
    question=Text(
        "Of the pick-ups that were ready, how many were collected in time?",
        "已备好的自提订单中有多少在期限内被取走？",
    ),
    above=Text("pick-ups collected in time", "在期限内取走的自提订单"),
    below=Text("pick-ups that were ready, end known", "已备好且结果已知的自提订单"),
    numerator=count(ParcelFacts, when=_pickup & col("collected_in_time")),
    denominator=count(ParcelFacts, when=_pickup & ~col("collected_in_time").is_null()),
    excluded=(
        LeftOut(
            count(ParcelFacts, when=_pickup & col("collected_in_time").is_null()),
            Text("pick-ups that were ready whose end is not known", "已备好但结果未知的自提订单"),
        ),
    ),
    cluster="order",
    dated_by="ready_day",
    unit="percent",
    better="up",
    lag_days=7,
    needs=("orders", "shipments.ready_at", "shipments.expires_at", "shipments.delivered_at"),
    follows=ours("the shop's own deadline decides", "以门店自己的取货期限为准"),
    told_by="shipments.expires_at",
)
