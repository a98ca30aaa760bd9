"""A rule of voting in words: its thresholds, what else a meeting by it has to have, an example."""

from app.models import Basis, Matter
from app.services import voting
from app.services.vote_rules import NO_CAP, RuleView
from app.services.vote_thresholds import Thresholds
from app.services.voting import Count, Turnout

_EXAMPLES = {
    Basis.RESIDENTS: 3_000,
    Basis.HOUSEHOLDS: 1_200,
    Basis.OWNERS: 300,
    Basis.REPRESENTATIVES: 54,
}
_MATTERS = {
    Matter.RECALL: "罢免",
    Matter.OWNERS_GENERAL: "一般事项",
    Matter.OWNERS_SPECIAL: "特别事项",
}
_MEMBERS = 61
_SMALL = 9
"""Members of an example where the body is one that talks things over"""
_METRES = 90_00
"""Of each owner in an example, in 0.01 m²"""
_OF = {Basis.PRESENT: "到会的", Basis.VOTING: "参加表决的", Basis.MEMBERS: "应到的"}


def quorum(rule: Thresholds) -> str:
    """三分之二以上; of owners 双轨三分之二以上; 不要求."""
    track = "双轨" if rule.by_area else ""
    return f"{track}{rule.quorum.words}" if rule.quorum.asked else rule.quorum.words


def passing(rule: Thresholds) -> str:
    """到会的过半数; 形成意见 where there is no threshold."""
    if not rule.passing.asked:
        return "形成意见"
    return f"{_OF[rule.pass_basis]}{rule.passing.words}"


def notice(rule: RuleView) -> str:
    """提前 10 天; 没有规定."""
    return f"提前 {rule.notice_days} 天" if rule.notice_days else "没有规定"


def name_of(rule: RuleView) -> str:
    """居民代表会议; 业主大会，特别事项: what it is for."""
    return "，".join(filter(None, (rule.kind.label, _MATTERS.get(rule.matter))))


def duties(rule: RuleView) -> list[tuple[str, str]]:
    """What a meeting by the rule has to have besides, by name."""
    given = "法律规定" if rule.notice_by_law else "可以改" if rule.shipped else ""
    told = notice(rule) + (f"（{given}）" if given and rule.notice_days else "")
    urgent = "，遇特殊情况可以临时通知，要写原因" if rule.at_once and rule.notice_days else ""
    committee = "，同时告知居民委员会" if rule.tell_committee else ""
    pairs = [
        ("通知", told + urgent + committee),
        ("提议", f"{rule.call_words}提议，应当召集" if rule.call_words else ""),
        ("周期", _cadence(rule.cadence_months)),
        ("组成", f"居民代表占{rule.share.words}" if rule.share.asked else ""),
        ("先决", _before(rule)),
        ("委托", _proxies(rule.proxies)),
    ]
    return [(name, words) for name, words in pairs if words]


def example(rule: Thresholds) -> str:
    """应到 61 人：到会 41 人有效；到会 41 人时，赞成 21 票通过."""
    members = _EXAMPLES.get(rule.basis, _SMALL if not rule.decides else _MEMBERS)
    area = members * _METRES if rule.by_area else 0
    people, metres = voting.needed(rule, Turnout(members, members, area, area))
    here = people or _most_of(members)
    came = Turnout(members, here, area, metres)
    valid = voting.quorum(rule, came).words
    if not rule.passing.asked:
        return f"{valid}。"
    yes, area_yes = (rule.passing.needed(one) for one in voting.denominators(rule, came))
    count = Count(yes, here - yes, 0, 0, area_yes, metres - area_yes if rule.by_area else 0)
    return f"{valid}；{voting.outcome(rule, came, count).words}。"


def _most_of(members: int) -> int:
    return members * 2 // 3


def _cadence(months: int) -> str:
    if not months:
        return ""
    return {6: "每半年至少一次", 12: "每年至少一次", 3: "每季度一次"}.get(
        months, f"{months} 个月至少一次"
    )


def _before(rule: RuleView) -> str:
    parts = ["先经社区党组织研究"] if rule.party_first else []
    parts += ["替居民会议决定的，要有居民会议授权"] if rule.delegated else []
    return "；".join(parts)


def _proxies(proxies: int) -> str:
    if proxies >= NO_CAP:
        return "可以书面委托，受托人不能再转托"
    return f"一人最多受 {proxies} 人委托，不能转托" if proxies else ""
