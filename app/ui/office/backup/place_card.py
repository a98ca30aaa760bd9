"""One place for backups as a card: how old, where, how much room, and what to do about it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.storage.drives import Drive
from app.storage.second_place import LATE_DAYS
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.chips import Chip, ChipLabel
from app.ui.kit.labels import Label, box, clear, column, icon_label, row, small, title
from app.ui.office.backup.moments import PlaceFacts, day_words

_GIB, _MIB = 1024**3, 1024**2


class PlaceCard(Card):
    """`wanted` asks for another place: the folder of a drive, or None to let a person choose."""

    wanted = Signal(object)

    def __init__(self, icon: str) -> None:
        super().__init__(margins=(16, 10, 14, 10), spacing=2)
        self._name = title("")
        self._chip = ChipLabel("")
        self._path = _Elided()
        self._line = small(wrap=True)
        self._buttons = row(spacing=6)
        head = row(self._name, None, self._chip, spacing=8)
        words = column(head, self._path, self._line, self._buttons, None, spacing=2)
        picture = column(icon_label(icon, size=theme.current().px(20)), None)
        self.body.addLayout(row(picture, (words, 1), spacing=12))

    def show_facts(
        self,
        facts: PlaceFacts,
        now: datetime,
        *,
        days: int = 0,
        proposals: Sequence[Drive] = (),
        may_choose: bool = False,
    ) -> None:
        """`days` without a good copy; what is proposed stands as buttons."""
        self._name.setText(facts.name)
        self._chip.set_chip(_chip(facts, now, days))
        self._path.set_words(str(facts.folder) if facts.folder else "还没有选位置")
        line, tone = _line(facts)
        self._line.setText(line)
        self._line.set_tone(tone)
        self._show_buttons(facts, proposals if may_choose else (), may_choose)

    def _show_buttons(
        self, facts: PlaceFacts, proposals: Sequence[Drive], may_choose: bool
    ) -> None:
        clear(self._buttons)
        for drive in proposals:
            if facts.folder is None:
                self._add_button(f"用“{drive.label}”", drive.root)
        if may_choose:
            self._add_button("换位置…" if facts.folder else "选文件夹…", None)
        self._buttons.addStretch(1)

    def _add_button(self, words: str, folder: Path | None) -> None:
        button = Button(words, size="small")
        button.clicked.connect(lambda: self.wanted.emit(folder))
        self._buttons.addWidget(button)


class _Elided(Label):
    """A path that gives way in the middle."""

    def __init__(self) -> None:
        super().__init__("", "small", tone="text2")
        self._words = ""
        self.setMinimumWidth(theme.current().px(80))

    def set_words(self, words: str) -> None:
        self._words = words
        self.setToolTip(words)
        self._fit()

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def _fit(self) -> None:
        fitting = self.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideMiddle, max(self.width(), self.minimumWidth())
        )
        self.setText(fitting)


def _chip(facts: PlaceFacts, now: datetime, days: int) -> Chip:
    if facts.fault:
        return Chip("没有备份成", "danger", "alert-circle-outline")
    if facts.folder is None:
        return Chip("没有第二处", "warn", "alert-outline")
    if facts.newest is None:
        return Chip("还没有备份", "warn", "alert-outline")
    when = day_words(facts.newest, now.date())
    if days >= LATE_DAYS:
        return Chip(f"{days} 天没有备份了", "warn", "alert-outline")
    return Chip(when, "ok", "check") if facts.there else Chip(f"{when}，没插上", "grey")


def _line(facts: PlaceFacts) -> tuple[str, str]:
    if facts.fault:
        return facts.fault.removeprefix("没有备份："), "danger"
    if facts.folder is None:
        return "电脑坏了，只在本机的备份也没有了。插上 U 盘，存一份到 U 盘。", "warn"
    if not facts.there:
        return "现在没插上。插上就会自动备份一份。", "text2"
    if facts.shares_disk:
        return "和资料在同一块硬盘上：硬盘坏了，两处一起没有。请换成 U 盘。", "warn"
    held = f"{facts.count} 份，共 {_size(facts.size)}，" if facts.count else ""
    return f"{held}还剩 {_size(facts.free)}", "text2"


def _size(number: int) -> str:
    return f"{number / _GIB:.1f} GB" if number >= _GIB else f"{max(1, number // _MIB)} MB"


def beside(*cards: QWidget) -> QWidget:
    """The places in one line, equally wide."""
    return box(row(*[(card, 1) for card in cards], spacing=12))
