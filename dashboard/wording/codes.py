"""The codes in rows of the canonical tables in Chinese; in English the codes are words already."""

CHINESE = {
    "status": {
        "draft": "草稿", "confirmed": "已确认", "cancelled": "已取消",
        "settled": "已结清", "pending": "处理中", "failed": "失败",
    },
    "kind": {
        "sale": "销售", "replacement": "补发", "parcel": "包裹", "pickup": "自提", "return": "退货",
        "exchange": "换货", "complaint": "投诉", "dispute": "纠纷", "chargeback": "拒付", "question": "咨询",
        "where_is_my_order": "查询物流", "nps": "净推荐值", "csat": "满意度", "ease": "费力度",
    },
    "fulfilment": {"ship": "配送", "pickup": "自提", "instore": "门店购", "digital": "数字商品"},
    "cancelled_by": {"customer": "客户", "seller": "商家", "system": "系统"},
    "cancel_reason": {
        "stock": "缺货", "price": "价格错误", "customer": "客户原因", "fraud": "疑似欺诈",
        "payment": "支付问题", "other": "其他",
    },
    "delivered_source": {"carrier": "承运商", "shop": "商家", "assumed": "推定"},
    "reason": {
        "quality": "质量", "logistics": "物流", "description": "描述不符", "size": "尺码",
        "preference": "个人喜好", "other": "其他",
    },
    "direction": {
        "online_lower": "线上更便宜", "equal": "相同", "online_higher": "线上更贵",
        "not_comparable": "不可比",
    },
    "side": {"online": "仅线上", "offline": "仅线下"},
    "medium": {"chat": "在线", "phone": "电话", "email": "邮件", "store": "门店"},
}  # fmt: skip
