"""The columns of resolutions: on the screen, and as the ledger that leaves the program."""

from datetime import date

from app.services.resolution_views import ResolutionRow
from app.ui.kit import theme
from app.ui.kit.table_columns import Cell, Column
from app.ui.meetings.resolutions.words import (
    day_words,
    due_chip,
    notice_words,
    state_chip,
    verdict_words,
)
from app.values.masking import mask_text
from app.values.money import yuan


def columns(today: date) -> tuple[Column, ...]:
    """What the list shows."""
    return (
        Column("number", "编号", lambda it: it.number, 104),
        Column("title", "事项", lambda it: _title(it, today), 150, weight=3),
        Column("owner", "责任人", _owner, 92, weight=1),
        Column("due", "期限", lambda it: _due(it, today), 106),
        Column("percent", "进度", _percent, 58, align="right", large_mode=False),
        Column("state", "状态", lambda it: Cell(chips=(state_chip(it),)), 80),
    )


def ledger(today: date) -> tuple[Column, ...]:
    """决议台账; numbers that stand in the words are masked, whoever takes it out."""
    return (
        Column("number", "编号", lambda it: it.number, 78),
        Column("kind", "种类", lambda it: it.kind.label, 50),
        Column("title", "事项", lambda it: it.title, 100),
        Column("words", "内容", lambda it: mask_text(it.words), 170),
        Column("made", "作出日期", lambda it: it.made_on.isoformat(), 68),
        Column("meeting", "会议", lambda it: it.meeting, 90),
        Column("owner", "责任人", lambda it: mask_text(it.owner), 62),
        Column("due", "期限", lambda it: _day(it.due_on), 68),
        Column("budget", "经费（元）", _budget, 66, align="right"),
        Column("notice", "公示", lambda it: notice_words(it, today), 80),
        Column("state", "状态", lambda it: it.state.label, 50),
        Column("done", "办结日期", lambda it: _day(it.done_on), 68),
        Column("result", "办理结果", _result, 110),
        Column("said", "评议", verdict_words, 80),
    )


def _title(it: ResolutionRow, today: date) -> Cell:
    day = day_words(it.made_on, today)
    # 大字 has room for the day only.
    where = day if theme.current().large else f"{it.meeting}　{day}"
    return Cell(it.title, sub=where, bold=True)


def _owner(it: ResolutionRow) -> Cell:
    return Cell(it.owner) if it.owner else Cell("没有定", tone="placeholder")


def _due(it: ResolutionRow, today: date) -> Cell:
    chip = due_chip(it, today)
    if chip is not None:
        return Cell(chips=(chip,))
    day = it.done_on or it.due_on
    return Cell(day_words(day, today), tone="text2") if day else Cell("—", tone="placeholder")


def _percent(it: ResolutionRow) -> str:
    return f"{it.percent}%"


def _result(it: ResolutionRow) -> str:
    return mask_text(it.done_words or it.stopped_reason)


def _budget(it: ResolutionRow) -> str:
    return yuan(it.budget) if it.budget else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
