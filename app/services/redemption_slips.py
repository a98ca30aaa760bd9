"""What stands on the slip of a redemption (兑换小票), as it was booked."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Redemption, RedemptionLine
from app.services import points_accounts, settings
from app.services.settings import Settings
from app.storage.lookup import Source, Sql, lookup_of, query

_PREFIX = "DH"


@dataclass(frozen=True, slots=True)
class SlipLine:
    """An article in the words and at the price of that moment."""

    goods_id: int
    name: str
    spec: str
    unit: str
    points: int
    quantity: int

    @property
    def words(self) -> str:
        """洗衣液 2 kg ×1"""
        return f"{self.name} {self.spec}".strip() + f" ×{self.quantity}"

    @property
    def total(self) -> int:
        return self.points * self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipData:
    """`id` is 0 and `number` empty while nothing is booked: the preview of what will come out."""

    shop: str
    name: str
    card: str
    """志愿者编号 0132, or the address of whom has none"""
    lines: tuple[SlipLine, ...]
    points: int
    before: int
    half_hours: int
    at: datetime
    id: int = 0
    version: int = 0
    number: str = ""
    account_id: int = 0
    resident_id: int | None = None
    proxy: str = ""
    proxy_relation: str = ""
    entered_by: str = ""
    reason: str = ""
    """Why the rules of the shop were set aside"""
    taken_back_at: datetime | None = None
    taken_back_by: str = ""
    taken_back_reason: str = ""

    @property
    def after(self) -> int:
        return self.before - self.points

    @property
    def proxy_words(self) -> str:
        """李强（儿子）; '' where the person came."""
        if not self.proxy:
            return ""
        return f"{self.proxy}（{self.proxy_relation}）" if self.proxy_relation else self.proxy


def shop_name(source: Source) -> str:
    """海棠社区积分超市, unless the shop has a name of its own."""
    return shop_of(settings.load(source))


def shop_of(known: Settings) -> str:
    """The same for whoever has read the settings."""
    return shop_words(known[settings.SHOP_NAME], known[settings.COMMUNITY_NAME])


def shop_words(own: str, community: str) -> str:
    """The same of the two settings."""
    return own.strip() or f"{community}积分超市"


def slip(session: Session, redemption_id: int) -> SlipData:
    """The slip of a redemption, to be printed at once or again. DomainError where there is none."""
    row = session.get(Redemption, redemption_id)
    if row is None:
        raise DomainError("没有这张兑换单，请刷新后再看。")
    holder = points_accounts.holder(session, row.account_id)
    return slip_of(session, row, holder, _lines(session, row.id), shop_name(session))


def slip_of(
    session: Session,
    row: Redemption,
    holder: points_accounts.Holder,
    lines: tuple[SlipLine, ...],
    shop: str,
) -> SlipData:
    """The same for whoever knows the account, the lines and the shop's name."""
    return SlipData(
        shop=shop,
        name=_collected_for(session, row, holder),
        card=card_words(holder),
        lines=lines,
        points=row.points,
        before=row.before,
        half_hours=row.half_hours,
        at=row.at,
        id=row.id,
        version=row.version,
        number=row.number,
        account_id=row.account_id,
        resident_id=row.resident_id,
        proxy=row.proxy or "",
        proxy_relation=row.proxy_relation or "",
        entered_by=row.entered_by,
        reason=row.reason or "",
        taken_back_at=row.taken_back_at,
        taken_back_by=row.taken_back_by or "",
        taken_back_reason=row.taken_back_reason or "",
    )


def card_words(holder: points_accounts.Holder) -> str:
    """卡 0132, as it stands on the card; '' for who has no number."""
    return f"卡 {holder.number:04d}" if holder.number else ""


def number_words(day: date, serial: int) -> str:
    """DH-20261202-031"""
    return f"{_PREFIX}-{day:%Y%m%d}-{serial:03d}"


def next_number(source: Source, day: date) -> str:
    """From 1 every day; those that were taken back keep theirs."""
    last = lookup_of(source).value(
        query("number", "redemption", [_on(day)], "ORDER BY id DESC LIMIT 1")
    )
    return number_words(day, int(last.rsplit("-", 1)[1]) + 1 if last else 1)


def by_number(source: Source, typed: str) -> int | None:
    """The redemption whose slip was scanned; None where it is the number of none."""
    where = [Sql("number = ?", (typed.strip().upper(),))]
    found: int | None = lookup_of(source).value(query("id", "redemption", where))
    return found


def was_taken_back(source: Source, redemption_id: int) -> bool:
    """Whether the points and goods of a redemption have returned."""
    gone = [Sql("id = ?", (redemption_id,)), Sql("taken_back_at IS NOT NULL")]
    return lookup_of(source).value(query("id", "redemption", gone)) is not None


def last_of(source: Source, day: date, name: str) -> int | None:
    """What this clerk redeemed last on a day and what still stands; None where there is nothing."""
    where = [_on(day), Sql("entered_by = ?", (name,)), Sql("taken_back_at IS NULL")]
    found: int | None = lookup_of(source).value(
        query("id", "redemption", where, "ORDER BY id DESC LIMIT 1")
    )
    return found


def of_day(source: Source, day: date) -> tuple[int, int]:
    """How many redemptions stand on a day, and for how many points."""
    where = [_on(day), Sql("taken_back_at IS NULL")]
    times, points = next(
        lookup_of(source).rows(query("count(*), coalesce(sum(points), 0)", "redemption", where))
    )
    return times, points


def _on(day: date) -> Sql:
    return Sql("on_date = ?", (day.isoformat(),))


def _lines(session: Session, redemption_id: int) -> tuple[SlipLine, ...]:
    rows = session.scalars(
        select(RedemptionLine)
        .where(RedemptionLine.redemption_id == redemption_id)
        .order_by(RedemptionLine.id)
    )
    return tuple(
        SlipLine(one.goods_id, one.name, one.spec or "", one.unit, one.points, one.quantity)
        for one in rows
    )


def _collected_for(session: Session, row: Redemption, holder: points_accounts.Holder) -> str:
    """Of an account shared by a household, who of them it was for."""
    if row.resident_id in (None, holder.resident_id):
        return holder.name
    where = [Sql("id = ?", (row.resident_id,))]
    return lookup_of(session).value(query("name", "resident", where)) or holder.name
