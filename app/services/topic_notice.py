"""公布议题清单: accepted topics as a 公示 of 文书, without anybody's name (domain.md 5.3, 10.2)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import TopicState
from app.services import notices, rights, settings, topic_views, topics
from app.services.notice_kinds import PUBLICITY
from app.services.notices import NoticeText
from app.services.topic_views import TopicFilter, TopicRow
from app.storage.lookup import Source
from app.values.rights import Right

_TITLE = "关于居民议题的公示"


def unpublished(source: Source) -> list[TopicRow]:
    """Accepted topics that are on no list yet, or on one that was deleted; the first first."""
    taken_up = TopicFilter(states=(TopicState.ACCEPTED, TopicState.ON_AGENDA), unpublished=True)
    return topic_views.rows(source, sorted(topic_views.list_ids(source, taken_up)))


def publish(session: Session, topic_ids: Sequence[int], *, now: datetime) -> int:
    """Write the 公示, to be dated and hung up in 文书; gives its id. Raises DomainError.

    It hangs as long as the office has set (settings.TOPIC_LIST_DAYS).
    """
    rights.require(session, Right.SCREEN_TOPICS)
    if not topic_ids:
        raise DomainError("请至少勾一个议题来公布。")
    rows = topic_views.rows(session, topic_ids)
    for row in rows:
        if row.state in (TopicState.RAISED, TopicState.TURNED_DOWN, TopicState.MERGED):
            raise DomainError(f"{row.number} 号{row.state_words}，不能公布。请去掉它再公布。")
    notice_id = notices.add(session, _text(session, rows, now), now=now)
    for row in rows:
        topics.get(session, row.id).notice_id = notice_id
    session.flush()
    return notice_id


def _text(session: Session, rows: Sequence[TopicRow], now: datetime) -> NoticeText:
    lines = "\n".join(_line(place, row) for place, row in enumerate(rows, start=1))
    body = (
        f"近期居民提出的事，经审定列入议题的共 {len(rows)} 件，现公示如下：\n"
        f"{lines}\n"
        "公示期为{公示期}。公示期间对议题有不同意见，或者有同样的事要补充，请通过以下方式反映："
        "{异议渠道}。议题将逐件上会协商，结果另行公布。"
    )
    return replace(
        notices.blank(session, today=now.date(), kind_name=PUBLICITY),
        title=_TITLE,
        body=body,
        period_days=settings.value(session, settings.TOPIC_LIST_DAYS),
    )


def _line(place: int, row: TopicRow) -> str:
    households = f"涉及 {row.households} 户" if row.households else ""
    signed = f"{row.signed + 1} 人联名" if row.signed else ""
    told = "，".join(part for part in (row.place, row.concerns, households, signed) if part)
    return f"{place}. {row.title}{f'（{told}）' if told else ''}"
