"""The papers of food safety and the empty satisfaction cards."""

from datetime import date

from app.reports import food_day
from app.reports.food_day import FoodDay, Part
from app.reports.labels import SHEETS, LabelSheet
from app.reports.opinion_card import OpinionCards
from app.reports.sample_label import SampleLabel, SampleLabels

OFFICE = "海湾街道望海社区居民委员会"
DAY = date(2026, 11, 20)


def sample_row(name: str, number: int = 1) -> tuple[str, ...]:
    at, until = "11-20 10:40", "11-22 10:40"
    return (
        *(f"1120-午-{number:02d}", name, "130 克", at, "高翔", "1 号柜", "3.2 ℃", until),
        "赵敏",
    )


def food_day_sheet(*names: str, **changes: object) -> FoodDay:
    rows = [sample_row(name, number) for number, name in enumerate(names, start=1)]
    check = ("邹立新", "洗消", "37.6 ℃", "不合格", "发热，已离岗就医", "赵敏")
    goods = ("海滨水产批发部", "带鱼", "25 斤", "2027-03-01", "112001", "齐全", "-18.0 ℃")
    values: dict[str, object] = {
        "office": OFFICE,
        "canteen": "海棠食堂",
        "when": "2026年11月20日 星期五",
        "parts": (
            Part("食品留样", f"{len(rows)} 份", food_day.SAMPLES, rows, "这一天没有留样"),
            Part("从业人员晨检", "1 人，1 人不合格", food_day.CHECKS, [check], "没有晨检"),
            Part("进货查验", "1 笔", food_day.RECEIPTS, [(*goods, "合格", "赵敏")], "没有进货"),
        ),
        "notes": ("午餐没有留样的 1 道菜：花卷",),
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return FoodDay(**(values | changes))


def sample_labels(*names: str, sheet: LabelSheet = SHEETS[1], start: int = 0) -> SampleLabels:
    labels = tuple(
        SampleLabel(
            name=name,
            number=f"1120-午-{number:02d}",
            taken="留样 11月20日 10时40分",
            keep="存到 11月22日 10时40分",
            who="130 克　高翔",
        )
        for number, name in enumerate(names, start=1)
    )
    return SampleLabels(office=OFFICE, sheet=sheet, labels=labels, start=start)


def opinion_cards() -> OpinionCards:
    return OpinionCards(office=OFFICE, canteen="海棠食堂", phone="0411-83120018")
