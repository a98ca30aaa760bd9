"""What a quorum and a majority say for themselves, in one sentence each."""

from app.models import Basis
from app.services.vote_thresholds import Share, Thresholds
from app.values.areas import square_metres

_SHOULD = {
    Basis.MEMBERS: "应到",
    Basis.REPRESENTATIVES: "共有居民代表",
    Basis.RESIDENTS: "应到十八周岁以上居民",
    Basis.HOUSEHOLDS: "应到各户的代表",
    Basis.OWNERS: "共有业主",
}
_PART_OF = {
    Basis.PRESENT: "到会",
    Basis.VOTING: "参加表决",
}


def people(rule: Thresholds, number: int) -> str:
    """43 人; where each household sends one 43 户."""
    return f"{number:,} {'户' if rule.basis is Basis.HOUSEHOLDS else '人'}"


def turnout_words(
    rule: Thresholds, members: int, present: int, area_members: int, area_present: int
) -> str:
    """居民代表会议应到 61 人，实到 43 人."""
    should, there = people(rule, members), people(rule, present)
    if rule.by_area:
        should += f"、专有面积 {square_metres(area_members)}"
        there += f"、{square_metres(area_present)}"
    came = "参加表决" if rule.pass_basis is Basis.VOTING else "实到"
    return f"{rule.kind.label}{_SHOULD[rule.basis]} {should}，{came} {there}"


def quorum_words(rule: Thresholds, needed: tuple[int, int], missing: tuple[int, int]) -> str:
    """达到三分之二（需 41 人），会议有效; 不到三分之二（需 41 人，还差 1 人），不能表决."""
    asked = [people(rule, needed[0])] + ([square_metres(needed[1])] if rule.by_area else [])
    thing = "表决" if rule.pass_basis is Basis.VOTING else "会议"
    if not any(missing):
        both = "人数和面积都" if rule.by_area else ""
        return f"{both}{_reached(rule.quorum)}（需 {'、'.join(asked)}），{thing}有效"
    short = _short(rule, missing)
    tracks = _tracks(rule, missing)
    not_enough = f"{tracks}{_failed(rule.quorum)}（需 {'、'.join(asked)}，还差 {short}）"
    return f"{not_enough}，{'不能作出决定' if thing == '表决' else '不能表决'}"


def no_quorum_words(rule: Thresholds) -> str:
    """What stands in place of a quorum where none is asked."""
    if rule.decides:
        return "规则不要求法定人数"
    return "协商不设法定人数，形成意见，不作决定"


def outcome_words(
    rule: Thresholds,
    yes: tuple[int, int],
    whole: tuple[int, int],
    missing: tuple[int, int],
) -> str:
    """赞成 25 票，超过到会 43 人的半数，通过. Of each pair the second is the area."""
    area = f"、{square_metres(yes[1])}" if rule.by_area else ""
    passed, failed = ("通过", "未通过") if rule.decides else ("形成协商意见", "没有形成协商意见")
    told = share_words(rule, whole, missing)
    return f"赞成 {yes[0]:,} 票{area}，{told}，{failed if any(missing) else passed}"


def share_words(rule: Thresholds, whole: tuple[int, int], missing: tuple[int, int]) -> str:
    """超过到会 43 人的半数; 没有超过到会 43 人的半数（还差 1 票）."""
    area = f"、{square_metres(whole[1])}" if rule.by_area else ""
    of_whom = f"{_PART_OF.get(rule.pass_basis, '应到')} {people(rule, whole[0])}{area}的"
    if any(missing):
        short = _short(rule, missing, "票")
        return f"{_tracks(rule, missing)}{_failed(rule.passing, of_whom)}（还差 {short}）"
    both = "人数和面积都" if rule.by_area else ""
    return f"{both}{_reached(rule.passing, of_whom)}"


def leaning_words(counts: tuple[int, int, int, int], *, more_for: bool) -> str:
    """意向表决：赞成 12，反对 3，弃权 1，赞成的多，作为协商意见."""
    named = zip(("赞成", "反对", "弃权", "无效或未投"), counts, strict=True)
    told = "，".join(f"{name} {n:,}" for name, n in named if n or name in ("赞成", "反对"))
    if more_for:
        return f"意向表决：{told}，赞成的多，作为协商意见"
    return f"意向表决：{told}，赞成的不多于反对的，没有形成协商意见"


def _reached(share: Share, of_whom: str = "") -> str:
    return f"{'超过' if share.strict else '达到'}{of_whom}{share.part_words}"


def _failed(share: Share, of_whom: str = "") -> str:
    return f"{'没有超过' if share.strict else '不到'}{of_whom}{share.part_words}"


def _short(rule: Thresholds, missing: tuple[int, int], unit: str = "") -> str:
    """1 人; of owners 12 人、86.50 ㎡, whichever is missing."""
    heads = f"{missing[0]:,} {unit}" if unit else people(rule, missing[0])
    parts = [heads] if missing[0] > 0 else []
    return "、".join(parts + ([square_metres(missing[1])] if missing[1] > 0 else []))


def _tracks(rule: Thresholds, missing: tuple[int, int]) -> str:
    """Which of the two tracks falls short."""
    if not rule.by_area:
        return ""
    if all(missing):
        return "人数和面积都"
    return "人数" if missing[0] else "面积"
