"""Notices of the made-up community: what hung on its doors lately, two 公示 in period."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.services import notices, publicity, publicity_board, residents
from app.services.notice_kinds import MEETING, OUTAGE, PUBLICITY, kind
from app.services.notices import NoticeText
from app.services.publicity_board import ObjectionInput
from app.values.days import weekday

_FLU = """为方便居民就近接种，社区卫生服务中心到社区设点，现将有关事项通知如下：
一、时间
本周六上午8时30分至11时。
二、地点
社区党群服务中心一楼。
三、注意事项
1.带好身份证和医保卡。
2.60岁以上的老人可以由家属陪同，行动不便的请提前打电话预约上门。"""
_GOODS = """根据居民代表会议决定，现将2026年冬季慰问物资发放情况公示如下：
一、物资来源
驻社区单位捐赠大米120袋、食用油120桶。
二、发放对象
辖区低保户、特困户、独居老人，按户发放，每户各一份。
三、发放情况
已发放112户，其余8户由网格员本周内送到家中。
公示期为{公示期}。公示期间如有不同意见，请反映：{异议渠道}。"""
_SUBSIDY = """根据本人申请和入户核查，现将低保初审情况公示如下：
初审通过：NAMES。
公示期为{公示期}。公示期间如有不同意见，请反映：{异议渠道}。"""
_HOME = "望海社区居民委员会（望海路 18 号，电话 0411-83120000）"


@dataclass(frozen=True, slots=True)
class Written:
    """One notice, the day on which it was written, and what came of it."""

    day: date
    text: NoticeText
    objection: str = ""


def written(session: Session, today: date) -> Iterator[Written]:
    """The notices in the order of their days; the text of one names two residents."""
    for ago, name, changes in _ENTRIES:
        day = today - timedelta(days=ago)
        text = _changed(notices.blank(session, today=day, kind_name=name), changes)
        yield Written(day, replace(text, when_words=text.when_words.replace("NEXT", _next(day))))
    yield from _publicity(session, today)


def _next(day: date) -> str:
    """11月21日（周六）, the day after."""
    day += timedelta(days=1)
    return f"{day.month}月{day.day}日（周{weekday(day)}）"


def _publicity(session: Session, today: date) -> Iterator[Written]:
    first, second = today - timedelta(days=6), today - timedelta(days=3)
    ids = residents.list_ids(session, today=today).ids[3:9]
    found = dict.fromkeys(row.name for row in residents.rows(session, ids, today=today))
    names = "、".join(list(found)[:2])
    yield Written(
        first,
        _public(
            session,
            first,
            title="关于2026年冬季慰问物资发放情况的公示",
            body=_GOODS,
            period_days=15,
            affair=publicity.AFFAIRS[1],
        ),
        objection="发放名单里的 3 号楼有一户已经搬走，请核对。",
    )
    body = _SUBSIDY.replace("NAMES", names or "无")
    yield Written(
        second,
        _public(
            session,
            second,
            title="关于低保初审情况的公示",
            body=body,
            period_days=7,
            period_kind=publicity.WORKING,
        ),
    )


def keep(session: Session, one: Written, now: datetime) -> None:
    """Write it into the file, with the objection that came in."""
    key = notices.add(session, one.text, now=now)
    if one.objection:
        raised = ObjectionInput(raised_on=one.day, who="匿名", words=one.objection)
        publicity_board.save_objection(session, key, raised)


def _public(session: Session, day: date, **changes: object) -> NoticeText:
    blank = notices.blank(session, today=day, kind_name=PUBLICITY)
    values: dict[str, object] = {"posted_on": day, "objections_to": _HOME}
    return _changed(blank, values | changes)


def _changed(text: NoticeText, values: Mapping[str, Any]) -> NoticeText:
    return replace(text, **values)


_ENTRIES: tuple[tuple[int, str, dict[str, str]], ...] = (
    (
        24,
        "通知",
        {"title": "关于集中接种流感疫苗的通知", "body": _FLU},
    ),
    (
        18,
        MEETING,
        {
            "title": "关于召开2026年第二次居民代表会议的通知",
            "when_words": "本周六上午9时",
            "where_words": "社区党群服务中心三楼会议室",
            "number": "望海居发〔2026〕11号",
            "body": kind(MEETING).body.replace("请写明议题", "听取年度工作报告，审议慰问物资方案"),
        },
    ),
    (12, "温馨提示", {"title": "冬季用火用电安全温馨提示"}),
    (9, "倡议书", {"title": "文明养犬倡议书"}),
    (
        2,
        OUTAGE,
        {
            "title": "停水通知",
            "recipients": "{楼栋}{单元}各位居民",
            "when_words": "NEXT8时30分至17时",
            "where_words": "3、4 号楼全部单元",
        },
    ),
)
