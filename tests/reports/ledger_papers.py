"""The papers of the points ledger, with people whose names have rare characters."""

from datetime import date

from app.reports.passbook import BookLine, BookPage, Passbook
from app.reports.points_register import PointsRegister, RegisterLine
from app.reports.redemption_register import RedemptionLine, RedemptionRegister
from app.reports.voucher import Voucher, VoucherLine

OFFICE = "海湾街道望海社区居民委员会"
DAY = date(2026, 11, 21)


def book_line(number: int, matter: str = "楼道清扫") -> BookLine:
    return BookLine(date(2026, 11, number), matter, "2", "", f"{1000 + 2 * number:,}")


def passbook(*pages: BookPage, **changes: object) -> Passbook:
    values: dict[str, object] = {
        "office": OFFICE,
        "name": "李𣲗",
        "detail": "3 号楼 2-501",
        "pages": pages,
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return Passbook(**(values | changes))


def points_register(*lines: RegisterLine, **changes: object) -> PointsRegister:
    values: dict[str, object] = {
        "office": OFFICE,
        "filter_words": "2026年11月",
        "lines": lines,
        "hours": "4.0",
        "points": "4",
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return PointsRegister(**(values | changes))


def register_line(name: str) -> RegisterLine:
    return RegisterLine(
        on_date="2026-11-20",
        name=name,
        home="3 号楼 2-501",
        grid="第三网格",
        kind="志愿服务",
        matter="楼道清扫 爱暖助老队",
        hours="2.0",
        each="1 分/小时",
        points="2",
        witness="孙丽",
        reviewed_by="赵敏",
        note="",
    )


def redemption_register(*lines: RedemptionLine, **changes: object) -> RedemptionRegister:
    values: dict[str, object] = {
        "office": OFFICE,
        "filter_words": "2026年11月",
        "lines": lines,
        "count": len(lines),
        "points": "100",
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return RedemptionRegister(**(values | changes))


def redemption_line(name: str) -> RedemptionLine:
    return RedemptionLine(
        "2026-11-20", "DH-20261120-001", name, "大米 5 kg", "1", "50", "50", "76", "赵敏"
    )


def voucher(*names: str, **changes: object) -> Voucher:
    lines = [
        VoucherLine("12", "2026-11-20", name, "楼道清扫", "2.0", "2", "", "126", "孙丽", "赵敏")
        for name in names
    ]
    values: dict[str, object] = {
        "office": OFFICE,
        "about": "楼道清扫",
        "lines": lines,
        "hours": "4.0",
        "added": "4",
        "taken": "0",
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return Voucher(**(values | changes))


EXAMPLES = {
    "passbook": passbook(
        BookPage(1, 10, [book_line(1), book_line(2)]),
        BookPage(2, 0, [book_line(3, "兑换 大米 5 kg ×1、洗衣粉 2 袋 ×1"), book_line(4)]),
    ),
    "points_register": points_register(register_line("李𣲗"), register_line("张𠊟")),
    "redemption_register": redemption_register(redemption_line("李𣲗"), redemption_line("张𠊟")),
    "voucher": voucher("李𣲗", "张𠊟"),
}
