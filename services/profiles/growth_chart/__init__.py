"""The child's growth charts as SVG: KMS (BB/U), TB/U, BB/TB and LK/U. Pure: measurements in, text out; no script, no
style. They read without colour: each line of the standard has a pattern of its own and its number at its end."""

from .charts import FIRST, SECOND, WHOLE, head_chart, kms_chart, length_chart, proportion_chart
from .curves import Measured

__all__ = ["FIRST", "SECOND", "WHOLE", "Measured", "head_chart", "kms_chart", "length_chart", "proportion_chart"]
