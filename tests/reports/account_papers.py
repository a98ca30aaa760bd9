"""The papers of the accounts for meals, with people whose names have rare characters."""

from datetime import date

from app.reports.meal_receipt import MealReceipt
from app.reports.meal_statement import BILL_TITLE, Statement, StatementLine
from app.reports.meal_takings import MealTakings, TakingLine
from app.reports.meal_voucher_sheet import Voucher, VoucherSheet

OFFICE = "海湾街道望海社区居民委员会"
DAY = date(2026, 11, 21)


def meal_receipt(name: str, **changes: object) -> MealReceipt:
    values: dict[str, object] = {
        "office": OFFICE,
        "title": "存款收据",
        "number": "SK-20261121-003",
        "facts": (
            ("收据号", "SK-20261121-003"),
            ("时间", "2026-11-21 09:30"),
            ("姓名", name),
            ("账户", "卡户"),
            ("方式", "现金"),
            ("说明", "家属代存"),
            ("经手", "赵敏"),
        ),
        "amount": 103_50,
        "before": 12_50,
        "after": 116_00,
    }
    return MealReceipt(**(values | changes))


def meal_statement(name: str, **changes: object) -> Statement:
    lines = [
        StatementLine("2026-11-02", "用餐　午餐 A 餐 M-1102-021", -3_00, -13_00),
        StatementLine("2026-11-03", "用餐　午餐 B 餐 M-1103-007", -12_00, -25_00),
        StatementLine("2026-11-05", "交月结款　现金　SK-20261105-001", 10_00, -15_00),
    ]
    values: dict[str, object] = {
        "office": OFFICE,
        "title": BILL_TITLE,
        "name": name,
        "place": "8 号楼 2-401",
        "account": "月结　2026-09-01 开户",
        "period": "2026年11月",
        "opening": -10_00,
        "closing": -15_00,
        "lines": lines,
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return Statement(**(values | changes))


def meal_takings(**changes: object) -> MealTakings:
    lines = [
        TakingLine("用餐收现金", "现金", 41, 318_50),
        TakingLine("撤销用餐退现金", "现金", 1, -9_00),
        TakingLine("存款", "现金", 3, 300_00),
        TakingLine("存款", "微信", 2, 400_00),
        TakingLine("退款", "现金", 1, -36_50),
    ]
    values: dict[str, object] = {
        "office": OFFICE,
        "on_date": DAY,
        "lines": lines,
        "cash": 573_00,
        "other": 400_00,
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return MealTakings(**(values | changes))


def voucher_sheet(*names: str, **changes: object) -> VoucherSheet:
    vouchers = [
        Voucher(f"CQ00000001{place}", 5_00, name, "重阳节慰问", date(2026, 12, 31))
        for place, name in enumerate(names)
    ]
    vouchers.append(Voucher("CQ000000020", 12_50, "", "志愿服务感谢", None))
    values: dict[str, object] = {"office": OFFICE, "vouchers": vouchers}
    return VoucherSheet(**(values | changes))
