"""The stick was used elsewhere while work for it was still here: which of the two goes on."""

import enum

from PySide6.QtWidgets import QWidget

from app.storage.portable import State
from app.storage.stick import OTHERS
from app.ui.kit.buttons import Button
from app.ui.kit.card import Facts, Notice
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import small

_WORDS = "资料分成了两份"
_WHY = (
    "这台电脑上有一份没带回 U 盘，U 盘后来又在别处改过。两份不能合成一份，请选一份接着用。"
    f"另一份不会丢：存进 U 盘的「{OTHERS}」文件夹。"
)
_ASK = "说不准选哪一份，请先退出，问过改它的人再来。"


class Choice(enum.Enum):
    HERE = "here"
    STICK = "stick"
    NEITHER = "neither"


class ForkDialog(Dialog):
    """`choice` is NEITHER until one of the two buttons is pressed."""

    def __init__(self, here: State, on_stick: State, parent: QWidget | None = None) -> None:
        super().__init__("用哪一份资料", parent, width=560)
        self.choice = Choice.NEITHER
        self.body.addWidget(Notice(_WORDS, _WHY, tone="warn"))
        pairs = [("本机这份", _told(here)), ("U 盘那份", _told(on_stick))]
        newer = 0 if here.at > on_stick.at else 1
        pairs[newer] = (pairs[newer][0], f"{pairs[newer][1]}（较新）")
        self.facts = Facts(pairs, label=72)
        self.body.addWidget(self.facts)
        self.body.addWidget(small(_ASK, wrap=True))
        self.cancel = self.add_button(Button("先不打开", cap="Esc"), closes=False)
        self.here = self._option("用本机这份", Choice.HERE)
        self.stick = self._option("用 U 盘那份", Choice.STICK)
        self.cancel.setFocus()

    def _option(self, words: str, choice: Choice) -> Button:
        button = self.add_button(Button(words))
        button.clicked.connect(lambda: self._choose(choice))
        return button

    def _choose(self, choice: Choice) -> None:
        self.choice = choice
        self.accept()


def _told(state: State) -> str:
    """2026-11-21 17:40，李娜，在电脑 JD-02."""
    parts = (
        f"{state.at:%Y-%m-%d %H:%M} 改过",
        state.by,
        f"在电脑“{state.computer}”" if state.computer else "",
    )
    return "，".join(part for part in parts if part)
