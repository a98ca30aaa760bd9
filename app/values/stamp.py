"""What a full export carries: who took whole numbers out, when, what for, and who allowed it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Stands on every page and in a sheet of its own (domain.md 10.3)."""

    office: str
    by: str
    at: datetime
    reason: str
    allowed_by: str = ""
    """Whoever gave the word where `by` may not do it alone; '' where he may"""

    @property
    def who(self) -> str:
        """李娜 导出，赵敏 授权"""
        return f"{self.by} 导出，{self.allowed_by} 授权" if self.allowed_by else f"{self.by} 导出"

    @property
    def mark(self) -> str:
        """What is written across the page, short enough for it."""
        return f"{self.by} {self.at:%Y-%m-%d %H:%M}"

    @property
    def line(self) -> str:
        """What stands at the foot of every page."""
        return f"含完整号码　{self.who}　{self.at:%Y-%m-%d %H:%M}　用途：{self.reason}"

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """For the sheet 导出说明: label and value."""
        return (
            ("单位", self.office),
            ("导出人", self.by),
            ("授权人", self.allowed_by or self.by),
            ("导出时间", f"{self.at:%Y-%m-%d %H:%M}"),
            ("用途", self.reason),
            ("注意", "内含完整的证件号码和电话，只供上面写明的用途，用后删除，不得外传。"),
        )
