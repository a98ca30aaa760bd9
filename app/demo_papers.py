"""What a made-up office issued this year: certificates of every stage, and the seal book."""

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import CertificateTemplate, Deed, PointsClaim, PointsItem
from app.services import (
    certificate_life,
    certificates,
    check_codes,
    forbidden,
    points_accounts,
    points_claims,
    points_posting,
    refusals,
    seals,
    templates,
    volunteers,
)
from app.services.certificates import CertificateDraft
from app.services.points_claims import ClaimInput
from app.services.seals import SealInput
from app.services.volunteer_input import VolunteerInput

SECRETARY = "周立群"
CLERKS = ("赵敏", "李娜", "孙丽")
_ISSUED, _SEALED, _REFUSED = 112, 34, 9
_SERVICES = ("助老陪伴", "楼道清洁", "巡逻值守", "垃圾分类引导", "图书整理", "儿童课后看护")
_PURPOSES = (
    ("申报星级志愿者", "海湾街道团工委"),
    ("学校综合素质评价", "普兰店区第二中学"),
    ("单位评优", "本人所在单位"),
    ("积分入学志愿服务登记", "普兰店区教育局"),
)
_HONORS = ("最美志愿者", "热心邻居", "优秀楼长", "文明家庭")
_SEAL_USES = (
    "居民代表会议签到表",
    "社区活动场地使用申请",
    "网格员考勤汇总表",
    "社区食堂采购对账单",
    "志愿者保险投保单",
    "消防安全检查记录表",
    "党员报到登记汇总表",
)


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing done on a day of the past, by one of the clerks unless it says by whom.

    With a role it is done with what that role may do.
    """

    day: date
    sentence: str
    act: Callable[[Session, datetime], object]
    who: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Served:
    """An afternoon of service."""

    on: date
    half_hours: int
    words: str


def prepare(session: Session, *, seed: int) -> None:
    """A key that is the same every time, and a certificate of honour that may be used."""
    check_codes.set_key(session, hashlib.sha256(str(seed).encode()).hexdigest())
    honor = session.scalars(
        select(CertificateTemplate).where(CertificateTemplate.key == "honor")
    ).one()
    view = templates.template(session, honor.id)
    entered = replace(view.entered, legal_basis="望海社区居民公约（演示资料）第十二条")
    templates.save(session, honor.id, entered, view.version)
    templates.set_enabled(session, honor.id, True)


class Papers:
    """Errands about papers, from the beginning of the year until yesterday."""

    def __init__(self, people: Sequence[tuple[int, str]], *, seed: int, today: date) -> None:
        self._people = list(people)
        self._chance = random.Random(seed + 1)  # noqa: S311 - made up, the same every time
        self._today = today

    def errands(self) -> list[Errand]:
        """All of them in the order of their days."""
        made = [self._issued(day) for day in self._days(_ISSUED - 3)]
        made += [self._sealed(day) for day in self._days(_SEALED)]
        made += [self._refused(day) for day in self._days(_REFUSED)]
        return sorted(made, key=lambda errand: errand.day)

    def of_today(self) -> list[Errand]:
        """What stands on the desk: three numbers of today, one paper that waits, two drafts."""
        return [
            self._paper(self._today, "作废", self._volunteer),
            self._paper(self._today, "已领取", self._volunteer),
            self._paper(self._today, "待领取", self._volunteer),
            self._paper(self._today, "待批", self._guardian),
            self._paper(self._today, "草稿", self._honor),
            self._paper(self._today, "草稿", self._volunteer),
        ]

    def _days(self, count: int) -> list[date]:
        """Working days of this year before today, by chance; none in its first days."""
        first = date(self._today.year, 1, 5)
        span = (self._today - first).days
        if span < 1:
            return []
        days = (first + timedelta(days=self._chance.randrange(span)) for _ in range(count))
        return sorted(self._workday(day) for day in days)

    def _workday(self, day: date) -> date:
        day -= timedelta(days=max(0, day.weekday() - 4))
        return max(day, date(self._today.year, 1, 5))

    def _issued(self, day: date) -> Errand:
        roll = self._chance.random()
        kind = self._guardian if roll < 0.07 else self._honor if roll < 0.2 else self._volunteer
        fate = (
            "已领取" if (self._today - day).days > 5 else self._chance.choice(("已领取", "待领取"))
        )
        if self._chance.random() < 0.05:
            fate = "作废"
        elif self._chance.random() < 0.06:
            fate = "补打"
        return self._paper(day, fate, kind)

    def _paper(
        self, day: date, fate: str, kind: Callable[[CertificateDraft, date], CertificateDraft]
    ) -> Errand:
        resident_id, name = self._people.pop()
        key = {"_guardian": "guardianship", "_honor": "honor"}.get(
            kind.__name__, "volunteer_service"
        )
        clerk = self._chance.choice(CLERKS)
        served = self._served(day) if key == "volunteer_service" else []

        def act(session: Session, now: datetime) -> None:
            if served:
                _serve(session, resident_id, served, now)
            template = session.scalars(
                select(CertificateTemplate.id).where(CertificateTemplate.key == key)
            ).one()
            blank, _ = certificates.blank(session, template, resident_id, today=now.date())
            draft = kind(replace(blank, verified_by=clerk), day)
            _live(session, draft, fate, clerk=clerk, now=now)

        return Errand(day, f"{_DONE[fate]} {name} 的{_TITLES[key]}", act)

    def _served(self, day: date) -> list[Served]:
        """A few afternoons of the last two months, all of one kind."""
        words = self._chance.choice(_SERVICES)
        weeks = sorted(self._chance.sample(range(1, 9), self._chance.randint(2, 4)), reverse=True)
        return [
            Served(day - timedelta(weeks=week), self._chance.choice((3, 4, 5)), words)
            for week in weeks
        ]

    def _volunteer(self, draft: CertificateDraft, day: date) -> CertificateDraft:
        purpose, recipient = self._chance.choice(_PURPOSES)
        begun = day - timedelta(days=self._chance.randint(60, 300))
        return replace(
            draft,
            purpose=purpose,
            recipient=recipient,
            answers={"起止日期": f"{_long(begun)}至{_long(day)}"},
        )

    def _guardian(self, draft: CertificateDraft, _day: date) -> CertificateDraft:
        answers = {
            "填:核实的监护情况": "监护人因外出务工暂不能照料，已书面委托亲属代为照料，各方意见一致",
            "填:适用的条款，如第三十一条": "第三十一条",
            "填:本居委会的意见": "同意在监护人外出期间由受托人照料，并由网格员每月走访一次",
        }
        typed = {"性别": "女", "出生日期": "1956年4月12日", "现住址": "望海社区"}
        return replace(
            draft,
            purpose="办理委托照护登记",
            recipient="海湾街道办事处",
            answers={**typed, **answers},
        )

    def _honor(self, draft: CertificateDraft, day: date) -> CertificateDraft:
        return replace(
            draft,
            purpose="表彰",
            answers={
                "填:年度或活动名称": f"望海社区 {day.year} 年度邻里互助活动",
                "填:事迹，一句话": "热心助人、事迹突出",
                "填:荣誉称号": self._chance.choice(_HONORS),
            },
        )

    def _sealed(self, day: date) -> Errand:
        content, clerk = self._chance.choice(_SEAL_USES), self._chance.choice(CLERKS)
        copies = self._chance.randint(1, 3)

        def act(session: Session, now: datetime) -> None:
            entered = SealInput(
                used_at=now,
                seal=seals.seal_name(session),
                content=content,
                copies=copies,
                approved_by=SECRETARY,
                handled_by=clerk,
                applicant=next(name for name in CLERKS if name != clerk),
            )
            seals.add(session, entered, now=now)

        return Errand(day, f"登记用印：{content}", act)

    def _refused(self, day: date) -> Errand:
        resident_id, name = self._people.pop()
        item, clerk = self._chance.choice(forbidden.national()), self._chance.choice(CLERKS)

        def act(session: Session, now: datetime) -> None:
            refusals.make_refusal(
                session,
                applicant=name,
                resident_id=resident_id,
                matter=item.name,
                item=item,
                handled_by=clerk,
                today=now.date(),
            )

        return Errand(day, f"不予出具 {item.name}", act)


def _serve(session: Session, resident_id: int, served: Sequence[Served], now: datetime) -> None:
    """What stands in the book of hours before a record of it is made out."""
    begun = served[0].on
    entered = VolunteerInput(resident_id=resident_id, registered_on=begun, record_consent_on=begun)
    volunteer_id = volunteers.add(session, entered, now=now)
    account = points_accounts.ensure_account(session, resident_id=resident_id, today=begun)
    item = session.scalars(select(PointsItem.id).where(PointsItem.deed == Deed.SERVICE)).first()
    for one in served:
        claim = ClaimInput(
            account_id=account,
            item_id=item or 0,
            on_date=one.on,
            volunteer_id=volunteer_id,
            half_hours=one.half_hours,
            points=0,
            words=one.words,
            reason="启用本程序前的签到表",
            place="社区服务站",
            leader=SECRETARY,
        )
        row = session.get_one(PointsClaim, points_claims.enter(session, claim, now=now))
        points_posting.post(session, row, now=now, reviewed_by=SECRETARY)


_TITLES = {
    "volunteer_service": "志愿服务记录证明",
    "guardianship": "监护相关情况说明",
    "honor": "荣誉证书",
}
_DONE = {
    "已领取": "办结",
    "待领取": "打印",
    "补打": "补打",
    "作废": "作废",
    "待批": "送批",
    "草稿": "起草",
}


def _live(
    session: Session, draft: CertificateDraft, fate: str, *, clerk: str, now: datetime
) -> None:
    """One paper from its draft to where it was left, the steps some minutes apart."""
    begun = now - timedelta(minutes=14)
    key = certificates.save_draft(session, None, draft, handled_by=clerk, now=begun)
    if fate == "草稿":
        return
    seen = now - timedelta(minutes=11)
    certificate_life.accept_preview(session, key, user=clerk, role="社工", now=seen)
    if fate == "待批":
        return
    approved = now - timedelta(minutes=8)
    certificate_life.approve(session, key, user=SECRETARY, role="书记", now=approved)
    certificate_life.give_number(session, key, now=now - timedelta(minutes=6), day_checked=True)
    certificate_life.print_started(session, key, now=now - timedelta(minutes=5))
    certificate_life.print_done(session, key, now=now - timedelta(minutes=4))
    if fate in {"已领取", "补打"}:
        certificate_life.collect(session, key, by=draft.holder, relation="本人", now=now)
    if fate == "补打":
        certificate_life.reprint(session, key, now=now)
    if fate == "作废":
        certificate_life.void(session, key, reason="打印后发现日期有误，已另行出具", now=now)


def _long(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
