"""Beside the form, when nobody looks alike: who lives at the address that was typed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.households import HouseholdView, Member
from app.ui.kit import theme
from app.ui.kit.labels import Label, box, clear, column, icon_label, row, rule, small, title
from app.ui.kit.scroll import scrolled
from app.ui.kit.tokens import COLORS


class NeighboursPanel(QWidget):
    """The households at the address, the one that the person joins first."""

    def __init__(self) -> None:
        super().__init__()
        self._heading = title("住在这个地址的人")
        self._place = small()
        self._body = QVBoxLayout()
        self._body.setSpacing(theme.current().spacing[1])
        self._body.setContentsMargins(0, 0, 0, 0)
        head = row(self._heading, self._place, None, spacing=10)
        self.setLayout(column(head, (scrolled(box(self._body)), 1), spacing=8))
        self.show_households("", ())

    def show_households(
        self, place: str, households: Sequence[HouseholdView], chosen: int | None = None
    ) -> None:
        """`place` as it is spoken; `chosen` is the household that the form joins."""
        clear(self._body)
        self._place.setText(place)
        for view in sorted(households, key=lambda view: view.id != chosen):
            self._body.addWidget(_household(view, chosen == view.id))
        if not households:
            self._body.addWidget(_nobody(place))
        self._body.addStretch(1)


def _household(view: HouseholdView, chosen: bool) -> QWidget:
    mark = [small("填的是这一户", tone="primary")] if chosen else []
    head = row(Label(view.label, bold=True), None, *mark)
    lines = [_member(member) for member in view.members]
    return box(column(head, *lines, rule(), spacing=4, margins=(0, 2, 0, 2)))


def _member(member: Member) -> QWidget:
    age = f"{member.age} 岁" if member.age is not None else ""
    facts = "，".join(part for part in (member.sex, age) if part)
    name = Label(member.name)
    name.setMinimumWidth(theme.current().px(72))
    return box(row(name, small(member.relation), None, small(facts), spacing=8))


def _nobody(place: str) -> QWidget:
    words = (
        "这个地址还没有登记住户，会新立一户。"
        if place
        else "填好现住址后，这里列出同住的人和各户；填姓名和证件号时，有相像的人会在这里提醒。"
    )
    line = small(words, wrap=True)
    picture = icon_label("home-account", COLORS.input_border, theme.current().px(22))
    return box(row(picture, (line, 1), spacing=10))
