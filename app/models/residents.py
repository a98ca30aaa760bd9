"""Who lives where: dwellings, households, residents, their tags and events."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, and_
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    Key,
    Text10,
    Text20,
    Text40,
    Text60,
    Versioned,
    by_value,
    label,
)


class EventKind(enum.StrEnum):
    """What changed a person's standing (变动)."""

    BORN = "born"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    DIED = "died"
    CHANGED_HOUSEHOLD = "changed_household"


class Departure(enum.StrEnum):
    """Why a resident no longer counts; no value means that the person counts."""

    MOVED_OUT = "moved_out"
    DIED = "died"


class Dwelling(Versioned, Deletable, Base):
    """One flat (房屋): building - unit - room; unit and room are '' where there is none."""

    __tablename__ = "dwelling"
    __table_args__ = (Index("uq_dwelling_place", "building_id", "unit", "room", unique=True),)

    id: Mapped[Key]
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"), info=label("楼"))
    unit: Mapped[Text10] = mapped_column(default="", info=label("单元"))
    room: Mapped[Text20] = mapped_column(default="", info=label("室"))
    kind: Mapped[str | None] = mapped_column(String(20), info=label("房屋性质"))
    # Digits padded with zeros, so that 10 号楼 comes after 9 号楼.
    place_order: Mapped[Text60] = mapped_column(index=True)


class Household(Versioned, Deletable, Base):
    __tablename__ = "household"

    id: Mapped[Key]
    number: Mapped[Text20] = mapped_column(unique=True, info=label("户号"))
    dwelling_id: Mapped[int | None] = mapped_column(
        ForeignKey("dwelling.id"), index=True, info=label("住处")
    )
    # use_alter: residents and households point at each other. The index is for the key: without
    # it every resident who is deleted would be looked for in all households.
    head_id: Mapped[int | None] = mapped_column(
        ForeignKey("resident.id", use_alter=True), index=True, info=label("户主")
    )


class Resident(Versioned, Deletable, Base):
    """A person. Names of codes (汉族, 中共党员, 户主) are stored as offices write them."""

    __tablename__ = "resident"

    id: Mapped[Key]
    name: Mapped[Text60] = mapped_column(info=label("姓名"))
    former_name: Mapped[str | None] = mapped_column(String(60), info=label("曾用名"))
    name_order: Mapped[str] = mapped_column(String(200))
    sex: Mapped[str | None] = mapped_column(String(2), info=label("性别"))
    birth_date: Mapped[date | None] = mapped_column(index=True, info=label("出生日期"))
    document_kind: Mapped[str] = mapped_column(String(20), default="none", info=label("证件类型"))
    document_number: Mapped[str | None] = mapped_column(
        String(40), index=True, info=label("证件号码")
    )
    ethnic_group: Mapped[str | None] = mapped_column(String(20), info=label("民族"))
    political_status: Mapped[str | None] = mapped_column(String(20), info=label("政治面貌"))
    education: Mapped[str | None] = mapped_column(String(20), info=label("文化程度"))
    marital_status: Mapped[str | None] = mapped_column(String(10), info=label("婚姻状况"))
    phone: Mapped[str | None] = mapped_column(String(20), index=True, info=label("电话"))
    # Further numbers, joined by 、 in the order in which they were given.
    other_phones: Mapped[str | None] = mapped_column(String(100), info=label("备用电话"))
    occupation: Mapped[str | None] = mapped_column(String(60), info=label("职业"))
    workplace: Mapped[str | None] = mapped_column(String(120), info=label("工作单位"))
    registered_address: Mapped[str | None] = mapped_column(String(200), info=label("户籍地址"))
    dwelling_id: Mapped[int | None] = mapped_column(
        ForeignKey("dwelling.id"), index=True, info=label("现住址")
    )
    # Where the present address is outside the community or cannot be split.
    other_address: Mapped[str | None] = mapped_column(String(200), info=label("其他住址"))
    household_id: Mapped[int | None] = mapped_column(
        ForeignKey("household.id"), index=True, info=label("户")
    )
    relation: Mapped[str | None] = mapped_column(String(20), info=label("与户主关系"))
    residence_status: Mapped[str | None] = mapped_column(String(20), info=label("居住状态"))
    grid_id: Mapped[int | None] = mapped_column(
        ForeignKey("grid.id"), index=True, info=label("网格")
    )
    # Why the office may hold this person's data (个人信息保护法 13): 同意, 履行法定职责 ...
    lawful_basis: Mapped[str | None] = mapped_column(String(20), info=label("处理依据"))
    consent_on: Mapped[date | None] = mapped_column(info=label("同意日期"))
    # Consent was withdrawn: the data is kept as the law asks, and used for nothing else (47).
    withdrawn_on: Mapped[date | None] = mapped_column(info=label("撤回同意"))
    checked_on: Mapped[date | None] = mapped_column(info=label("核对日期"))
    note: Mapped[str | None] = mapped_column(Text, info=label("备注"))
    departure: Mapped[Departure | None] = mapped_column(by_value(Departure), info=label("去向"))
    departed_on: Mapped[date | None] = mapped_column(info=label("离开日期"))
    # Of two records of one person, the one that was given up; its history is read with the other's.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    # Everything that told who it was is gone; the row stays for the ledgers that point at it.
    erased_on: Mapped[date | None] = mapped_column(info=label("抹去日期"))


_PRESENT = and_(Resident.deleted_at.is_(None), Resident.departure.is_(None))

# (No postgresql_where: it would load that whole dialect at every start.)
# The list's default order, covering: opening 100,000 people reads this index and nothing else.
Index(
    "ix_resident_present_by_name",
    Resident.name_order,
    Resident.id,
    sqlite_where=_PRESENT,
)
# The households of everybody who counts, in order: they are counted without touching a person.
Index(
    "ix_resident_present_by_household",
    Resident.household_id,
    sqlite_where=_PRESENT,
)


class ResidentPhoto(Base):
    """An optional photo, apart from the resident so that lists never read it."""

    __tablename__ = "resident_photo"
    __journaled__ = False

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), primary_key=True)
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)


class Tag(Versioned, Deletable, Base):
    """A special group (特殊群体标签). Those of 综治类 are off unless switched on.

    `sensitive` ones (个人信息保护法 28: health, a specific identity) are seen by those permitted.
    """

    __tablename__ = "tag"

    id: Mapped[Key]
    name: Mapped[Text20] = mapped_column(unique=True, info=label("标签"))
    group: Mapped[Text20] = mapped_column(info=label("类别"))
    tone: Mapped[Text10] = mapped_column(default="grey")
    enabled: Mapped[bool] = mapped_column(default=True, info=label("启用"))
    sensitive: Mapped[bool] = mapped_column(default=False, info=label("敏感"))
    position: Mapped[int] = mapped_column(default=0)


class ResidentTag(Base):
    """A tag on a person for a time; ended ones stay, with `until`."""

    __tablename__ = "resident_tag"
    __table_args__ = (Index("ix_resident_tag_tag", "tag_id", "resident_id"),)

    id: Mapped[Key]
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), info=label("标签"))
    since: Mapped[date | None] = mapped_column(info=label("开始"))
    until: Mapped[date | None] = mapped_column(info=label("结束"))
    source: Mapped[str | None] = mapped_column(String(40), info=label("来源"))
    level: Mapped[str | None] = mapped_column(String(20), info=label("等级"))


class ResidentEvent(Base):
    """Born, moved in or out, died, changed household: dated; `revoked_at` when taken back."""

    __tablename__ = "resident_event"

    id: Mapped[Key]
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(by_value(EventKind), info=label("变动"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    note: Mapped[str | None] = mapped_column(String(200), info=label("说明"))
    from_household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    to_household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(info=label("撤回"))


class PrivacyKind(enum.StrEnum):
    """What was done about a person's data (domain.md 10.1)."""

    INFORMED = "informed"
    CONSENTED = "consented"
    GUARDIAN_CONSENTED = "guardian_consented"
    WITHDRAWN = "withdrawn"
    CORRECTION_ASKED = "correction_asked"
    CORRECTED = "corrected"
    COPY_GIVEN = "copy_given"
    KEPT_LONGER = "kept_longer"
    ERASED = "erased"


class PrivacyEvent(Base):
    """One line of a person's register of consent: who gave or asked what, when, on which paper."""

    __tablename__ = "privacy_event"

    id: Mapped[Key]
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    kind: Mapped[PrivacyKind] = mapped_column(by_value(PrivacyKind), info=label("事项"))
    on_date: Mapped[date] = mapped_column(index=True, info=label("日期"))
    # Who signed where it is not the person: a guardian, and what he is to the child.
    by_name: Mapped[str | None] = mapped_column(String(60), info=label("签字人"))
    by_relation: Mapped[str | None] = mapped_column(String(20), info=label("与本人关系"))
    # Of a correction that was made: the request that it answers.
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("privacy_event.id"), index=True)
    # Of data that is kept beyond its time, for a reason: how long.
    until: Mapped[date | None] = mapped_column(info=label("保存到"))
    # Where the signed sheet is filed.
    filed_at: Mapped[str | None] = mapped_column(String(60), info=label("存放"))
    note: Mapped[str | None] = mapped_column(String(200), info=label("说明"))
    user_name: Mapped[Text40] = mapped_column(default="")
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(info=label("撤回登记"))


class DistinctPair(Base):
    """Two residents that look alike and are, the office says, not the same (不是同一人)."""

    __tablename__ = "distinct_pair"
    __table_args__ = (
        CheckConstraint("first_id < second_id", name="ordered"),
        Index("uq_distinct_pair", "first_id", "second_id", unique=True),
    )

    id: Mapped[Key]
    first_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    decided_at: Mapped[datetime]
