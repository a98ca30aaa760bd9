"""还差什么: what a meeting still wants before it is called, opened and decides, with the article.

Nothing is refused here; `meeting_call` and `meeting_opening` refuse what the law does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.models import Basis, BodyKind, ItemKind, MeetingState
from app.services import body_composition, electorate, meeting_notice, meeting_rules
from app.services.meeting_views import COMING, MeetingRow, meeting
from app.services.vote_rules import RuleView
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query

PARTY_ARTICLE = "城市居民委员会组织法第三十条"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list; `done` False is a gap, None something to keep in mind."""

    name: str
    done: bool | None
    words: str
    article: str = ""


def checks(source: Source, meeting_id: int, *, today: date) -> list[Check]:
    """The list of a meeting to come, in the order in which things are seen to."""
    lookup = lookup_of(source)
    it = meeting(lookup, meeting_id)
    if it.state not in COMING:
        return []
    rule = meeting_rules.rule_of(lookup, it)
    return [
        *_agenda(lookup, it, rule),
        *_place(it),
        _notice(it, rule, today),
        *_committee(it, rule),
        *before_deciding(it, rule),
        *_members(lookup, it, rule),
    ]


def before_deciding(it: MeetingRow, rule: RuleView) -> Iterator[Check]:
    """What a decision wants first (居委会组织法 30); nothing where none is to be made."""
    if not it.motions or not rule.decides:
        return
    if rule.party_first:
        yield Check("党组织研究", it.party_on is not None, _party_words(it), PARTY_ARTICLE)
    if rule.delegated:
        wanted = "属于居民会议职权的，写明哪次居民会议授权；不属于的写“不属于”"
        yield Check("居民会议授权", bool(it.delegation), it.delegation or wanted, PARTY_ARTICLE)


def _party_words(it: MeetingRow) -> str:
    if it.party_on is None:
        return "要表决的事先经社区党组织研究"
    return "，".join(filter(None, (f"{it.party_on:%Y-%m-%d} 研究过", it.party_words)))


def _agenda(lookup: Lookup, it: MeetingRow, rule: RuleView) -> Iterator[Check]:
    """Of the whole agenda, whoever looks: an item of another grid is one that is there."""
    if not it.items:
        yield Check("议程", False, "还没有议程，从已立题的议题里选，或者自己写")
        return
    yield Check("议程", True, _counted(it, rule))
    undrafted = Sql("kind = ? AND coalesce(words, '') = ''", (ItemKind.DECIDE.value,))
    bare = _places(lookup, it, undrafted)
    if bare:
        places = "、".join(f"第 {place} 项" for place in bare)
        yield Check("决议草案", False, f"{places}要表决，还没有写付表决的文字")
    late = _places(lookup, it, Sql("added_there"))
    if late and it.state is MeetingState.CALLED:
        words = f"{len(late)} 项是通知以后加的或改过的，只能协商，不能表决；要表决请重新通知"
        yield Check("临时议题", None, words)


def _places(lookup: Lookup, it: MeetingRow, there: Sql) -> list[int]:
    own = Sql("meeting_id = ?", (it.id,))
    asked = query("place", "main.agenda_item", [own, there], "ORDER BY place, id")
    return list(lookup.column(asked))


def _counted(it: MeetingRow, rule: RuleView) -> str:
    decided = f"，{it.motions} 项{'表决' if rule.decides else '意向表决'}" if it.motions else ""
    return f"共 {it.items} 项{decided}"


def _place(it: MeetingRow) -> Iterator[Check]:
    missing = [
        words
        for words, value in (("地点", it.place), ("主持人", it.chair), ("记录人", it.recorder))
        if not value
    ]
    if missing:
        yield Check("时间地点", False, f"{'、'.join(missing)}还没有填")
    else:
        yield Check("时间地点", True, f"{it.when}，{it.place}，{it.chair}主持")


def _notice(it: MeetingRow, rule: RuleView, today: date) -> Check:
    article = meeting_notice.article(rule)
    if it.notified_on is not None:
        told = meeting_notice.standing(rule, it.notified_on, it.on_date)
        reason = f"；{it.short_notice}" if it.short_notice else ""
        enough: bool | None = told.enough or bool(it.short_notice)
        if not enough and told.may_do:
            enough = None
        return Check("会议通知", enough, told.words + reason, article)
    if not rule.notice_days:
        return Check("会议通知", None, "没有规定天数，通知到人就可以")
    last = meeting_notice.latest(rule, it.on_date)
    whom = meeting_notice.whom(rule.kind)
    words = f"提前 {rule.notice_days} 天通知{whom}，最迟 {last:%m-%d}"
    late = "，已经来不及" if last < today else ""
    return Check("会议通知", False, f"{words}{late}", article)


def _committee(it: MeetingRow, rule: RuleView) -> Iterator[Check]:
    if rule.tell_committee:
        day = it.committee_told_on
        words = f"{day:%Y-%m-%d} 告知" if day else "通知业主的同时告知居民委员会"
        yield Check("告知居委会", day is not None, words, "物业管理条例第十四条")


def _members(lookup: Lookup, it: MeetingRow, rule: RuleView) -> Iterator[Check]:
    found = electorate.electorate(lookup, it.body_id, it.on_date, rule.basis)
    if not found.people:
        done = False if rule.quorum.asked else None
        yield Check("成员", done, f"{rule.basis.label}还没有登记，请先到“组织”里登记")
        return
    yield Check("应到", True, meeting_rules.expected_words(rule, found), rule.article)
    if it.kind is BodyKind.REPRESENTATIVES:
        told = body_composition.composition(lookup, it.body_id, it.on_date)
        if told.share_words and not told.share_ok:
            yield Check("代表比例", False, told.share_words, "城市居民委员会组织法第二十八条")
    if rule.basis is Basis.RESIDENTS:
        unknown = electorate.unknown_ages(lookup, it.body_id, it.on_date)
        if unknown:
            yield Check("年龄不详", None, f"{unknown} 人没有出生日期，没有算进应到人数")
