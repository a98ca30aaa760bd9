"""The papers of a settlement, with people whose names have rare characters."""

from datetime import date

from app.reports.meal_claim_form import Correction, FormLine, MealClaimForms, PayerForm
from app.reports.meal_notice import MealNotice, NoticePerson, NoticeTier
from app.reports.meal_settlement import MealSettlement, PayerRow, TierRow
from app.reports.table import Column

OFFICE = "海湾街道望海社区居民委员会"
DAY = date(2026, 12, 2)
_HEADINGS = ("人数", "餐次", "餐费", "市财政", "区财政", "本人付")
_DETAIL = ("日期", "餐次", "姓名", "年龄", "档次", "餐费", "市财政", "区财政", "本人付", "单号")


def settlement(*names: str, **changes: object) -> MealSettlement:
    figures = ("2", "31", "372.00", "31.00", "31.00", "310.00")
    details = [
        ("11-01", "午餐", name, "72", "70–79 岁", "12.00", "1.00", "1.00", "10.00", "M-1101-037")
        for name in names
    ]
    values: dict[str, object] = {
        "office": OFFICE,
        "canteen": "海棠食堂",
        "month": "2026年11月",
        "days": "2026-11-01 至 2026-11-30",
        "headings": _HEADINGS,
        "tiers": (TierRow("70–79 岁", "每餐补 2.00", figures),),
        "total": TierRow("合计", "", figures),
        "difference": TierRow(
            "10 月差额", "已提交月份的更正", ("—", "—", "0.00", "—", "−4.00", "4.00")
        ),
        "claims": (
            PayerRow("市财政", "31.00", "0.00", "31.00"),
            PayerRow("区财政", "31.00", "−4.00", "27.00"),
        ),
        "detail_columns": tuple(Column(title, 16) for title in _DETAIL),
        "details": details,
        "maker": "赵敏",
        "signer": "周立群",
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return MealSettlement(**(values | changes))


def claim_forms(*names: str, **changes: object) -> MealClaimForms:
    corrections = tuple(
        Correction("2026-10-08", "M-1008-002", name, "撤销 M-1008-001", "−2.00") for name in names
    )
    form = PayerForm(
        payer="区财政",
        lines=(FormLine("70–79 岁", "1.00", "2", "31", "31.00"),),
        people="2",
        meals="31",
        of_month="31.00",
        corrections=corrections,
        difference="−4.00",
        claimed="27.00",
        in_capitals="贰拾柒元整",
    )
    values: dict[str, object] = {
        "office": OFFICE,
        "canteen": "海棠食堂",
        "operator": "金城餐饮公司",
        "month": "2026年11月",
        "forms": (form,),
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return MealClaimForms(**(values | changes))


def meal_notice(*names: str, **changes: object) -> MealNotice:
    values: dict[str, object] = {
        "office": OFFICE,
        "canteen": "海棠食堂",
        "month": "2026年11月",
        "tiers": (NoticeTier("70–79 岁", "每餐补 2.00", "2", "31", "62.00"),),
        "total": NoticeTier("合计", "", "2", "31", "62.00"),
        "people": [NoticePerson(name, "15") for name in names],
        "public": "公示期 2026-12-05 至 2026-12-10",
        "notes": "补贴金额按档次汇总，不逐人列出。有异议请在公示期内告诉社区。",
        "printed_on": DAY,
    }
    return MealNotice(**(values | changes))


EXAMPLES = {
    "meal_settlement": settlement("李𣲗", "张𠊟"),
    "meal_claim_form": claim_forms("李𣲗", "张𠊟"),
    "meal_notice": meal_notice("李*𣲗", "张*"),
}
