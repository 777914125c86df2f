"""Words of the link to copy and of saved views."""

from connectors.text import Text

SHARE = Text(en="Share", zh="分享")
COPY = Text(
    en="Copy this link: it shows the same page and filters.", zh="复制此链接，可打开相同的页面与筛选。"
)
VIEWS = Text(
    en="Saved views: everybody who opens this dashboard sees them.", zh="已保存的视图：所有使用者均可见。"
)
NAME = Text(en="Name", zh="名称")
NAME_EXAMPLE = Text(en="e.g. Returns, East", zh="例如：东区退货")
SAVE = Text(en="Save this view", zh="保存当前视图")
SAVED = Text(en="Saved", zh="已保存")
RENAME = Text(en="Rename", zh="重命名")
RENAME_HELP = Text(en="To the name above.", zh="改为上方填写的名称。")
DELETE = Text(en="Delete", zh="删除")
