"""What the demo sells: categories with their articles, in English and Chinese."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Category:
    """A group of articles, each sold in three variants.

    Attributes:
        name: the category, as the shop system calls it.
        code: the beginning of its article numbers.
        lowest: list price of the cheapest article in its first variant, CNY with tax.
        dearest: list price of the dearest article in its first variant.
        appeal: how often its articles are bought, relative to other categories.
        returned: how often its articles come back, relative to the average.
        variants: English and Chinese name of each variant, and its price relative to the first.
        articles: English and Chinese name of each article.
    """

    name: str
    code: str
    lowest: int
    dearest: int
    appeal: float
    returned: float
    variants: tuple[tuple[str, str, float], ...]
    articles: tuple[tuple[str, str], ...]


CATEGORIES = (
    Category(
        "Tea", "TEA", 19, 98, 1.3, 0.45,
        (("50 g", "50 克", 1.0), ("125 g", "125 克", 2.2), ("250 g", "250 克", 4.0)),
        (
            ("Longjing Green Tea", "龙井绿茶"), ("Tieguanyin Oolong", "铁观音乌龙茶"),
            ("Aged Pu'er", "陈年普洱"), ("White Peony Tea", "白牡丹"), ("Jasmine Pearls", "茉莉龙珠"),
            ("Keemun Black Tea", "祁门红茶"), ("Chrysanthemum Tea", "胎菊花茶"),
            ("Osmanthus Oolong", "桂花乌龙"), ("Da Hong Pao", "大红袍"), ("Roasted Barley Tea", "焙炒大麦茶"),
        ),
    ),
    Category(
        "Skincare", "SKN", 39, 158, 1.4, 0.75,
        (("30 ml", "30 毫升", 1.0), ("50 ml", "50 毫升", 1.5), ("100 ml", "100 毫升", 2.6)),
        (
            ("Rice Water Toner", "米萃爽肤水"), ("Camellia Cleansing Oil", "山茶花卸妆油"),
            ("Ginseng Night Cream", "人参晚霜"), ("Peony Serum", "牡丹精华液"), ("Aloe Gel", "芦荟胶"),
            ("Bamboo Sunscreen", "竹萃防晒乳"), ("Pearl Hand Cream", "珍珠护手霜"),
            ("Lotus Eye Cream", "莲花眼霜"), ("Green Tea Face Wash", "绿茶洁面乳"),
            ("Oat Body Lotion", "燕麦身体乳"),
        ),
    ),
    Category(
        "Snacks", "SNK", 9, 32, 1.6, 0.35,
        (("100 g", "100 克", 1.0), ("250 g", "250 克", 2.3), ("500 g", "500 克", 4.2)),
        (
            ("Spiced Walnuts", "五香核桃"), ("Dried Mango", "芒果干"), ("Pineapple Cakes", "凤梨酥"),
            ("Sesame Brittle", "芝麻酥糖"), ("Roasted Chestnuts", "糖炒栗子"), ("Seaweed Crisps", "海苔脆片"),
            ("Red Date Chips", "红枣脆片"), ("Salted Egg Cookies", "咸蛋黄曲奇"),
            ("Plum Candy", "话梅糖"), ("Beef Jerky", "牛肉干"),
        ),
    ),
    Category(
        "Kitchen", "KIT", 29, 269, 0.9, 0.90,
        (("Small", "小号", 1.0), ("Medium", "中号", 1.3), ("Large", "大号", 1.6)),
        (
            ("Cast Iron Wok", "铸铁炒锅"), ("Bamboo Steamer", "竹蒸笼"), ("Celadon Bowl Set", "青瓷碗套装"),
            ("Chef's Cleaver", "主厨菜刀"), ("Glass Teapot", "玻璃茶壶"), ("Clay Pot", "砂锅"),
            ("Cutting Board", "砧板"), ("Thermos Flask", "保温杯"), ("Spice Jar Set", "调料罐套装"),
            ("Rice Storage Box", "米桶"),
        ),
    ),
    Category(
        "Bedding", "BED", 99, 499, 0.6, 1.10,
        (("1.2 m", "1.2 米", 1.0), ("1.5 m", "1.5 米", 1.2), ("1.8 m", "1.8 米", 1.4)),
        (
            ("Mulberry Silk Quilt", "桑蚕丝被"), ("Washed Cotton Sheet", "水洗棉床单"),
            ("Linen Duvet Cover", "亚麻被套"), ("Bamboo Fibre Blanket", "竹纤维毯"),
            ("Latex Mattress Pad", "乳胶床垫"),
            ("Flannel Throw", "法兰绒毯"), ("Summer Mat", "凉席"), ("Down Quilt", "羽绒被"),
            ("Quilted Bedspread", "绗缝床盖"), ("Mosquito Net", "蚊帐"),
        ),
    ),
    Category(
        "Apparel", "APP", 69, 499, 1.1, 2.00,
        (("S", "S 码", 1.0), ("M", "M 码", 1.0), ("L", "L 码", 1.0)),
        (
            ("Linen Shirt", "亚麻衬衫"), ("Mandarin Collar Jacket", "立领夹克"),
            ("Cashmere Sweater", "羊绒衫"),
            ("Cotton T-Shirt", "纯棉 T 恤"), ("Pleated Skirt", "百褶裙"), ("Down Vest", "羽绒背心"),
            ("Silk Scarf Dress", "丝巾连衣裙"), ("Wide-Leg Trousers", "阔腿裤"), ("Rain Parka", "防雨外套"),
            ("Pyjama Set", "家居服套装"),
        ),
    ),
    Category(
        "Toys", "TOY", 29, 259, 0.7, 0.80,
        (("Red", "红色", 1.0), ("Blue", "蓝色", 1.0), ("Yellow", "黄色", 1.0)),
        (
            ("Wooden Blocks", "木制积木"), ("Panda Plush", "熊猫毛绒玩具"), ("Paper Kite", "纸风筝"),
            ("Tangram Set", "七巧板"), ("Train Set", "小火车套装"), ("Go Board", "围棋盘"),
            ("Bamboo Dragonfly", "竹蜻蜓"), ("Puzzle of China", "中国地图拼图"),
            ("Shadow Puppets", "皮影套装"),
            ("Clay Animals", "彩泥动物"),
        ),
    ),
    Category(
        "Appliances", "ELC", 89, 899, 0.5, 1.20,
        (("White", "白色", 1.0), ("Green", "绿色", 1.0), ("Grey", "灰色", 1.0)),
        (
            ("Rice Cooker", "电饭煲"), ("Electric Kettle", "电热水壶"), ("Soy Milk Maker", "豆浆机"),
            ("Desk Fan", "台式风扇"), ("Humidifier", "加湿器"), ("Garment Steamer", "挂烫机"),
            ("Egg Steamer", "蒸蛋器"), ("Hand Blender", "手持搅拌机"), ("Bedside Lamp", "床头灯"),
            ("Air Fryer", "空气炸锅"),
        ),
    ),
)  # fmt: skip
