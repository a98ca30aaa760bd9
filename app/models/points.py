"""Points (积分): what gives how many, accounts, claims under review, the ledger, its months."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    Key,
    Text40,
    Versioned,
    Worded,
    by_value,
    label,
)
from app.models.codes import AccountState, ClaimState, Deed


class PointsUnit(Worded):
    """What a rule counts."""

    HOUR = "hour", "小时"
    TIME = "time", "次"
    DAY = "day", "天"
    KILOGRAM = "kilogram", "公斤"
    PIECE = "piece", "条"


class Rounding(Worded):
    """What becomes of part of a point."""

    NEAREST = "nearest", "四舍五入"
    DOWN = "down", "舍去"
    UP = "up", "进位"


class PointsItem(Versioned, Deletable, Base):
    """A matter that gives points (or takes them): 楼道清扫, 厨余垃圾, 建议被采纳."""

    __tablename__ = "points_item"

    id: Mapped[Key]
    name: Mapped[Text40] = mapped_column(info=label("事项"))
    deed: Mapped[Deed] = mapped_column(by_value(Deed), info=label("类型"))
    enabled: Mapped[bool] = mapped_column(default=True, info=label("启用"))
    position: Mapped[int] = mapped_column(default=0)


class PointsRule(Versioned, Deletable, Base):
    """What an item gives from a day to a day; one that was used is never changed, a new one begins.

    Caps in points: for one time, for an account and a day, for a household and a day.
    """

    __tablename__ = "points_rule"
    __table_args__ = (Index("ix_points_rule_item", "item_id", "since"),)

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("points_item.id"), info=label("事项"))
    points: Mapped[int] = mapped_column(info=label("积分"))
    per: Mapped[PointsUnit] = mapped_column(by_value(PointsUnit), info=label("每"))
    rounding: Mapped[Rounding] = mapped_column(
        by_value(Rounding), default=Rounding.NEAREST, info=label("不足 1 分")
    )
    cap_once: Mapped[int | None] = mapped_column(info=label("每次最多"))
    cap_day: Mapped[int | None] = mapped_column(info=label("每天最多"))
    cap_household_day: Mapped[int | None] = mapped_column(info=label("每户每天最多"))
    since: Mapped[date] = mapped_column(info=label("开始执行"))
    until: Mapped[date | None] = mapped_column(info=label("停止执行"))
    source: Mapped[str | None] = mapped_column(String(120), info=label("依据"))


class ExpiryWay(Worded):
    """Until when points can be used."""

    NEVER = "never", "一直有效"
    YEAR_END = "year_end", "当年年底"
    NEXT_YEAR = "next_year", "次年某月底"
    MONTHS = "months", "满若干个月的月底"


class ExpiryRule(Versioned, Deletable, Base):
    """How long points last that are earned from a day on; earlier ones keep their day."""

    __tablename__ = "expiry_rule"

    id: Mapped[Key]
    way: Mapped[ExpiryWay] = mapped_column(by_value(ExpiryWay), info=label("有效期"))
    # The month of the next year, or how many months.
    number: Mapped[int | None] = mapped_column(info=label("月数"))
    since: Mapped[date] = mapped_column(index=True, info=label("开始执行"))
    source: Mapped[str | None] = mapped_column(String(120), info=label("依据"))


class PointsAccount(Versioned, Base):
    """An account of one person, or shared by a household. Exactly one of the three ids is there."""

    __tablename__ = "points_account"

    id: Mapped[Key]
    resident_id: Mapped[int | None] = mapped_column(
        ForeignKey("resident.id"), unique=True, info=label("居民")
    )
    volunteer_id: Mapped[int | None] = mapped_column(
        ForeignKey("volunteer.id"), unique=True, info=label("志愿者")
    )
    household_id: Mapped[int | None] = mapped_column(
        ForeignKey("household.id"), unique=True, info=label("户")
    )
    state: Mapped[AccountState] = mapped_column(
        by_value(AccountState), default=AccountState.OPEN, info=label("状态")
    )
    opened_on: Mapped[date] = mapped_column(info=label("开户日期"))
    frozen_on: Mapped[date | None] = mapped_column(info=label("冻结日期"))
    frozen_by: Mapped[str | None] = mapped_column(String(40), info=label("冻结人"))
    frozen_reason: Mapped[str | None] = mapped_column(String(120), info=label("冻结原因"))
    closed_on: Mapped[date | None] = mapped_column(info=label("销户日期"))


class PointsCard(Versioned, Base):
    """A code that opens an account: on a card that we print, or the number of a chip card."""

    __tablename__ = "points_card"

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("points_account.id"), index=True)
    code: Mapped[Text40] = mapped_column(unique=True, info=label("卡号"))
    # False: a card of another kind that was bound to the account.
    printed: Mapped[bool] = mapped_column(default=True, info=label("本社区印的卡"))
    issued_on: Mapped[date] = mapped_column(info=label("发卡日期"))
    issued_by: Mapped[Text40] = mapped_column(default="", info=label("发卡人"))
    void_on: Mapped[date | None] = mapped_column(info=label("作废日期"))


class ClaimOrigin(Worded):
    """Where a claim comes from."""

    ACTIVITY = "activity", "活动"
    DELIVERY = "delivery_claim", "送餐"
    MEETING = "meeting_claim", "议事"
    RECYCLING = "recycling_claim", "回收"
    BY_HAND = "by_hand", "手工"


class PointsClaim(Versioned, Base):
    """What somebody is to get for a matter, hours and points, until a second person agreed."""

    __tablename__ = "points_claim"
    __table_args__ = (
        Index("ix_points_claim_state", "state", "id"),
        Index("ix_points_claim_account", "account_id", "on_date"),
    )

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("points_account.id"), info=label("账户"))
    volunteer_id: Mapped[int | None] = mapped_column(
        ForeignKey("volunteer.id"), index=True, info=label("志愿者")
    )
    item_id: Mapped[int] = mapped_column(ForeignKey("points_item.id"), info=label("事项"))
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("points_rule.id"), info=label("规则"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    # Hundredths of the rule's unit.
    quantity: Mapped[int] = mapped_column(default=0, info=label("数量"))
    half_hours: Mapped[int] = mapped_column(default=0, info=label("服务时长"))
    points: Mapped[int] = mapped_column(info=label("积分"))
    words: Mapped[str] = mapped_column(String(120), default="", info=label("事项说明"))
    origin: Mapped[ClaimOrigin] = mapped_column(by_value(ClaimOrigin), info=label("来源"))
    # `participation:12`: the same matter is not posted twice. Freed when it is returned.
    source_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    activity_id: Mapped[int | None] = mapped_column(
        ForeignKey("activity.id"), index=True, info=label("活动")
    )
    reason: Mapped[str | None] = mapped_column(String(200), info=label("原因"))
    witness: Mapped[str | None] = mapped_column(String(60), info=label("证明人"))
    # Of hours that no activity tells of (order 67 art. 7); times are minutes of the day.
    place: Mapped[str | None] = mapped_column(String(80), info=label("服务地点"))
    organiser: Mapped[str | None] = mapped_column(String(60), info=label("组织单位"))
    leader: Mapped[str | None] = mapped_column(String(60), info=label("负责人"))
    starts: Mapped[int | None] = mapped_column(info=label("开始时间"))
    ends: Mapped[int | None] = mapped_column(info=label("结束时间"))
    # Art. 26: what another body called for, that body records and certifies.
    ours: Mapped[bool] = mapped_column(default=True, info=label("由本社区招募"))
    # When it was typed into the ministry's system (art. 4).
    system_on: Mapped[date | None] = mapped_column(info=label("录入全国系统的日期"))
    # A penalty is told first; it counts after the days for an appeal.
    told_on: Mapped[date | None] = mapped_column(info=label("告知日期"))
    state: Mapped[ClaimState] = mapped_column(
        by_value(ClaimState), default=ClaimState.WAITING, info=label("状态")
    )
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("经手"))
    entered_at: Mapped[datetime] = mapped_column(info=label("录入时间"))
    reviewed_by: Mapped[str | None] = mapped_column(String(40), info=label("复核"))
    reviewed_at: Mapped[datetime | None] = mapped_column(info=label("复核时间"))
    answer: Mapped[str | None] = mapped_column(String(200), info=label("退回说明"))


class EntryKind(Worded):
    """The kinds of lines in the ledger (domain.md 3.4)."""

    EARNED = "earned", "获得"
    PENALTY = "penalty_entry", "扣分"
    REDEEMED = "redeemed", "兑换"
    EXPIRED = "expired", "到期清零"
    MOVED_OUT = "moved_out", "转出"
    MOVED_IN = "moved_in", "转入"
    REVERSAL = "reversal", "冲正"


class PointsEntry(Base):
    """One line of the points ledger (积分账), never changed: errors are met by a counter-entry."""

    __tablename__ = "points_entry"
    __ledger__ = True
    __table_args__ = (
        Index("ix_points_entry_account", "account_id", "id"),
        Index("ix_points_entry_month", "month", "account_id", "points"),
        Index("ix_points_entry_day", "on_date", "id"),
    )

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("points_account.id"), info=label("账户"))
    kind: Mapped[EntryKind] = mapped_column(by_value(EntryKind), info=label("种类"))
    points: Mapped[int] = mapped_column(info=label("积分"))
    # Of the account, after this line.
    balance: Mapped[int] = mapped_column(info=label("余额"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    booked_at: Mapped[datetime] = mapped_column(info=label("记账时间"))
    # 202611: the month in whose book it stands; a closed one takes nothing more.
    month: Mapped[int] = mapped_column(info=label("账月"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("points_item.id"), info=label("事项"))
    quantity: Mapped[int] = mapped_column(default=0, info=label("数量"))
    words: Mapped[str] = mapped_column(String(120), default="", info=label("事项说明"))
    # Of points that were earned; None: they last.
    expires_on: Mapped[date | None] = mapped_column(info=label("到期日"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("points_claim.id"), index=True)
    redemption_id: Mapped[int | None] = mapped_column(ForeignKey("redemption.id"), index=True)
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("points_entry.id"), unique=True, info=label("冲正")
    )
    # The other half of a transfer: the line of who gave.
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("points_entry.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), info=label("队伍"))
    # Of the day: somebody may live elsewhere later.
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("grid.id"), info=label("网格"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("经手"))
    reviewed_by: Mapped[Text40] = mapped_column(default="", info=label("复核"))


class PointsBalance(Base):
    """The sum of an account's lines, kept so that the file itself refuses to go below zero."""

    __tablename__ = "points_balance"
    __journaled__ = False
    __table_args__ = (CheckConstraint("balance >= 0", name="not_below_zero"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("points_account.id"), primary_key=True)
    balance: Mapped[int] = mapped_column(default=0)
    # So many lines of the account stand in its printed book (积分存折), which goes on after them.
    printed: Mapped[int] = mapped_column(default=0)


class PointsLot(Base):
    """Points that came in by one line and are not used up; used first in, first out by expiry."""

    __tablename__ = "points_lot"
    __journaled__ = False
    __table_args__ = (
        CheckConstraint("left >= 0 AND left <= points", name="within_its_points"),
        # What an account can still use, in the order in which it is used.
        Index("ix_points_lot_account", "account_id", "expires_on", "entry_id", "left"),
        Index("ix_points_lot_expiry", "expires_on", "left"),
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("points_entry.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("points_account.id"))
    points: Mapped[int]
    left: Mapped[int]
    expires_on: Mapped[date | None] = mapped_column()


class LotUse(Base):
    """So many points of a lot went into a line that took points; negative where they came back."""

    __tablename__ = "lot_use"
    __ledger__ = True
    __journaled__ = False

    id: Mapped[Key]
    entry_id: Mapped[int] = mapped_column(ForeignKey("points_entry.id"), index=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("points_lot.entry_id"), index=True)
    points: Mapped[int]


class PointsMonth(Versioned, Base):
    """A month that is closed (月结): its sums, and how far it is made public."""

    __tablename__ = "points_month"
    # Its steps are taken back from the last one on: nothing hangs that nobody signed.
    __papers__ = True

    id: Mapped[Key]
    month: Mapped[int] = mapped_column(unique=True, info=label("账月"))
    opening: Mapped[int] = mapped_column(info=label("上月结余"))
    earned: Mapped[int] = mapped_column(info=label("本月新增"))
    spent: Mapped[int] = mapped_column(info=label("本月兑换"))
    closing: Mapped[int] = mapped_column(info=label("本月结余"))
    accounts: Mapped[int] = mapped_column(info=label("账户数"))
    closed_at: Mapped[datetime] = mapped_column(info=label("月结时间"))
    closed_by: Mapped[Text40] = mapped_column(default="", info=label("月结人"))
    prepared_on: Mapped[date | None] = mapped_column(info=label("生成公示日期"))
    signed_on: Mapped[date | None] = mapped_column(info=label("审核日期"))
    signed_by: Mapped[str | None] = mapped_column(String(40), info=label("审核人"))
    posted_on: Mapped[date | None] = mapped_column(info=label("张贴日期"))
    posted_at: Mapped[str | None] = mapped_column(String(120), info=label("张贴地点"))
    public_until: Mapped[date | None] = mapped_column(info=label("异议期到"))
    archived_on: Mapped[date | None] = mapped_column(info=label("归档日期"))


class Appeal(Versioned, Base):
    """Somebody says that a line, a penalty or the public list is wrong, and what came of it."""

    __tablename__ = "appeal"

    id: Mapped[Key]
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("points_account.id"), index=True, info=label("账户")
    )
    entry_id: Mapped[int | None] = mapped_column(
        ForeignKey("points_entry.id"), index=True, info=label("流水")
    )
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("points_claim.id"), index=True)
    # The public list that it is about.
    month: Mapped[int | None] = mapped_column(index=True, info=label("账月"))
    raised_on: Mapped[date] = mapped_column(info=label("提出日期"))
    raised_by: Mapped[str] = mapped_column(String(60), info=label("提出人"))
    words: Mapped[str] = mapped_column(String(300), info=label("申诉内容"))
    answered_on: Mapped[date | None] = mapped_column(info=label("答复日期"))
    answered_by: Mapped[str | None] = mapped_column(String(40), info=label("答复人"))
    upheld: Mapped[bool | None] = mapped_column(info=label("成立"))
    answer: Mapped[str | None] = mapped_column(String(300), info=label("答复"))
