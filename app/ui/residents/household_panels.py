"""What can be done with a household: another head, a split, another flat. One panel each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from app.context import Context
from app.services import households
from app.services.households import HouseholdView, Member
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import column, row, small
from app.ui.people.date_line import DateLine
from app.values.addresses import parse_address
from app.values.codes import HEAD, RELATION


class Panel(QWidget):
    """One action with its fields. `save()` stores it and says what was done."""

    save_requested = Signal()
    verb = ""

    def __init__(self, context: Context, home: HouseholdView) -> None:
        super().__init__()
        self._context = context
        self._home = home
        self.form = Form(label=96)
        self.form.save_requested.connect(self.save_requested)

    def first(self) -> QWidget:
        """Where the keyboard starts."""
        return self.form.fields[0].control

    def fault(self) -> str:
        """What is missing, '' when all is there."""
        raise NotImplementedError

    def save(self) -> str:
        """Store it; raises DomainError."""
        raise NotImplementedError


class HeadPanel(Panel):
    """换户主: who leads, and what the others are to the new head."""

    verb = "换户主"

    def __init__(self, context: Context, home: HouseholdView) -> None:
        super().__init__(context, home)
        self._candidates = [one for one in home.members if not one.is_head]
        self.head = choice([one.name for one in self._candidates])
        self.form.add("新户主", self.head, required=True)
        self.form.add_full(small("其他人与新户主是什么关系？不清楚的先空着。"))
        self.relations: dict[int, QComboBox] = {}
        names = ["", *(name for name in RELATION.names if name != HEAD)]
        for member in home.members:
            self.relations[member.id] = choice(names, "")
            self.form.add(member.name, self.relations[member.id])
        self.head.currentIndexChanged.connect(lambda _: self._show_others())
        self.form.finish()
        self.setLayout(column(self.form))
        self._show_others()

    def fault(self) -> str:
        return "" if self._candidates else "本户只有一个人，不能换户主。"

    def save(self) -> str:
        head = self._chosen()
        relations = {
            one: box.currentText()
            for one, box in self.relations.items()
            if one != head.id and box.currentText()
        }
        sentence = f"户 {self._home.number} 的户主改为 {head.name}"
        with self._context.database.transaction(sentence) as session:
            said = households.change_head(session, self._home.id, head.id, relations=relations)
        return "".join(said)

    def _chosen(self) -> Member:
        return self._candidates[self.head.currentIndex()]

    def _show_others(self) -> None:
        chosen = self._chosen().id if self._candidates else None
        for one, box in self.relations.items():
            box.setEnabled(one != chosen)


class SplitPanel(Panel):
    """分户: the ticked people become a household of their own."""

    verb = "分户"

    def __init__(self, context: Context, home: HouseholdView) -> None:
        super().__init__(context, home)
        today = context.clock.today()
        self.ticks = {one.id: QCheckBox(one.name) for one in home.members}
        for tick in self.ticks.values():
            tick.toggled.connect(lambda _: self._offer_heads())
        self.head = choice([])
        self.address = line_edit(hint=f"不填就还在 {home.place or '原处'}", limit=60)
        self.date = DateLine(today, today)
        self.form.add("新户主", self.head, required=True)
        self.form.add("新住址", self.address)
        self.form.add("日期", self.date, required=True)
        self.form.finish()
        lines = _in_lines(list(self.ticks.values()), 4)
        self.setLayout(column(small("哪些人分出去？"), *lines, self.form))

    def fault(self) -> str:
        if not self._leaving():
            return "请先勾选分出去的人。"
        if self.date.value() is None:
            return "请填写日期，如 2026-11-20。"
        return _address_fault(self.address.text()) if self.address.text().strip() else ""

    def save(self) -> str:
        leaving = self._leaving()
        head = leaving[self.head.currentIndex()]
        names = "、".join(one.name for one in leaving)
        clock = self._context.clock
        with self._context.database.transaction(
            f"{names} 从户 {self._home.number} 分出"
        ) as session:
            new = households.split(
                session,
                [one.id for one in leaving],
                head_id=head.id,
                address=self.address.text().strip() or None,
                on_date=self.date.value() or clock.today(),
                now=clock.now(),
            )
            number = households.household(session, new, today=clock.today()).number
        return f"{names} 分出为户 {number}，户主 {head.name}。"

    def first(self) -> QWidget:
        return next(iter(self.ticks.values()))

    def _leaving(self) -> list[Member]:
        return [one for one in self._home.members if self.ticks[one.id].isChecked()]

    def _offer_heads(self) -> None:
        chosen = self.head.currentText()
        self.head.clear()
        self.head.addItems([one.name for one in self._leaving()])
        if chosen:
            self.head.setCurrentText(chosen)


class MovePanel(Panel):
    """整户搬迁: everybody who lives at the household's flat goes along."""

    verb = "整户搬迁"

    def __init__(self, context: Context, home: HouseholdView) -> None:
        super().__init__(context, home)
        self.address = line_edit(hint="楼-单元-室，如 3-2-501", limit=60)
        self.form.add("新住址", self.address, required=True)
        self.form.finish()
        self.setLayout(column(self.form))

    def fault(self) -> str:
        return _address_fault(self.address.text())

    def save(self) -> str:
        address = self.address.text().strip()
        with self._context.database.transaction(
            f"户 {self._home.number} 整户搬到 {address}"
        ) as session:
            said = households.move(session, self._home.id, address)
        return "".join(said)


def _address_fault(text: str) -> str:
    address = parse_address(text)
    if address.building and (address.room or not address.unit):
        return ""
    return "看不懂这个住址，请写成 3-2-501 这样。"


def _in_lines(widgets: Sequence[QWidget], most: int) -> list[QWidget]:
    lines = []
    for start in range(0, len(widgets), most):
        line = QWidget()
        line.setLayout(row(*widgets[start : start + most], None, spacing=16))
        lines.append(line)
    return lines
