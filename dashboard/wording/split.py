"""Words of the choice of a dimension."""

from connectors.text import Text

BY = Text(en="Split by", zh="拆分维度")
