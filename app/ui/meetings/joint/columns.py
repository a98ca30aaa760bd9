"""The columns of 大党委."""

from datetime import date

from app.services.chair_turns import TurnView
from app.services.joint import UnitView
from app.services.joint_members import JOINED, JointMember, MemberChange
from app.ui.kit.chips import Chip
from app.ui.kit.table_columns import Cell, Column
from app.ui.meetings.joint.words import (
    attended_words,
    stars_chip,
    term_words,
    turn_chip,
    unit_chips,
)
from app.values.masking import mask_phones


def unit_columns(today: date) -> tuple[Column, ...]:
    return (
        Column("name", "单位", lambda one: Cell(one.name, bold=True), 190, weight=3),
        Column("kind", "种类", lambda one: Cell(chips=unit_chips(one, today)), 210),
        Column("contact", "联络员", lambda one: one.contact, 80, weight=1, large_mode=False),
        Column("members", "委员", lambda one: _count(one.members), 54, align="right"),
        Column("resources", "资源", lambda one: _count(one.resources), 54, align="right"),
        Column("projects", "项目", lambda one: _count(one.projects), 54, align="right"),
        Column("together", "最近共建", _together, 92, large_mode=False),
    )


UNIT_LEAVES = (
    Column("name", "单位", lambda one: one.name, 110, weight=2),
    Column("kind", "种类", lambda one: one.kind.label, 60),
    Column("contact", "联络员", lambda one: one.contact, 50),
    Column("phone", "电话", lambda one: mask_phones(one.phone), 70),
    Column("address", "地址", lambda one: one.address, 90, weight=1),
    Column("speciality", "擅长", lambda one: one.speciality, 90, weight=1),
    Column("term", "参加日期", lambda one: term_words(one.since, one.until), 90),
    Column("members", "委员", lambda one: _count(one.members), 34, align="right"),
    Column("resources", "资源", lambda one: _count(one.resources), 34, align="right"),
    Column("projects", "项目", lambda one: _count(one.projects), 34, align="right"),
)


def _count(number: int) -> str:
    return f"{number:,}" if number else ""


def _together(one: UnitView) -> str:
    return f"{one.together_on:%Y-%m-%d}" if one.together_on else ""


def _stars(one: JointMember) -> Cell:
    chip = stars_chip(one)
    return Cell(chips=(chip,) if chip else ())


def _reported(one: JointMember) -> Cell:
    if one.report is None:
        return Cell("未述职", tone="placeholder")
    day = one.report.reported_on
    return Cell(f"{day:%m-%d}" if day else "已登记")


MEMBER_COLUMNS = (
    Column("name", "姓名", lambda one: Cell(one.seat.name, bold=True), 92, weight=1),
    Column("unit", "单位", lambda one: one.seat.joint_unit, 150, weight=2),
    Column("position", "职务", lambda one: one.seat.position, 90, weight=1, large_mode=False),
    Column("attended", "到会", attended_words, 60, align="right"),
    Column("projects", "项目", lambda one: _count(one.activity.projects), 54, align="right"),
    Column("stars", "星级", _stars, 66),
    Column("reported", "述职", _reported, 70, large_mode=False),
)
MEMBER_LEAVES = (
    Column("name", "姓名", lambda one: one.seat.name, 50),
    Column("unit", "单位", lambda one: one.seat.joint_unit, 110, weight=2),
    Column("position", "职务", lambda one: one.seat.position, 80, weight=1),
    Column("phone", "电话", lambda one: mask_phones(one.seat.phone), 70),
    Column("term", "任期", lambda one: term_words(one.seat.since, one.seat.until), 110),
    Column("attended", "到会", attended_words, 40),
    Column("projects", "项目", lambda one: _count(one.activity.projects), 34, align="right"),
    Column("stars", "星级", lambda one: _stars(one).plain, 40),
    Column("reported", "述职", lambda one: _reported(one).text, 44),
    Column("reason", "离任原因", lambda one: one.seat.ended_reason, 70),
)


def turn_columns(today: date) -> tuple[Column, ...]:
    def chip(one: TurnView) -> Cell:
        return Cell(chips=(turn_chip(one, today),))

    return (
        Column("since", "从", lambda one: f"{one.since:%Y-%m-%d}", 98),
        Column("until", "到", lambda one: f"{one.until:%Y-%m-%d}", 98),
        Column("name", "轮值主席", lambda one: Cell(one.name, bold=True), 84),
        Column("unit", "单位", lambda one: one.unit, 120, weight=2),
        Column("state", "状态", chip, 70),
    )


def _moved(one: MemberChange) -> Cell:
    return Cell(chips=(Chip(one.what, "ok" if one.what == JOINED else "grey"),))


CHANGE_COLUMNS = (
    Column("on", "日期", lambda one: f"{one.on:%m-%d}", 60),
    Column("what", "变动", _moved, 64),
    Column("name", "姓名", lambda one: Cell(one.name, bold=True), 74),
    Column("unit", "单位", lambda one: one.unit, 110, weight=3),
    Column("reason", "原因", lambda one: one.reason, 64, weight=1, large_mode=False),
)
