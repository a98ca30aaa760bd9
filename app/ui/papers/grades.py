"""How sure a legal basis is, as a chip: the grades of domain.md 0.1 in plain words."""

from app.ui.kit.chips import Chip

CHECKED = "核"
_CHIPS = {
    CHECKED: Chip("已核", "ok", "check"),
    "二手": Chip("转述，未核", "warn"),
    "例": Chip("外地做法", "warn"),
    "建议": Chip("建议", "grey"),
    "常识未核": Chip("未核", "warn"),
    "自填": Chip("本社区自填", "grey"),
}
_UNKNOWN = Chip("未核", "warn")


def grade_chip(grade: str) -> Chip:
    """What a grade says on screen."""
    return _CHIPS.get(grade, _UNKNOWN)
