"""Where the demo sells: its channels, regions and shops, by the words its own systems use."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

CHANNELS = ("web", "app", "wxapp", "mall", "pos")
WEB, APP, MINI, MALL, STORE = range(5)
ONLINE = CHANNELS[:4]
REGIONS = ("East", "North", "South", "West")
REGION_SHARES = (0.38, 0.22, 0.27, 0.13)


@dataclass(frozen=True, slots=True)
class Shop:
    """One shop of the retailer.

    Attributes:
        store_id: its number in the shop system.
        door: its name in the door counter's files.
        english: its name.
        chinese: its name.
        region: one of `REGIONS`.
        weight: how many people come, relative to the others.
        opened_on: opening day.
    """

    store_id: int
    door: str
    english: str
    chinese: str
    region: str
    weight: float
    opened_on: dt.date


SHOPS = (
    Shop(101, "sh-huaihai", "Shanghai Huaihai Road", "上海淮海路店", "East", 1.5, dt.date(2016, 5, 1)),
    Shop(102, "hz-hubin", "Hangzhou Hubin", "杭州湖滨店", "East", 1.1, dt.date(2018, 9, 15)),
    Shop(103, "nj-xinjiekou", "Nanjing Xinjiekou", "南京新街口店", "East", 0.9, dt.date(2019, 4, 20)),
    Shop(201, "bj-sanlitun", "Beijing Sanlitun", "北京三里屯店", "North", 1.4, dt.date(2017, 3, 11)),
    Shop(202, "tj-binjiang", "Tianjin Binjiang Avenue", "天津滨江道店", "North", 0.7, dt.date(2021, 6, 5)),
    Shop(301, "gz-tianhe", "Guangzhou Tianhe", "广州天河店", "South", 1.2, dt.date(2017, 10, 1)),
    Shop(302, "sz-nanshan", "Shenzhen Nanshan", "深圳南山店", "South", 1.3, dt.date(2020, 12, 12)),
    Shop(401, "cd-chunxi", "Chengdu Chunxi Road", "成都春熙路店", "West", 1.0, dt.date(2019, 11, 2)),
    Shop(402, "xa-zhonglou", "Xi'an Bell Tower", "西安钟楼店", "West", 0.6, dt.date(2023, 8, 26)),
)
SHOP_REGIONS = tuple(REGIONS.index(shop.region) for shop in SHOPS)
SHOP_WEIGHTS = tuple(shop.weight for shop in SHOPS)
SHOPS_OF_REGION = tuple(
    tuple(shop.weight if shop.region == region else 0.0 for shop in SHOPS) for region in REGIONS
)


def stores() -> pl.DataFrame:
    """One row per shop, as the shop system knows it."""
    return pl.DataFrame(
        {
            "id": [shop.store_id for shop in SHOPS],
            "name_en": [shop.english for shop in SHOPS],
            "name_zh": [shop.chinese for shop in SHOPS],
            "region": [shop.region for shop in SHOPS],
            "opened_on": [shop.opened_on for shop in SHOPS],
        }
    )
