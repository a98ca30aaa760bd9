"""Papers of food safety: gathered from the registers, handed to app/reports as plain data."""

from datetime import date

from sqlalchemy.orm import Session

from app.models import MealPeriod
from app.reports import food_day
from app.reports.food_day import FoodDay, Part
from app.reports.labels import LabelSheet
from app.reports.sample_label import SampleLabel, SampleLabels
from app.services import canteens, food_receipts, food_samples, staff_checks
from app.services.canteens import CanteenView
from app.services.food_receipts import ReceiptView
from app.services.food_samples import SampleView
from app.services.papers import Printing, committee
from app.services.staff_checks import CheckView
from app.values.days import weekday
from app.values.degrees import celsius

SUPPLIED = "由供餐单位留样"


def supplied_words(canteen: CanteenView) -> str:
    """Of a place that only hands out: who keeps the samples (domain-law.md 4)."""
    return f"{SUPPLIED}：{canteen.supplier}" if canteen.supplier else SUPPLIED


def labels(
    session: Session,
    canteen_id: int,
    day: date,
    period: MealPeriod,
    *,
    sheet: LabelSheet,
    start: int = 0,
    outline: bool = False,
) -> SampleLabels:
    """留样标签 of a meal, in the order of their numbers."""
    found = food_samples.samples(session, canteen_id, day, day, period)
    return SampleLabels(
        office=committee(session),
        sheet=sheet,
        labels=tuple(map(_label, found)),
        start=start,
        outline=outline,
    )


def day_sheet(session: Session, canteen_id: int, day: date, printing: Printing) -> FoodDay:
    """食品安全日报 of a day."""
    canteen = canteens.canteen(session, canteen_id)
    samples = food_samples.samples(session, canteen_id, day, day)
    checks = staff_checks.checks(session, canteen_id, day, day)
    receipts = food_receipts.receipts(session, canteen_id, day, day)
    cooks = canteen is None or canteen.cooks
    nothing = "这一天没有留样" if canteen is None or cooks else supplied_words(canteen)
    return FoodDay(
        office=committee(session),
        canteen=canteen.name if canteen is not None else "",
        when=f"{day.year}年{day.month}月{day.day}日 星期{weekday(day)}",
        parts=(
            Part(
                "食品留样",
                f"{len(samples)} 份" if samples else "",
                food_day.SAMPLES,
                [_sample_row(one) for one in samples],
                nothing,
            ),
            Part(
                "从业人员晨检",
                _check_words(checks),
                food_day.CHECKS,
                [_check_row(one) for one in checks],
                "这一天没有晨检记录",
            ),
            Part(
                "进货查验",
                f"{len(receipts)} 笔" if receipts else "",
                food_day.RECEIPTS,
                [_receipt_row(one) for one in receipts],
                "这一天没有进货",
            ),
        ),
        notes=_missing(session, canteen_id, day) if cooks else (),
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def _missing(session: Session, canteen_id: int, day: date) -> tuple[str, ...]:
    found = []
    for offered in canteens.periods(session, canteen_id):
        lacking = food_samples.missing(session, canteen_id, day, offered.period)
        if lacking:
            names = "、".join(one.name for one in lacking)
            found.append(f"{offered.period.label}没有留样的 {len(lacking)} 道菜：{names}")
    return tuple(found)


def _label(one: SampleView) -> SampleLabel:
    at, keep = one.taken_at, one.keep_until
    return SampleLabel(
        name=one.name,
        number=one.number,
        taken=f"留样 {at.month}月{at.day}日 {at.hour}时{at.minute:02d}分",
        keep=f"存到 {keep.month}月{keep.day}日 {keep.hour}时{keep.minute:02d}分",
        who=f"{one.grams} 克　{one.taken_by}",
    )


def _sample_row(one: SampleView) -> tuple[str, ...]:
    return (
        one.number,
        one.name,
        f"{one.grams} 克",
        f"{one.taken_at:%m-%d %H:%M}",
        one.taken_by,
        one.fridge,
        celsius(one.temperature),
        f"{one.keep_until:%m-%d %H:%M}",
        one.review_words,
    )


def _check_words(checks: tuple[CheckView, ...]) -> str:
    unfit = sum(not one.fit for one in checks)
    if not checks:
        return ""
    return f"{len(checks)} 人" + (f"，{unfit} 人不合格" if unfit else "，都合格")


def _check_row(one: CheckView) -> tuple[str, ...]:
    warm = celsius(one.temperature)
    return one.name, one.duty, warm, "合格" if one.fit else "不合格", one.note, one.checked_by


def _receipt_row(one: ReceiptView) -> tuple[str, ...]:
    return (
        one.supplier,
        one.goods,
        one.quantity,
        f"{one.best_before:%Y-%m-%d}" if one.best_before else "",
        one.ticket,
        "齐全" if one.tickets_seen else "待补",
        celsius(one.temperature),
        "合格" if one.accepted else "不合格",
        one.received_by,
    )
