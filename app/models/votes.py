"""Voting (表决): the rules with their thresholds, what was counted, and the single ballots."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    JsonDict,
    Key,
    Text20,
    Text40,
    Text60,
    Versioned,
    by_value,
    label,
)
from app.models.codes import Basis, BodyKind, Choice, Matter, VoteWay


class VoteRule(Versioned, Deletable, Base):
    """The thresholds of one kind of body for one kind of matter, in force from a day to a day.

    All comparisons are of integers: `strict` means more than num/den, else at least that much
    (过半数: 2n > N; 三分之二以上: 3n >= 2N). num 0 means that there is none. Area thresholds only
    for owners (民法典 278). A rule that does not decide yields an opinion (居委会组织法 32).
    """

    __tablename__ = "vote_rule"
    __table_args__ = (Index("ix_vote_rule_kind", "kind", "matter", "since"),)

    id: Mapped[Key]
    code: Mapped[Text20] = mapped_column(info=label("规则"))
    name: Mapped[Text60] = mapped_column(info=label("名称"))
    kind: Mapped[BodyKind] = mapped_column(by_value(BodyKind), info=label("用于"))
    matter: Mapped[Matter] = mapped_column(by_value(Matter), info=label("事项"))
    since: Mapped[date] = mapped_column(info=label("施行日期"))
    until: Mapped[date | None] = mapped_column(info=label("施行到"))
    decides: Mapped[bool] = mapped_column(default=True, info=label("能作决定"))
    basis: Mapped[Basis] = mapped_column(by_value(Basis), info=label("应到按"))
    quorum_num: Mapped[int] = mapped_column(default=0, info=label("到会分子"))
    quorum_den: Mapped[int] = mapped_column(default=1, info=label("到会分母"))
    quorum_strict: Mapped[bool] = mapped_column(default=False, info=label("到会须超过"))
    pass_basis: Mapped[Basis] = mapped_column(by_value(Basis), info=label("通过按"))
    pass_num: Mapped[int] = mapped_column(default=0, info=label("通过分子"))
    pass_den: Mapped[int] = mapped_column(default=1, info=label("通过分母"))
    pass_strict: Mapped[bool] = mapped_column(default=False, info=label("通过须超过"))
    # Two tracks: the same thresholds hold for people and for area.
    by_area: Mapped[bool] = mapped_column(default=False, info=label("人数和面积双轨"))
    # How many one member may stand for; 0 where proxies are not provided for.
    proxies: Mapped[int] = mapped_column(default=0, info=label("一人可受托"))
    notice_days: Mapped[int] = mapped_column(default=0, info=label("提前通知天数"))
    # In an emergency it may be called at once, with the reason written down (26).
    at_once: Mapped[bool] = mapped_column(default=False, info=label("可临时通知"))
    # 业主大会: the committee is told at the same time (物业管理条例 14).
    tell_committee: Mapped[bool] = mapped_column(default=False, info=label("须告知居委会"))
    cadence_months: Mapped[int] = mapped_column(default=0, info=label("几个月至少一次"))
    # 28: representatives are at least so much of all members.
    share_num: Mapped[int] = mapped_column(default=0, info=label("代表比例分子"))
    share_den: Mapped[int] = mapped_column(default=1, info=label("代表比例分母"))
    # 30: the party organisation discusses it first; the assembly authorises the representatives.
    party_first: Mapped[bool] = mapped_column(default=False, info=label("先经党组织研究"))
    delegated: Mapped[bool] = mapped_column(default=False, info=label("须居民会议授权"))
    # Who may ask that it be called: 五分之一以上的居民代表.
    call_words: Mapped[str | None] = mapped_column(String(120), info=label("提议召集"))
    article: Mapped[str] = mapped_column(String(80), info=label("依据"))
    article_words: Mapped[str | None] = mapped_column(String(300), info=label("条文要点"))
    # What the program brought is law: it is not edited, another set takes its place.
    shipped: Mapped[bool] = mapped_column(default=False, info=label("随程序提供"))


class Vote(Base):
    """One counted and announced vote: never changed, another vote may follow it.

    The file itself refuses more votes than people. Areas are 0.01 m².
    """

    __tablename__ = "vote"
    __ledger__ = True
    __table_args__ = (
        CheckConstraint("yes >= 0 AND no >= 0 AND abstain >= 0 AND invalid >= 0", name="counted"),
        CheckConstraint("yes + no + abstain + invalid <= voters", name="not_more_than_people"),
        CheckConstraint(
            "area_yes + area_no + area_abstain + area_invalid <= area_voters",
            name="not_more_than_area",
        ),
    )

    id: Mapped[Key]
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    # On an amendment or a procedural motion; None on the item itself.
    motion_id: Mapped[int | None] = mapped_column(ForeignKey("motion.id"), index=True)
    way: Mapped[VoteWay] = mapped_column(by_value(VoteWay), info=label("表决方式"))
    # The thresholds of that day in full: a rule that is changed later changes no result.
    vote_rule_id: Mapped[int | None] = mapped_column(ForeignKey("vote_rule.id"), index=True)
    rule: Mapped[JsonDict] = mapped_column(info=label("当时的规则"))
    # 应到, 到会 (or those who took part) at that moment.
    members: Mapped[int] = mapped_column(info=label("应到"))
    voters: Mapped[int] = mapped_column(info=label("到会"))
    yes: Mapped[int] = mapped_column(info=label("赞成"))
    no: Mapped[int] = mapped_column(info=label("反对"))
    abstain: Mapped[int] = mapped_column(info=label("弃权"))
    invalid: Mapped[int] = mapped_column(default=0, info=label("无效或未投"))
    area_members: Mapped[int] = mapped_column(default=0, info=label("总面积", "area"))
    area_voters: Mapped[int] = mapped_column(default=0, info=label("参加表决的面积", "area"))
    area_yes: Mapped[int] = mapped_column(default=0, info=label("赞成面积", "area"))
    area_no: Mapped[int] = mapped_column(default=0, info=label("反对面积", "area"))
    area_abstain: Mapped[int] = mapped_column(default=0, info=label("弃权面积", "area"))
    area_invalid: Mapped[int] = mapped_column(default=0, info=label("无效面积", "area"))
    # Of ballots on paper.
    issued: Mapped[int | None] = mapped_column(info=label("发出票数"))
    returned: Mapped[int | None] = mapped_column(info=label("收回票数"))
    passed: Mapped[bool] = mapped_column(info=label("通过"))
    # As it was announced, and the proof under it: 25 × 2 = 50，大于 43.
    words: Mapped[str] = mapped_column(String(200), info=label("结果"))
    proof: Mapped[str] = mapped_column(String(300), default="", info=label("算式"))
    announced_at: Mapped[datetime] = mapped_column(info=label("宣布时间"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("计票人"))
    request_key: Mapped[str | None] = mapped_column(String(40), unique=True)


class VoteOption(Base):
    """One of several plans that were voted on (选方案)."""

    __tablename__ = "vote_option"
    __ledger__ = True

    id: Mapped[Key]
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), index=True)
    place: Mapped[int] = mapped_column(info=label("序号"))
    words: Mapped[str] = mapped_column(String(120), info=label("方案"))
    votes: Mapped[int] = mapped_column(info=label("票数"))
    chosen: Mapped[bool] = mapped_column(default=False, info=label("选定"))


class Ballot(Versioned, Base):
    """A ballot with a name or a number, from its issue; without a choice it has not come back.

    Of exactly one: an owner, a member, a household.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        CheckConstraint(
            "(owner_id IS NULL) + (body_member_id IS NULL) + (household_id IS NULL) = 2",
            name="of_one",
        ),
        Index("uq_ballot_owner", "agenda_item_id", "owner_id", unique=True),
        Index("uq_ballot_member", "agenda_item_id", "body_member_id", unique=True),
        Index("uq_ballot_household", "agenda_item_id", "household_id", unique=True),
        Index("uq_ballot_number", "agenda_item_id", "number", unique=True),
    )

    id: Mapped[Key]
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), info=label("议题"))
    number: Mapped[int] = mapped_column(info=label("票号"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("owner.id"), index=True)
    body_member_id: Mapped[int | None] = mapped_column(ForeignKey("body_member.id"), index=True)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), index=True)
    choice: Mapped[Choice | None] = mapped_column(by_value(Choice), info=label("意见"))
    # Who voted in somebody's place, with a written authorisation.
    proxy: Mapped[str | None] = mapped_column(String(60), info=label("受托人"))
    returned_on: Mapped[date | None] = mapped_column(info=label("收回日期"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("录入人"))
