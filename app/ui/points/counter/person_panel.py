"""Who stands there: name, points, what lapses, the latest lines, who collects."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.counter_person import CounterPerson
from app.services.points_balance import EntryLine
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Facts
from app.ui.kit.chips import ChipRow
from app.ui.kit.labels import Label, hide_unless, row, rule, small, title
from app.ui.kit.short_title import ShortTitle
from app.ui.kit.tokens import COLORS
from app.ui.people.tag_chips import chip
from app.ui.points.counter.till import Till
from app.values.figures import signed

_POINTS = 22.0
_LARGE_POINTS = 29.0


class PersonPanel(Card):
    """Shows the person of a Till; 大字 keeps what decides and fewer lines."""

    def __init__(self, till: Till) -> None:
        super().__init__(spacing=7)
        metrics = theme.current()
        self._till = till
        self.setFixedWidth(metrics.card)
        self.name = ShortTitle("h1")
        self.name.setFixedHeight(metrics.px(32))
        self.chips = ChipRow()
        self.facts, self.contact = small(wrap=True), small(wrap=True)
        self.points = Label(tone="sel")
        self.points.setFont(theme.font(_LARGE_POINTS if metrics.large else _POINTS, bold=True))
        self.lines = Facts(label=64)
        self.entries = Entries()
        self.collector = ShortTitle("small", bold=False, color=COLORS.text2)
        self.self_button = Button("本人", size="small")
        self.proxy_button = Button("代领…", size="small", action="proxy")
        size = "control" if metrics.large else "small"
        self.reserve = Button("预约", size=size, action="reservations")
        self.passbook = Button("积分存折", action="passbook", wide=True)
        self.account = Button("流水", action="account_lines", wide=True)
        self._lay_out()

    def show_till(self, most_times: int) -> None:
        """Everything anew."""
        person = self._till.person
        if person is None:
            return
        self.name.setText(person.name)
        self.chips.set_chips([chip(one.name, one.tone) for one in person.chips])
        self.chips.setVisible(bool(person.chips))
        large = theme.current().large
        facts = [one for one in person.facts if not (large and "网格" in one)]
        self.facts.setText("・".join(facts))
        self.contact.setText("・".join(person.contact))
        self.contact.setVisible(bool(person.contact))
        self.points.setText(f"{person.available.points:,}")
        self.lines.set_pairs(_pairs(person, most_times, large=large))
        self.entries.show_entries(person.entries)
        self.show_proxy()

    def _lay_out(self) -> None:
        metrics = theme.current()
        words = small("可用积分")
        words.setAlignment(Qt.AlignmentFlag.AlignBottom)
        words.setContentsMargins(0, 0, 0, metrics.px(7))
        self.body.addWidget(self.name)
        self.body.addWidget(self.chips)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.contact)
        self.body.addWidget(rule())
        self.body.addLayout(row(self.points, words, None))
        self.body.addWidget(self.lines)
        self.body.addWidget(rule())
        if not metrics.large:
            self.body.addWidget(title("最近流水"))
        self.body.addWidget(self.entries, 1)
        self.body.addWidget(self.collector)
        who = (self.self_button, self.proxy_button, None)
        if metrics.large:
            # What is dropped is one key away.
            self.body.addLayout(row(*who))
            self.body.addLayout(row(self.reserve, self.passbook, self.account))
        else:
            self.body.addLayout(row(*who, self.reserve, spacing=6))
            self.body.addLayout(row(self.passbook, self.account))
        hide_unless(not metrics.large, self.account)

    def show_proxy(self) -> None:
        """Who collects."""
        name, relation = self._till.proxy
        self.collector.setText(f"领取人：{name}（{relation}）" if name else "领取人：本人")
        self.self_button.kind = "normal" if name else "filter_on"
        self.proxy_button.kind = "filter_on" if name else "normal"
        for button in (self.self_button, self.proxy_button):
            button.updateGeometry()
            button.update()


def _pairs(
    person: CounterPerson, most_times: int, *, large: bool
) -> list[tuple[str, str | QWidget]]:
    pairs: list[tuple[str, str | QWidget]] = []
    if person.available.frozen:
        pairs.append(("冻结", Label(person.frozen_reason or "账户冻结", tone="danger", wrap=True)))
    if person.available.expiring:
        day, points = person.available.expiring[0]
        when = f"{day.month} 月 {day.day} 日到期"
        words = f"{points:,} 分，先用这部分" if large else f"{points:,} 分・{when}，先用"
        pairs.append(("将到期", Label(words, tone="warn", wrap=True)))
    if person.family is not None and not large:
        points, accounts = person.family
        pairs.append(("本户合计", f"{points:,} 分（{accounts} 人）"))
    limit = f" / 限 {most_times} 次" if most_times else ""
    pairs.append(("本月兑换", f"{person.times} 次{limit}"))
    if person.reservations:
        first = person.reservations[0]
        more = f" 等 {len(person.reservations)} 笔" if len(person.reservations) > 1 else ""
        pairs.append(("预约", Label(f"{first.goods} ×{first.quantity}{more}", wrap=True)))
    return pairs


class Entries(QWidget):
    """The latest lines of the book, as many as there is room for; never half a line."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: Sequence[EntryLine] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.current().px(26))

    def show_entries(self, entries: Sequence[EntryLine]) -> None:
        self._entries = entries
        words = (f"{one.on_date:%m-%d} {one.words} {signed(one.points)}" for one in entries)
        self.setAccessibleName("最近流水 " + "，".join(words))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font())
        height = theme.current().px(26)
        measure = painter.fontMetrics()
        if not self._entries:
            painter.setPen(QColor(COLORS.text2))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignTop, "还没有积分流水")
        for number, entry in enumerate(self._entries[: self.height() // height]):
            line = QRect(0, number * height, self.width(), height)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.setPen(QColor(COLORS.text if not entry.reversed else COLORS.placeholder))
            painter.drawText(line, middle, f"{entry.on_date:%m-%d}")
            figure = signed(entry.points)
            painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, figure)
            left = theme.current().px(56)
            room = self.width() - left - measure.horizontalAdvance(figure) - theme.current().px(8)
            words = measure.elidedText(entry.words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(line.adjusted(left, 0, 0, 0), middle, words)
