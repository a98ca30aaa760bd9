"""议事 and its money: votes against their figures, seats, decisions, the book of the fund."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.services import topic_keys
from app.services.health.kinds import Check, Found, Group, Kind, Level, Repair
from app.services.health.ledgers import Ledger, asking
from app.storage.lookup import Sql, lookup_of
from app.values.money import yuan

_BALANCES = """
SELECT fund_source.id, coalesce(fund_balance.balance, 0), coalesce(booked.amount, 0)
FROM fund_source
LEFT JOIN fund_balance ON fund_balance.source_id = fund_source.id
LEFT JOIN (SELECT source_id, sum(amount) AS amount FROM fund_entry GROUP BY source_id) AS booked
    ON booked.source_id = fund_source.id
WHERE coalesce(fund_balance.balance, 0) <> coalesce(booked.amount, 0)
ORDER BY fund_source.id
"""
_OVERSPENT = """
SELECT project.id, project.budget, -sum(fund_entry.amount) AS spent
FROM project JOIN fund_entry ON fund_entry.project_id = project.id
GROUP BY project.id, project.budget HAVING -sum(fund_entry.amount) > project.budget
ORDER BY project.id
"""
# Votes on several plans are counted plan by plan.
_COUNTED = """
SELECT vote.id, vote.voters, vote.yes + vote.no + vote.abstain + vote.invalid
FROM vote
WHERE vote.voters <> vote.yes + vote.no + vote.abstain + vote.invalid
    AND NOT EXISTS (SELECT 1 FROM vote_option WHERE vote_option.vote_id = vote.id)
ORDER BY vote.id
"""
_TWO_SEATS = """
SELECT late.id, body.name FROM body_member AS early
JOIN body_member AS late ON late.body_id = early.body_id AND late.resident_id = early.resident_id
    AND late.id > early.id AND late.since <= coalesce(early.until, '9999-12-31')
    AND early.since <= coalesce(late.until, '9999-12-31')
JOIN body ON body.id = late.body_id
WHERE early.deleted_at IS NULL AND late.deleted_at IS NULL
ORDER BY late.id
"""
_UNFOUNDED = """
SELECT resolution.id, '没有通过的表决' FROM resolution
LEFT JOIN vote ON vote.id = resolution.vote_id
WHERE resolution.deleted_at IS NULL AND resolution.kind = 'decision'
    AND resolution.state <> 'stopped' AND coalesce(vote.passed, 0) = 0
ORDER BY resolution.id
"""
_ASTRAY = """
SELECT topic.id, '写着落实中，却没有决议' FROM topic
WHERE topic.deleted_at IS NULL AND topic.state = 'decided' AND NOT EXISTS (
    SELECT 1 FROM resolution
    WHERE resolution.topic_id = topic.id AND resolution.deleted_at IS NULL)
ORDER BY topic.id
"""


def _named(text: str, words: str = "{}") -> Callable[[Session, datetime], Iterator[Found]]:
    """A statement that gives a record's id and what is the matter with it."""

    def look(session: Session, _now: datetime) -> Iterator[Found]:
        for key, told in lookup_of(session).rows(Sql(text)):
            yield key, words.format(told)

    return look


def _stray_keys(session: Session, _now: datetime) -> Iterator[Found]:
    return ((one, "目录与题目不同") for one in topic_keys.strays(session))


def _reindex(session: Session, ids: Sequence[int], _now: datetime) -> int:
    topic_keys.reindex(session, ids)
    return len(set(ids))


def _overspent(session: Session, _now: datetime) -> Iterator[Found]:
    for key, budget, spent in lookup_of(session).rows(Sql(_OVERSPENT)):
        yield key, f"预算 {yuan(budget)} 元，已支出 {yuan(spent)} 元"


LEDGERS = (
    Ledger(
        key="fund_balances",
        kind=Kind.FUND,
        title="专项经费余额与流水不符",
        why="余额就是逐笔拨入和支出加起来的数；不符时公示出去的数字是错的。",
        example="账上 200,000.00 元，逐笔数是 198,000.00 元",
        unit="元",
        shown=yuan,
        differences=asking(_BALANCES),
    ),
    Ledger(
        key="votes_counted",
        kind=Kind.VOTE,
        title="票数与到会人数不符",
        why="赞成、反对、弃权、无效加起来要等于到会人数，多一票少一票结果都说不清。",
        example="账上 43 票，逐笔数是 42 票",
        unit="票",
        differences=asking(_COUNTED),
        whole=True,
    ),
)
CHECKS = (
    *(ledger.check for ledger in LEDGERS),
    Check(
        key="project_overspent",
        group=Group.BOOKS,
        level=Level.WRONG,
        kind=Kind.PROJECT,
        title="项目支出超过预算",
        why="专项经费的支出合计不能超过批准的预算，超出的要先追加预算。",
        example="预算 18,600.00 元，已支出 19,000.00 元",
        look=_overspent,
    ),
    Check(
        key="two_seats",
        group=Group.MEETINGS,
        level=Level.WRONG,
        kind=Kind.SEAT,
        title="一个人在一个组织里有两个身份",
        why="一个人只计一次；算成两个人，应到人数和表决门槛都会错。",
        example="居民代表会议里有两个身份",
        look=_named(_TWO_SEATS, "{}里有两个身份"),
        whole=True,
    ),
    Check(
        key="decision_unfounded",
        group=Group.MEETINGS,
        level=Level.WRONG,
        kind=Kind.RESOLUTION,
        title="决议没有通过的表决",
        why="决议要有表决通过的记录；没有的只能算协商意见，不能当决议公布。",
        example="没有通过的表决",
        look=_named(_UNFOUNDED),
        whole=True,
    ),
    Check(
        key="topic_astray",
        group=Group.MEETINGS,
        level=Level.WRONG,
        kind=Kind.TOPIC,
        title="议题写着落实中，却没有决议",
        why="居民会来问办得怎样；没有决议就没有责任人和期限，事情会没有下文。",
        example="写着落实中，却没有决议",
        look=_named(_ASTRAY),
    ),
    Check(
        key="topic_keys",
        group=Group.SEARCH,
        level=Level.WRONG,
        kind=Kind.TOPIC,
        title="找相似议题的目录落后",
        why="登记时靠它提示有没有人提过同样的事；落后了，相似的议题提示不出来。",
        example="改过题目，按新题目提示不出来",
        look=_stray_keys,
        repair=Repair(
            label="重建目录",
            promise="按现在的题目重写这些议题的目录，议题本身一个字也不变。",
            mend=_reindex,
            by_itself=True,
            undoable=False,
        ),
    ),
)
