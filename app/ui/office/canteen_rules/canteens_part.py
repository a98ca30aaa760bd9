"""食堂: the canteens of the office."""

from collections.abc import Sequence

from app.context import Context
from app.models import Facility
from app.services import canteen_changes, canteens
from app.services.canteen_changes import CanteenInput
from app.services.canteens import CanteenView
from app.ui.kit.buttons import Button
from app.ui.kit.forms import choice, line_edit
from app.ui.kit.messages import confirm
from app.ui.kit.money_line import MoneyLine
from app.ui.kit.signals import Area
from app.ui.kit.table_columns import CellValue, Column
from app.ui.office.canteen_rules.empty import say_empty
from app.ui.office.grid_rules.parts import NEW, RulesPart
from app.values.money import yuan

_WORDS = "价格、补贴和结算都按食堂分开。只分餐的助餐点由供餐单位留样（大民规〔2025〕5号）。"


class CanteensPart(RulesPart):
    """A PagedTable of the canteens, and the form of one."""

    areas = Area.OFFICE | Area.CANTEEN

    def __init__(self, context: Context) -> None:
        super().__init__(context, _COLUMNS, name="食堂", unit="个食堂", words=_WORDS)
        advice = "在右边填名称，保存以后再设餐次、套餐和补贴规则。"
        say_empty(self.table, "还没有食堂", advice if self.may else "请能改设置的同事来登记。")

    def read(self) -> Sequence[CanteenView]:
        with self.context.database.lookup() as lookup:
            return canteens.canteens(lookup)

    def fill_form(self) -> None:
        self.name = line_edit(hint="如 海棠食堂", limit=20)
        self.facility = choice([one.label for one in Facility])
        self.operator = line_edit(hint="谁在经营", limit=60)
        self.supplier = line_edit(hint="谁送来饭菜、谁留样", limit=60)
        self.fee = MoneyLine(hint="每次几元，不收不填")
        self.address = line_edit(limit=120)
        self.phone = line_edit(hint="印在菜谱和公示上", limit=40)
        self.note = line_edit(limit=200)
        self.form.add("食堂名称", self.name, required=True)
        self.form.add("类型", self.facility)
        self.form.add("运营单位", self.operator)
        self._supplied = self.form.add("供餐单位", self.supplier)
        self.form.add("送餐费", self.fee)
        self.form.add("地址", self.address)
        self.form.add("监督电话", self.phone)
        self.form.add("备注", self.note)
        self.facility.currentIndexChanged.connect(lambda _: self._show_supplier())
        self.new = Button("新食堂", icon="plus", size="small")
        self.delete = Button("删除", kind="danger", size="small")
        self.new.clicked.connect(lambda: self.edit(NEW))
        self.delete.clicked.connect(self.remove_chosen)
        self.offer(self.new, self.delete)

    def show_line(self, line: CanteenView | None) -> str:
        self.name.setText(line.name if line else "")
        facility = Facility.of(line.facility) if line else Facility.KITCHEN
        self.facility.setCurrentText(facility.label)
        self.operator.setText(line.operator if line else "")
        self.supplier.setText(line.supplier if line else "")
        self.fee.set_fen(line.delivery_fee or None if line else None)
        self.address.setText(line.address if line else "")
        self.phone.setText(line.phone if line else "")
        self.note.setText(line.note if line else "")
        self._show_supplier()
        return f"修改“{line.name}”" if line else "新的食堂"

    def save(self) -> None:
        line = self.lines.get(self.edited)
        with self.shown_errors():
            entered = self._entered()
            words = f"{'修改' if line else '添加'}食堂 {entered.name}"
            with self.context.database.transaction(words) as session:
                if line is None:
                    key = canteen_changes.add(session, entered)
                else:
                    key = line.id
                    canteen_changes.change(session, key, entered, version=line.version)
            after = "" if line else "，接着设它的餐次和套餐"
            self.done(f"已保存“{entered.name}”{after}", line_id=key)

    def remove_chosen(self) -> None:
        """The marked canteen into the recycle bin, after asking."""
        line = self.chosen
        words = "会移到回收站，30 天内可以放回。已经记过餐、订过餐的食堂不能删除。"
        if line is None or not confirm(self, f"删除“{line.name}”", words, "删除", destructive=True):
            return
        now = self.context.clock.now()
        with self.shown_errors():
            with self.context.database.transaction(f"删除食堂 {line.name}") as session:
                canteen_changes.remove(session, line.id, version=line.version, now=now)
            self.done(f"已删除“{line.name}”")

    def show_chosen(self) -> None:
        self.delete.setEnabled(self.chosen is not None)

    def _entered(self) -> CanteenInput:
        return CanteenInput(
            name=self.name.text(),
            facility=self._facility(),
            operator=self.operator.text(),
            supplier=self.supplier.text(),
            address=self.address.text(),
            phone=self.phone.text(),
            delivery_fee=self.fee.fen() or 0,
            note=self.note.text(),
        )

    def _facility(self) -> Facility:
        return list(Facility)[self.facility.currentIndex()]

    def _show_supplier(self) -> None:
        """Only who does not cook is supplied."""
        supplied = self._facility() is Facility.SERVERY
        self._supplied.setVisible(supplied)
        self._supplied.label.setVisible(supplied)


def _facility(line: CanteenView) -> CellValue:
    """助餐服务中心, without what it means."""
    return Facility.of(line.facility).label.partition("（")[0]


def _fee(line: CanteenView) -> CellValue:
    return f"{yuan(line.delivery_fee)} 元" if line.delivery_fee else "不收"


_COLUMNS = (
    Column("name", "食堂", lambda line: line.name, 120, weight=1, bold=True),
    Column("facility", "类型", _facility, 120),
    Column("operator", "运营单位", lambda line: line.operator or line.supplier, 110, weight=1),
    Column("fee", "送餐费", _fee, 84, align="right"),
    Column("phone", "监督电话", lambda line: line.phone, 120, large_mode=False),
)
