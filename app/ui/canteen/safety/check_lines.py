"""The staff of a morning as rows: the check of the day, what is typed, the health certificate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.services.canteen_staff import StaffView
from app.services.staff_checks import FEVER, CheckInput, CheckView
from app.ui.kit.chips import Chip
from app.ui.kit.table_columns import Cell, Column
from app.values.degrees import celsius


@dataclass(frozen=True, slots=True)
class CheckRow:
    """Somebody of the staff on a day; `staff` is None for who does not work there any more."""

    staff_id: int
    name: str
    duty: str
    staff: StaffView | None
    check: CheckView | None
    typed: CheckInput | None

    @property
    def waits(self) -> bool:
        return self.check is None and self.typed is None

    @property
    def fit(self) -> bool | None:
        """None before anything is said."""
        said = self.typed or self.check
        return said.fit if said is not None else None


def rows_of(
    staff: Sequence[StaffView],
    checks: Sequence[CheckView],
    typed: Mapping[int, CheckInput],
) -> dict[int, CheckRow]:
    """By staff: who works there now, then who was checked that day and has left since."""
    by_staff = {one.staff_id: one for one in checks}
    found = {
        one.id: CheckRow(one.id, one.name, one.duty, one, by_staff.get(one.id), typed.get(one.id))
        for one in staff
    }
    for key, check in by_staff.items():
        if key not in found:
            found[key] = CheckRow(key, check.name, check.duty, None, check, None)
    return found


def certificate_words(one: StaffView) -> str:
    """过期 3 天, 还有 12 天到期, 到 2027-05-01."""
    left = one.days_left
    if left is None:
        return "没有登记"
    if left < 0:
        return f"过期 {-left} 天"
    if one.ends_soon:
        return f"还有 {left} 天到期" if left else "今天到期"
    return f"到 {one.certificate_until:%Y-%m-%d}"


def _certificate(line: CheckRow) -> Cell:
    staff = line.staff
    if staff is None:
        return Cell("已离岗", tone="placeholder")
    words = certificate_words(staff)
    if staff.expired:
        return Cell(chips=(Chip(words, "danger"),))
    if staff.ends_soon or staff.days_left is None:
        return Cell(chips=(Chip(words, "warn"),))
    return Cell(words, tone="text2")


def _warm(line: CheckRow) -> Cell:
    shown = line.typed or line.check
    if shown is None or shown.temperature is None:
        return Cell("")
    hot = shown.temperature >= FEVER
    return Cell(celsius(shown.temperature), tone="danger" if hot else "", bold=hot)


def _result(line: CheckRow) -> Cell:
    if line.fit is None:
        return Cell("—", tone="placeholder")
    shown = line.typed or line.check
    unclean = shown is not None and not shown.clean
    words = "合格" if line.fit else "卫生不合要求" if unclean else "不合格"
    tone = "ok" if line.fit else "danger"
    waiting = (Chip("待保存", "info"),) if line.typed is not None else ()
    return Cell(chips=(Chip(words, tone), *waiting))


def _note(line: CheckRow) -> str:
    shown = line.typed or line.check
    return shown.note if shown else ""


COLUMNS = (
    Column("name", "姓名", lambda line: Cell(line.name, bold=True), 100, weight=1),
    Column("duty", "岗位", lambda line: Cell(line.duty, tone="text2"), 90, weight=1),
    Column("certificate", "健康证", _certificate, 150),
    Column("temperature", "体温", _warm, 84, align="right"),
    Column("result", "晨检", _result, 150),
    Column("note", "处理", _note, 200, weight=2),
    Column(
        "by",
        "检查人",
        lambda line: line.check.checked_by if line.check else "",
        90,
        large_mode=False,
    ),
)
