"""Examples of the papers of the counter of 食堂: 签到表 and 登记表."""

from datetime import date

from app.reports.meal_register import MealLine, MealRegister
from app.reports.meal_sign_in import MealSignIn, SignInLine

OFFICE = "海湾街道望海社区居民委员会"
DAY = date(2026, 11, 21)


def meal_sign_in(*names: str, **changes: object) -> MealSignIn:
    values: dict[str, object] = {
        "office": OFFICE,
        "canteen": "海棠食堂",
        "number": 12,
        "day": "2026-11-21（周六）",
        "period": "午餐",
        "sets": ("A 餐 12.00 元", "B 餐 15.00 元"),
        "letters": ("A", "B"),
        "lines": [SignInLine(name, "3-2-402") for name in names],
        "blank_rows": 4,
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return MealSignIn(**(values | changes))


def meal_register(*names: str) -> MealRegister:
    lines = [
        MealLine(
            on_date="11-21",
            period="午餐",
            number=f"M-1121-{place:03d}",
            name=name,
            kind="81 岁・低保对象",
            way="堂食",
            words="A 餐＋蒸蛋",
            price="12.00",
            given="9.00",
            paid="3.00",
            pays="卡户",
        )
        for place, name in enumerate(names, start=1)
    ]
    return MealRegister(
        office=OFFICE,
        canteen="海棠食堂",
        filter_words="2026年11月",
        lines=lines,
        count=len(lines),
        price=f"{12 * len(lines)}.00",
        given=f"{9 * len(lines)}.00",
        paid=f"{3 * len(lines)}.00",
        printed_on=DAY,
        printed_by="赵敏",
    )
