"""What a check of the data is: what it looks for, why it matters, and how it can be put right."""

import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.services.setting_kinds import FlagSetting


class Level(enum.StrEnum):
    """How bad it is: the file itself, records that contradict each other, what is wanting."""

    DAMAGED = "损坏"
    WRONG = "要看"
    WANTING = "提醒"


class Group(enum.StrEnum):
    """The parts of the report, in its order."""

    FILE = "资料文件"
    BOOKS = "账本"
    SEARCH = "搜索目录"
    HOMES = "户和户主"
    PLACES = "住处和网格"
    GRIDS = "任职和包联"
    ROUNDS = "走访和诉求"
    MEETINGS = "议事"
    DATES = "日期"
    NUMBERS = "证件和电话"
    TAGS = "标签"
    PAPERS = "证明和模板"
    TWINS = "重复的人"
    WANTING = "资料不全"
    PICTURES = "照片"


class Kind(enum.StrEnum):
    """Which records a check names; the value is what they are counted in."""

    FILE = "处"
    RESIDENT = "人"
    HOUSEHOLD = "户"
    TAG = "条标签"
    PAPER = "份证明"
    TEMPLATE = "个模板"
    NOTICE = "份通知"
    BOOK = "本"
    POST = "个任职"
    PAIRING = "处包联"
    VISIT = "次走访"
    SHEET_ROW = "行走访单"
    DIARY = "条日记"
    REQUEST = "件诉求"
    ACCOUNT = "个账户"
    HOURS = "笔时长"
    GOODS = "种商品"
    REDEMPTION = "笔兑换"
    MONTH = "次月结"
    MEAL = "餐"
    MEAL_ACCOUNT = "个用餐账户"
    MEAL_MONTH = "次用餐月结"
    CLAIM_PART = "笔申报"
    ORDER = "份订餐"
    TOPIC = "个议题"
    SEAT = "个成员"
    VOTE = "次表决"
    RESOLUTION = "项决议"
    PROJECT = "个项目"
    FUND = "个经费来源"


Found = tuple[int, str]
"""A record's id and, in a few words, what is the matter with it; numbers are masked."""
Look = Callable[[Session, datetime], Iterable[Found]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What the program can put right; each use is one transaction that can be undone."""

    label: str
    """On the button."""
    promise: str
    """What it does, in one sentence, before it is done."""
    mend: Callable[[Session, Sequence[int], datetime], int]
    """Puts these records right; returns how many it changed."""
    propose: Callable[[Session, Sequence[int], datetime], dict[int, str]] | None = None
    """What it would make of each of these records, where that is a choice."""
    by_itself: bool = False
    """Whether nobody has to choose: what is written follows from other records alone."""
    undoable: bool = True
    """False where no record changes, so that there is nothing to take back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that can be wrong. `look` finds the records; the file's own checks have none."""

    key: str
    group: Group
    level: Level
    kind: Kind
    title: str
    why: str
    example: str
    look: Look | None = None
    repair: Repair | None = None
    wanted: FlagSetting | None = None
    """The setting that says whether the office wants to be told."""
    whole: bool = False
    """Whether only somebody who sees the people of all grids can be told."""
