"""What the three registers of food safety show: on the screen, in a file, on paper."""

from app.services.food_receipts import ReceiptView
from app.services.food_samples import SampleView
from app.services.staff_checks import CheckView
from app.ui.kit.table_columns import Cell, Column
from app.values.degrees import celsius


def _day(line: SampleView | CheckView | ReceiptView) -> Cell:
    return Cell(f"{line.on_date:%Y-%m-%d}", tone="text2")


def _warm(line: SampleView | CheckView | ReceiptView) -> str:
    return celsius(line.temperature)


def _gone(line: SampleView) -> str:
    return f"{line.destroyed_at:%m-%d %H:%M}" if line.destroyed_at else ""


def _fit(line: CheckView) -> Cell:
    return Cell("合格", tone="ok") if line.fit else Cell("不合格", tone="danger", bold=True)


def _yes(on: bool, words: str) -> Cell:
    return Cell("✓", tone="ok") if on else Cell(words, tone="danger")


def _tickets(line: ReceiptView) -> Cell:
    return Cell("齐全") if line.tickets_seen else Cell("待补", tone="warn")


def _accepted(line: ReceiptView) -> Cell:
    return Cell("合格", tone="ok") if line.accepted else Cell("不合格", tone="danger", bold=True)


def _best(line: ReceiptView) -> str:
    return f"{line.best_before:%Y-%m-%d}" if line.best_before else ""


SAMPLES = (
    Column("day", "日期", _day, 112),
    Column("period", "餐次", lambda line: line.period.label, 56),
    Column("name", "食品名称", lambda line: Cell(line.name, bold=True), 110, weight=2),
    Column("grams", "留样量", lambda line: f"{line.grams} 克", 72, align="right"),
    Column("taken_at", "留样时间", lambda line: f"{line.taken_at:%m-%d %H:%M}", 100),
    Column("taken_by", "留样人", lambda line: line.taken_by, 72),
    Column("fridge", "冷藏柜", lambda line: line.fridge, 72, large_mode=False),
    Column("temperature", "温度", _warm, 66, align="right"),
    Column("reviewed_by", "审核人", lambda line: line.review_words, 72, large_mode=False),
    Column("destroyed_at", "销毁时间", _gone, 100),
    Column("destroyed_by", "销毁人", lambda line: line.destroyed_by, 72, large_mode=False),
)
CHECKS = (
    Column("day", "日期", _day, 112),
    Column("name", "姓名", lambda line: Cell(line.name, bold=True), 100, weight=1),
    Column("duty", "岗位", lambda line: line.duty, 80, weight=1),
    Column("temperature", "体温", _warm, 76, align="right"),
    Column("healthy", "身体状况", lambda line: _yes(line.healthy, "异常"), 84),
    Column("clean", "个人卫生", lambda line: _yes(line.clean, "不合要求"), 84),
    Column("fit", "结果", _fit, 80),
    Column("note", "处理", lambda line: line.note, 180, weight=2),
    Column("checked_by", "检查人", lambda line: line.checked_by, 84),
)
RECEIPTS = (
    Column("day", "日期", _day, 112),
    Column("supplier", "供货单位", lambda line: Cell(line.supplier, bold=True), 140, weight=2),
    Column("goods", "品名", lambda line: line.goods, 100, weight=1),
    Column("quantity", "数量", lambda line: line.quantity, 80),
    Column("best_before", "保质期到", _best, 108),
    Column("ticket", "票证号", lambda line: line.ticket, 110, weight=1, large_mode=False),
    Column("tickets_seen", "票证", _tickets, 56),
    Column("temperature", "到货温度", _warm, 84, align="right"),
    Column("accepted", "验收", _accepted, 70),
    Column("received_by", "验收人", lambda line: line.received_by, 72, large_mode=False),
    Column("note", "备注", lambda line: line.note, 120, weight=1, large_mode=False),
)
