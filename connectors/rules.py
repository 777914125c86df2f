"""The rules a row can break, by the name they have in manifests and quarantine files: `column:code`."""

from __future__ import annotations

from connectors.text import Text

CODES: dict[str, Text] = {
    "missing": Text("a required value is missing", "缺少必填值"),
    "not_a_time": Text("not an ISO date or time", "不是 ISO 日期或时间"),
    "not_a_day": Text("not an ISO date", "不是 ISO 日期"),
    "not_a_number": Text("not a number", "不是数字"),
    "not_whole": Text("not a whole number", "不是整数"),
    "not_yes_or_no": Text("not true, false, 1, 0, yes or no", "不是 true、false、1、0、yes 或 no"),
    "unknown_word": Text("not one of the known words", "不在允许的取值之内"),
    "not_a_phone_number": Text("not a phone number", "不是电话号码"),
    "contact_masked": Text("an e-mail address or number was masked", "邮箱或号码已屏蔽"),
    "before_1990": Text("before 1990", "早于 1990 年"),
    "after_tomorrow": Text("later than tomorrow", "晚于明天"),
    "negative": Text("negative", "为负数"),
    "out_of_range": Text("outside its range", "超出取值范围"),
    "out_of_order": Text("earlier than the step before it", "早于前一步骤"),
    "off_scale": Text("outside the survey's scale", "超出问卷量表"),
    "above_visits": Text("more than the visits of the row", "多于该行的访问量"),
    "missing_when_settled": Text("missing though the refund is settled", "退款已完成却缺少该值"),
    "missing_when_pending": Text("missing though the refund is pending", "退款处理中却缺少该值"),
    "missing_when_single": Text("missing though the row is a single visit", "单次访问却缺少该值"),
    "repeated": Text("the same key again; the newest row stays", "主键重复；保留最新一行"),
    "orphan": Text("its parent is nowhere", "找不到所属的上级记录"),
    "parent_put_aside": Text("its parent was put aside", "所属的上级记录已被隔离"),
}


def rule(column: str, code: str) -> str:
    """The name of a broken rule, e.g. `placed_at:missing`."""
    return f"{column}:{code}"


def explain(name: str) -> Text:
    """A rule's name in words, e.g. "placed_at: a required value is missing".

    A cause in brackets after the code is kept: `order_id:parent_put_aside(net_amount:negative)`.
    """
    column, _, code = name.partition(":")
    code, _, cause = code.partition("(")
    text = CODES[code]
    if not cause:
        return Text(f"{column}: {text.en}", f"{column}：{text.zh}")
    why = explain(cause.removesuffix(")"))
    return Text(f"{column}: {text.en} ({why.en})", f"{column}：{text.zh}（{why.zh}）")
