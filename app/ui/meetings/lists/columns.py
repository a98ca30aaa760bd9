"""The columns of the three lists: on the screen, and as they leave the house (domain.md 7.2)."""

from datetime import date

from app.services.project_views import ProjectView
from app.services.three_lists import NeedView
from app.ui.kit.table_columns import Cell, Column
from app.ui.meetings.lists.words import (
    stage_chips,
    state_chip,
    term_words,
    urgency_chip,
    verdict_words,
)
from app.values.money import yuan


def _needed(one: NeedView) -> Cell:
    return Cell(one.words, bold=True, sub=one.beneficiaries)


def _need_state(one: NeedView) -> Cell:
    urgency = urgency_chip(one)
    return Cell(chips=(state_chip(one), *((urgency,) if urgency else ())))


RESOURCE_COLUMNS = (
    Column("number", "编号", lambda one: Cell(one.number, tone="text2"), 108, large_mode=False),
    Column("unit", "单位", lambda one: one.unit, 130, weight=2),
    Column("kind", "类型", lambda one: one.kind.label, 56),
    Column("words", "内容", lambda one: Cell(one.words, bold=True), 160, weight=3),
    Column("available", "可用时间", lambda one: one.available, 100, weight=1, large_mode=False),
    Column("state", "状态", lambda one: Cell(chips=(state_chip(one),)), 84),
)
NEED_COLUMNS = (
    Column("number", "编号", lambda one: Cell(one.number, tone="text2"), 108),
    Column("words", "需求", _needed, 180, weight=3),
    Column("kind", "类型", lambda one: one.kind.label, 56),
    Column("raised_by", "提出方", lambda one: one.raised_by, 90, weight=1, large_mode=False),
    Column("grid", "网格", lambda one: one.grid, 84, large_mode=False),
    Column("state", "状态", _need_state, 130),
)


def project_columns(today: date) -> tuple[Column, ...]:
    """With what is late on a day."""
    return (
        Column("number", "编号", lambda one: Cell(one.number, tone="text2"), 108),
        Column("name", "项目", lambda one: Cell(one.name, bold=True), 150, weight=3),
        Column("lead", "牵头", lambda one: one.lead, 110, weight=2, large_mode=False),
        Column("until", "计划完成", lambda one: _short(one.until, today), 76, large_mode=False),
        Column("budget", "预算（元）", _budget, 96, align="right", large_mode=False),
        Column("percent", "进展", lambda one: f"{one.percent}%", 66, align="right"),
        Column("state", "阶段", lambda one: Cell(chips=stage_chips(one, today)), 152),
    )


def _short(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m}"


def _budget(one: ProjectView) -> str:
    return yuan(one.budget) if one.budget else ""


RESOURCE_LEAVES = (
    Column("number", "编号", lambda one: one.number, 66),
    Column("unit", "单位", lambda one: one.unit, 90, weight=1),
    Column("kind", "资源类型", lambda one: one.kind.label, 48),
    Column("words", "内容", lambda one: one.words, 120, weight=2),
    Column("available", "可用时间", lambda one: one.available, 80),
    Column("contact", "联系人", lambda one: one.contact, 56),
    Column("phone", "电话", lambda one: one.phone, 80),
    Column("state", "状态", lambda one: one.state.label, 48),
    Column("projects", "用在项目", lambda one: "、".join(one.projects), 70),
)
NEED_LEAVES = (
    Column("number", "编号", lambda one: one.number, 66),
    Column("raised_on", "提出日期", lambda one: f"{one.raised_on:%Y-%m-%d}", 62),
    Column("raised_by", "提出方", lambda one: one.raised_by, 60),
    Column("grid", "网格", lambda one: one.grid, 56),
    Column("words", "需求", lambda one: one.words, 120, weight=2),
    Column("kind", "类型", lambda one: one.kind.label, 40),
    Column("whom", "受益人群", lambda one: one.beneficiaries, 80),
    Column("urgency", "紧急程度", lambda one: one.urgency.label, 50),
    Column("state", "状态", lambda one: one.state.label, 48),
    Column("projects", "立项", lambda one: "、".join(one.projects), 70),
)
PROJECT_LEAVES = (
    Column("number", "编号", lambda one: one.number, 66),
    Column("name", "项目", lambda one: one.name, 90, weight=1),
    Column("need", "对应需求", lambda one: one.need, 80),
    Column("resources", "使用资源", lambda one: "；".join(w for _, w in one.resources), 90),
    Column("lead", "牵头和责任人", lambda one: one.lead, 70),
    Column("term", "起止", term_words, 70),
    Column("budget", "预算（元）", _budget, 58, align="right"),
    Column("percent", "进展", lambda one: f"{one.percent}%", 34, align="right"),
    Column("state", "阶段", lambda one: one.state.label, 44),
    Column("effect", "成效", lambda one: one.effect, 90),
    Column("said", "评价", verdict_words, 60),
)
