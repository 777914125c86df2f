"""Names of dimensions, columns and tables, and where each table usually comes from."""

from connectors.text import Text

DIMENSIONS = {
    "day": Text(en="Day", zh="日"),
    "week": Text(en="Week", zh="周"),
    "month": Text(en="Month", zh="月"),
    "quarter": Text(en="Quarter", zh="季度"),
    "year": Text(en="Year", zh="年"),
    "channel": Text(en="Channel", zh="渠道"),
    "channel_kind": Text(en="Online or offline", zh="线上或线下"),
    "store": Text(en="Store", zh="门店"),
    "region": Text(en="Region", zh="区域"),
    "category": Text(en="Category", zh="品类"),
    "customer_type": Text(en="New or returning", zh="新老客"),
    "tier": Text(en="Member tier", zh="会员等级"),
    "device": Text(en="Device", zh="设备"),
    "source": Text(en="Source", zh="来源"),
    "campaign": Text(en="Campaign", zh="活动"),
    "carrier": Text(en="Carrier", zh="承运商"),
    "payment_method": Text(en="Payment method", zh="支付方式"),
    "touchpoint": Text(en="Touchpoint", zh="触点"),
    "part": Text(en="Part", zh="部分"),
}
UNKNOWN = Text(en="unknown", zh="未知")
VALUES = {
    "touchpoint": {
        "chat": Text(en="Chat", zh="在线聊天"),
        "phone": Text(en="Phone", zh="电话"),
        "email": Text(en="Email", zh="邮件"),
        "store": Text(en="In store", zh="门店"),
        "purchase": Text(en="Purchase", zh="购买"),
        "delivery": Text(en="Delivery", zh="配送"),
        "pick-up": Text(en="Pick-up", zh="自提"),
        "service": Text(en="Service", zh="客服"),
    },
    "customer_type": {
        "new": Text(en="New", zh="新客"),
        "returning": Text(en="Returning", zh="老客"),
        "unknown": Text(en="Not identified", zh="未识别"),
    },
    "channel_kind": {
        "online": Text(en="Online", zh="线上"),
        "offline": Text(en="Offline", zh="线下"),
        "unknown": Text(en="Not classified", zh="未分类"),
    },
}
RESULT_COLUMNS = {
    "kpi": Text(en="KPI", zh="指标"),
    "title": Text(en="Name", zh="名称"),
    "from": Text(en="From", zh="开始日期"),
    "to": Text(en="To", zh="结束日期"),
    "value": Text(en="Value", zh="数值"),
    "unit": Text(en="Unit", zh="单位"),
    "low": Text(en="Low (95%)", zh="下限（95%）"),
    "high": Text(en="High (95%)", zh="上限（95%）"),
    "numerator": Text(en="Numerator", zh="分子"),
    "denominator": Text(en="Denominator", zh="分母"),
    "previous": Text(en="Before", zh="对比值"),
    "change": Text(en="Change", zh="变化"),
    "change_low": Text(en="Change low", zh="变化下限"),
    "change_high": Text(en="Change high", zh="变化上限"),
    "target": Text(en="Target", zh="目标"),
    "status": Text(en="Status", zh="状态"),
    "note": Text(en="Note", zh="说明"),
    "final": Text(en="Final", zh="是否确定"),
    "final_on": Text(en="Final on", zh="确定日期"),
    "excluded": Text(en="Excluded", zh="排除"),
    "coverage": Text(en="Coverage", zh="覆盖率"),
}
UNITS = {
    "percent": Text(en="fraction", zh="小数"),
    "ratio": Text(en="ratio", zh="比"),
    "money": Text(en="money", zh="金额"),
    "ms": Text(en="milliseconds", zh="毫秒"),
    "seconds": Text(en="seconds", zh="秒"),
    "minutes": Text(en="minutes", zh="分钟"),
    "hours": Text(en="hours", zh="小时"),
    "days": Text(en="days", zh="天"),
    "points": Text(en="points", zh="分"),
    "count": Text(en="count", zh="个数"),
}
TABLES = {
    "visits": Text(en="Visits", zh="访问"),
    "carts": Text(en="Carts", zh="购物车"),
    "orders": Text(en="Orders", zh="订单"),
    "order_lines": Text(en="Order lines", zh="订单行"),
    "payments": Text(en="Payments", zh="支付"),
    "shipments": Text(en="Shipments", zh="发货"),
    "returns": Text(en="Returns", zh="退货"),
    "refunds": Text(en="Refunds", zh="退款"),
    "cases": Text(en="Complaints and disputes", zh="投诉与纠纷"),
    "conversations": Text(en="Service conversations", zh="客服会话"),
    "surveys": Text(en="Surveys", zh="问卷"),
    "reviews": Text(en="Reviews", zh="评价"),
    "products": Text(en="Products", zh="商品"),
    "prices": Text(en="Prices", zh="价格"),
    "listings": Text(en="Listings", zh="上架"),
    "stores": Text(en="Stores", zh="门店"),
    "customers": Text(en="Customers", zh="客户"),
    "penalties": Text(en="Penalties", zh="处罚"),
}
LISTS = {
    "price_differences": Text(en="List: price differences", zh="清单：价格差异"),
    "assortment_gaps": Text(en="List: assortment gaps", zh="清单：商品缺口"),
    "content_differences": Text(en="List: content differences", zh="清单：内容差异"),
}
_SHOP = Text(en="the shop system or the tills", zh="商城系统或收银系统")
_DESK = Text(en="a customer-service system", zh="客服系统")
_PRICES = Text(en="the shop system or a price list", zh="商城系统或价目表")
KEEPERS = {
    "visits": Text(en="web analytics or door counters", zh="网站分析或门店客流计数"),
    "carts": _SHOP,
    "orders": _SHOP,
    "order_lines": _SHOP,
    "payments": Text(en="the payment provider", zh="支付服务商"),
    "shipments": Text(en="the shop or warehouse system", zh="商城或仓储系统"),
    "returns": _SHOP,
    "refunds": Text(en="the shop system or the payment provider", zh="商城系统或支付服务商"),
    "cases": _DESK,
    "conversations": _DESK,
    "surveys": Text(en="a survey tool", zh="问卷工具"),
    "reviews": Text(en="the shop system or the marketplace", zh="商城系统或电商平台"),
    "products": _SHOP,
    "prices": _PRICES,
    "listings": _PRICES,
    "stores": _SHOP,
    "customers": Text(en="the shop system or a CRM", zh="商城系统或客户管理系统"),
    "penalties": Text(en="the marketplace", zh="电商平台"),
}
OR_A_FILE = Text(en="{keeper}; a CSV file does as well", zh="{keeper}，也可用 CSV 文件")
