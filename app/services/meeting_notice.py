"""提前通知: how many days before a meeting people are told, and by which rule."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.models import BodyKind
from app.services.vote_rules import RuleView

_ARTICLES = {
    BodyKind.ASSEMBLY: "城市居民委员会组织法第二十六条",
    BodyKind.OWNERS: "物业管理条例第十四条",
}
_OWN_RULE = "法律没有规定天数，是建议"
_WHOM = {
    BodyKind.ASSEMBLY: "居民",
    BodyKind.REPRESENTATIVES: "居民代表",
    BodyKind.OWNERS: "全体业主",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """How the days of a notice stand; `days` are those between it and the meeting."""

    days: int
    wanted: int
    by_law: bool
    words: str
    article: str

    @property
    def enough(self) -> bool:
        return self.days >= self.wanted

    @property
    def may_do(self) -> bool:
        """Enough, or a number of days that is not law and may be fewer."""
        return self.enough or not self.by_law


def whom(kind: BodyKind) -> str:
    """Who is told: 居民代表; 成员 where the body has no word of its own."""
    return _WHOM.get(kind, "成员")


def latest(rule: RuleView, on: date) -> date:
    """The last day on which a notice is early enough for a meeting."""
    return on - timedelta(days=rule.notice_days)


def standing(rule: RuleView, told_on: date, on: date) -> Notice:
    """Whether people told on a day know of the meeting early enough.

    The day of the notice is not counted (民法典 201): told on the 10th for the 20th is 10 days.
    """
    days, wanted = (on - told_on).days, rule.notice_days
    if days >= wanted:
        end = f"，够 {wanted} 天" if wanted else ""
    else:
        end = f"，应当提前 {wanted} 天通知{whom(rule.kind)}"
    words = f"{told_on:%m-%d} 通知，{on:%m-%d} 开会，提前 {days} 天{end}"
    return Notice(days, wanted, rule.notice_by_law, words, article(rule))


def article(rule: RuleView) -> str:
    """Where the number of days comes from; '' where none are asked for."""
    return _ARTICLES.get(rule.kind, _OWN_RULE) if rule.notice_days else ""
