"""What every ledger keeps of people, in short lines for the 本人信息单 (个人信息保护法 45).

A few SELECTs for a whole batch of people: each gives the person first, then what it says of them.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.models import (
    AccountKind,
    AccountState,
    MemberRole,
    PostKind,
    Stage,
    StarState,
    VolunteerNoteKind,
)
from app.services.chunks import chunks
from app.services.stars import stars_words
from app.storage.lookup import Lookup, lookup_of, one_of, query
from app.values.money import yuan
from app.values.rights import Actor, Right
from app.values.times import hours_words

NOT_LISTED = "本单没有列出，请社工或书记另行打印"
_BATCH = 500

Words = Callable[..., str]


class _Ask(NamedTuple):
    """A SELECT; `person` is the column with the resident, the first of `what`."""

    what: str
    source: str
    person: str
    words: Words
    rest: str = ""


class _Ledger(NamedTuple):
    """A line of the paper: who may print it, and whether a limited user would see only a part."""

    title: str
    right: Right | None
    of_grids: bool
    asks: tuple[_Ask, ...]


def of_people(
    session: Session, resident_ids: Sequence[int]
) -> Mapping[int, tuple[tuple[str, str], ...]]:
    """By resident (title, words) of each ledger that has something; NOT_LISTED without the right.

    Lines of ledgers are counted, not listed; whoever wants to read them asks for the ledger.
    """
    lookup = lookup_of(session)
    found: dict[int, list[tuple[str, str]]] = {key: [] for key in resident_ids}
    for ledger in _LEDGERS:
        if not _shown(lookup.actor, ledger):
            for lines in found.values():
                lines.append((ledger.title, NOT_LISTED))
            continue
        for key, said in _said(lookup, ledger, resident_ids).items():
            found[key].append((ledger.title, "；".join(said)))
    return {key: tuple(lines) for key, lines in found.items()}


def _shown(actor: Actor, ledger: _Ledger) -> bool:
    if ledger.of_grids and actor.grids is not None:
        return False
    return ledger.right is None or actor.may(ledger.right)


def _said(lookup: Lookup, ledger: _Ledger, ids: Sequence[int]) -> dict[int, list[str]]:
    said: dict[int, list[str]] = defaultdict(list)
    for ask in ledger.asks:
        for part in chunks(list(dict.fromkeys(ids)), _BATCH):
            asked = query(ask.what, ask.source, [one_of(ask.person, part)], ask.rest)
            for key, *values in lookup.rows(asked):
                said[key].append(ask.words(*values))
    return said


def _counted(words: str) -> Words:
    """For an ask that gives a number: 兑换 3 次."""
    return lambda count: words.format(count)


def _volunteer(number: int, since: str, left: str | None, half_hours: int, stars: Any) -> str:
    parts = [f"编号 {number:04d}，{since} 登记", f"服务时长 {hours_words(half_hours)}"]
    if stars:
        parts.append(stars_words(stars))
    if left:
        parts.append(f"{left} 退出")
    return "，".join(parts)


def _volunteer_more(
    skills: str, services: str, guardian: str, phone: str, insurance: str, note: str
) -> str:
    named = (
        *(("特长", skills), ("愿意做的服务", services)),
        *(("监护人", f"{guardian} {phone}".strip()), ("保险", insurance), ("备注", note)),
    )
    return "，".join(f"{label} {text}" for label, text in named if text)


def _term(words: str, since: str, until: str | None) -> str:
    return f"{words}（{since} 至 {until}）" if until else f"{words}（{since} 起）"


def _note(kind: str, count: int) -> str:
    return f"{VolunteerNoteKind.of(kind).label} {count} 条"


def _account(name: str) -> Words:
    def words(balance: int, lines: int, state: str) -> str:
        closed = "，已销户" if state == AccountState.CLOSED.value else ""
        return f"{name} {balance:,} 分，记账 {lines} 行{closed}"

    return words


def _purse(kind: str, balance: int, lines: int) -> str:
    if AccountKind.of(kind) is AccountKind.CARD:
        return f"餐卡余额 {yuan(balance)} 元，记账 {lines} 行"
    return f"月结户欠 {yuan(-balance)} 元，记账 {lines} 行"


def _meals(portions: int, first: str, last: str) -> str:
    return f"共 {portions} 份，{first} 至 {last}"


def _diner(
    diet: str, avoids: str, consented: str, contact: str, relation: str, phone: str, door: str
) -> str:
    whom = f"{contact}（{relation}）" if relation else contact
    named = (
        *(("饮食要求", diet), ("忌口", avoids), ("单独同意", consented)),
        *(("家属", f"{whom} {phone}".strip()), ("送餐提示", door)),
    )
    return "，".join(f"{label} {text}" for label, text in named if text) or "没有要求"


def _latest(words: str) -> Words:
    """For an ask that gives a number and the last day: 平安日记提到 3 次，最近 2026-11-03."""
    return lambda count, day: f"{words.format(count)}，最近 {day}"


def _seat(body: str, role: str, since: str, until: str | None) -> str:
    return _term(f"{body}{MemberRole.of(role).label}", since, until)


def _owner(body: str, number: int) -> str:
    return f"{body}业主 {number} 号"


def _paper(title: str, number: str | None, day: str | None, stage: str) -> str:
    if number is None:
        return f"《{title}》还没有编号"
    void = "，已作废" if stage == Stage.VOID.value else ""
    return f"《{title}》{number}（{day}{void}）"


def _post(kind: str, since: str, until: str | None) -> str:
    return _term(PostKind.of(kind).label, since, until)


def _tally(words: str, table: str, condition: str = "") -> _Ask:
    """How many rows of a table are somebody's."""
    where = f"AND {condition} " if condition else ""
    return _Ask(
        "resident_id, count(*)",
        table,
        "resident_id",
        _counted(words),
        f"{where}GROUP BY resident_id",
    )


_STANDS = "deleted_at IS NULL"
_OF_VOLUNTEER = "JOIN volunteer v ON v.id = {}.volunteer_id AND v.deleted_at IS NULL"
_OF_ACCOUNT = (
    "coalesce((SELECT balance FROM points_balance WHERE account_id = a.id), 0),"
    " (SELECT count(*) FROM points_entry WHERE account_id = a.id), a.state"
)
_SERVED = "(SELECT coalesce(sum(half_hours), 0) FROM hour_entry WHERE volunteer_id = v.id)"
_STARS = f"""(SELECT max(stars) FROM star_award
    WHERE volunteer_id = v.id AND state = '{StarState.CONFIRMED.value}')"""  # noqa: S608 - the program's own words
_MORE = ("skills", "services", "guardian", "guardian_phone", "insurance", "note")
_CAME = """(
    SELECT resident_id, meeting_id FROM attendee WHERE came_at IS NOT NULL
    UNION SELECT m.resident_id, a.meeting_id FROM attendee a
        JOIN body_member m ON m.id = a.body_member_id WHERE a.came_at IS NOT NULL
    UNION SELECT o.resident_id, a.meeting_id FROM attendee a
        JOIN owner o ON o.id = a.owner_id WHERE a.came_at IS NOT NULL
) AS came"""
_BY_NAME = ("diet", "avoids", "consented_on", "contact", "contact_relation", "contact_phone")


def _texts(columns: Sequence[str]) -> str:
    """Columns that may be empty, as text."""
    return ", ".join(f"coalesce({column}, '')" for column in columns)


_VOLUNTEER = (
    _Ask(
        f"v.resident_id, v.number, v.registered_on, v.left_on, {_SERVED}, {_STARS}",
        "volunteer v",
        "v.resident_id",
        _volunteer,
        "AND v.deleted_at IS NULL",
    ),
    _Ask(
        f"resident_id, {_texts(_MORE)}",
        "volunteer",
        "resident_id",
        _volunteer_more,
        f"AND {_STANDS} AND coalesce({', '.join(_MORE)}) IS NOT NULL",
    ),
    _Ask(
        "v.resident_id, t.name, m.since, m.until",
        f"team_member m JOIN team t ON t.id = m.team_id {_OF_VOLUNTEER.format('m')}",
        "v.resident_id",
        _term,
        "ORDER BY m.since, m.id",
    ),
    _Ask(
        "v.resident_id, n.kind, count(*)",
        f"volunteer_note n {_OF_VOLUNTEER.format('n')}",
        "v.resident_id",
        _note,
        "AND n.deleted_at IS NULL GROUP BY v.resident_id, n.kind ORDER BY n.kind",
    ),
    _Ask(
        "v.resident_id, count(*)",
        f"participation p {_OF_VOLUNTEER.format('p')}",
        "v.resident_id",
        _counted("参加活动的登记 {} 条"),
        "GROUP BY v.resident_id",
    ),
)
_POINTS = (
    _Ask(
        f"a.resident_id, {_OF_ACCOUNT}", "points_account a", "a.resident_id", _account("个人账户")
    ),
    _Ask(
        f"v.resident_id, {_OF_ACCOUNT}",
        f"points_account a {_OF_VOLUNTEER.format('a')}",
        "v.resident_id",
        _account("志愿者账户"),
    ),
    _Ask(
        f"p.id, {_OF_ACCOUNT}",
        "resident p JOIN points_account a ON a.household_id = p.household_id",
        "p.id",
        _account("全户共用账户"),
    ),
    _tally("兑换 {} 次", "redemption", "taken_back_at IS NULL"),
    _tally("以居民身份参加活动的登记 {} 条", "participation"),
)
_CANTEEN = (
    _Ask(
        "m.resident_id, sum(m.quantity), min(m.on_date), max(m.on_date)",
        "meal m",
        "m.resident_id",
        _meals,
        "AND m.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM meal r"
        " WHERE r.reverses_id = m.id) GROUP BY m.resident_id",
    ),
    _Ask(
        "a.resident_id, a.kind,"
        " coalesce((SELECT balance FROM meal_balance WHERE account_id = a.id), 0),"
        " (SELECT count(*) FROM meal_entry WHERE account_id = a.id)",
        "meal_account a",
        "a.resident_id",
        _purse,
        "ORDER BY a.kind DESC",
    ),
    _tally("长期订餐 {} 项", "standing_order", _STANDS),
    _tally("订餐 {} 份", "meal_order"),
    _tally("餐券 {} 张", "meal_voucher"),
    _tally("送餐没人应门等情况 {} 次", "care_case"),
)
_MEETINGS = (
    _Ask(
        "resident_id, count(*), max(came_on)",
        "topic",
        "resident_id",
        _latest("提出议题 {} 件"),
        f"AND {_STANDS} GROUP BY resident_id",
    ),
    _tally("联名或有关的议题 {} 件", "topic_person"),
    _Ask(
        "m.resident_id, b.name, m.role, m.since, m.until",
        "body_member m JOIN body b ON b.id = m.body_id",
        "m.resident_id",
        _seat,
        "AND m.deleted_at IS NULL ORDER BY m.since, m.id",
    ),
    _Ask(
        "o.resident_id, b.name, o.number",
        "owner o JOIN body b ON b.id = o.body_id",
        "o.resident_id",
        _owner,
        "AND o.deleted_at IS NULL ORDER BY o.id",
    ),
    _Ask(
        "resident_id, count(*)",
        _CAME,
        "resident_id",
        _counted("到会 {} 次"),
        "GROUP BY resident_id",
    ),
    _tally("对决议的评议 {} 次", "evaluation", _STANDS),
)
_ROUNDS = (
    _Ask(
        "m.resident_id, count(DISTINCT e.id), max(e.on_date)",
        "diary_met m JOIN diary_entry e ON e.id = m.entry_id",
        "m.resident_id",
        _latest("平安日记提到 {} 次"),
        "AND e.deleted_at IS NULL GROUP BY m.resident_id",
    ),
    _Ask(
        "g.resident_id, p.kind, p.since, p.until",
        "grid_member g JOIN post p ON p.member_id = g.id",
        "g.resident_id",
        _post,
        "AND p.deleted_at IS NULL ORDER BY p.since, p.id",
    ),
    _tally("走访没人在家的报警 {} 次", "visit_alarm"),
)
_PAPERS = (
    _Ask(
        "resident_id, title, number, issued_on, stage",
        "certificate",
        "resident_id",
        _paper,
        "ORDER BY numbered_at, id",
    ),
    _tally("不予出具的告知 {} 次", "refusal"),
)
_PHOTO = (_Ask("resident_id", "resident_photo", "resident_id", lambda: "有 1 张"),)
_DIET = (_Ask(f"resident_id, {_texts((*_BY_NAME, 'door_note'))}", "diner", "resident_id", _diner),)
_LEDGERS = (
    _Ledger("照片", None, False, _PHOTO),
    _Ledger("志愿者", Right.VIEW_POINTS, False, _VOLUNTEER),
    _Ledger("积分", Right.VIEW_POINTS, False, _POINTS),
    _Ledger("用餐", Right.VIEW_CANTEEN, False, _CANTEEN),
    _Ledger("饮食", Right.VIEW_CANTEEN, False, _DIET),
    _Ledger("网格", Right.VIEW_GRIDS, True, _ROUNDS),
    _Ledger("议事", Right.VIEW_MEETINGS, True, _MEETINGS),
    _Ledger("证明", None, False, _PAPERS),
)
