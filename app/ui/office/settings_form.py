"""Settings as forms, built from the list in services/settings.py: a new setting needs no code."""

from typing import Any

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QWidget,
)
from PySide6.QtWidgets import QSpinBox as Spin
from sqlalchemy.orm import Session

from app.context import Context
from app.services import settings
from app.services.office import Office, office, set_office
from app.services.setting_kinds import AnySetting, ChoiceSetting, FlagSetting, NumberSetting
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.forms import Field, Form, choice, line_edit
from app.ui.kit.labels import Label, column, row, small, title
from app.ui.kit.messages import confirm, domain_errors_shown, notify
from app.ui.kit.signals import Area
from app.ui.kit.tokens import Mode
from app.ui.recent.unsaved import FormKeeper
from app.values.rights import Right

COMMUNITY = (
    settings.COMMUNITY_NAME,
    settings.STREET,
    settings.REGION_CODE,
    settings.OFFICE_ADDRESS,
    settings.OFFICE_PHONE,
    settings.OFFICE_POSTCODE,
)
PAPERS = tuple(one for one in settings.SETTINGS if one.group == settings.PUBLICITY_MOVES_ON.group)
PRIVACY = tuple(one for one in settings.SETTINGS if one.group == settings.LAWFUL_BASIS.group)
GRIDS = tuple(one for one in settings.SETTINGS if one.group == settings.SUPERVISION_PHONE.group)
_AT_THE_COUNTER = 6
COUNTER, REVIEW = settings.POINTS[:_AT_THE_COUNTER], settings.POINTS[_AT_THE_COUNTER:]
_EATING = 7
EATING, KITCHEN = settings.MEALS[:_EATING], settings.MEALS[_EATING:]
_HELD, _RAISED = 4, 8
COUNCIL, RAISING = settings.MEETINGS[:_HELD], settings.MEETINGS[_HELD:_RAISED]
JOINT_FUND = settings.MEETINGS[_RAISED:]


def control_for(setting: AnySetting) -> QWidget:
    """The control of a kind of setting."""
    if isinstance(setting, NumberSetting):
        spin = Spin()
        spin.setRange(setting.least, setting.most)
        spin.setSuffix(f" {setting.unit}" if setting.unit else "")
        spin.setButtonSymbols(Spin.ButtonSymbols.NoButtons)
        return spin
    if isinstance(setting, FlagSetting):
        return QCheckBox("打开")
    if isinstance(setting, ChoiceSetting):
        return choice(list(setting.choices))
    return line_edit(limit=setting.longest)


def show_value(control: QWidget, value: object) -> None:
    """Put a stored value into its control."""
    if isinstance(control, Spin):
        control.setValue(int(str(value)))
    elif isinstance(control, QCheckBox):
        control.setChecked(bool(value))
    elif isinstance(control, QComboBox):
        control.setCurrentText(str(value))
    elif isinstance(control, QLineEdit):
        control.setText(str(value))
        # A long list is read from its beginning.
        control.setCursorPosition(0)


def read_value(control: QWidget) -> str | int | bool:
    """What stands in a control, as it is stored."""
    if isinstance(control, Spin):
        return control.value()
    if isinstance(control, QCheckBox):
        return control.isChecked()
    if isinstance(control, QComboBox):
        return control.currentText()
    return control.text().strip() if isinstance(control, QLineEdit) else ""


class SettingsCard(Card):
    """Some settings of the list with a button that saves them together."""

    def __init__(
        self, context: Context, heading: str, chosen: tuple[AnySetting, ...], sentence: str
    ) -> None:
        super().__init__(margins=(20, 16, 24, 18), spacing=10)
        self._context = context
        self._heading = heading
        self._chosen = chosen
        self._may = context.may(Right.EDIT_OFFICE)
        self._sentence = sentence
        self.body.addWidget(title(heading))
        self.form = Form(label=150 if chosen is not COMMUNITY else 88)
        self._fields = [self._add(setting) for setting in chosen]
        self.form.finish()
        self.body.addWidget(self.form)
        self.save_button = Button("保存", kind="primary", cap="Ctrl+Enter")
        self.save_button.clicked.connect(self.save)
        if not self._may:
            self.save_button.hide()
        self._state = small()
        self.body.addLayout(row(None, self._state, self.save_button, spacing=12))
        self.form.save_requested.connect(self.save)
        self.form.changed.connect(self._show_state)
        self.keeper = FormKeeper(context, self.form, self)
        self.keeper.told.connect(self._state.setText)
        self.refresh()
        self._watch()

    def refresh(self) -> None:
        """Show what is stored, unless something is being typed."""
        if self.form.dirty:
            return
        for setting, field in zip(self._chosen, self._fields, strict=True):
            anything: Any = setting
            show_value(field.control, self._context.settings[anything])
        self.form.mark_clean()
        self._show_state()

    def save(self) -> bool:
        """Store what was typed; False where it cannot be."""
        if not self.form.dirty:
            return True
        with domain_errors_shown(self):
            with self._context.database.transaction(self._sentence) as session:
                self._store(session)
            self.form.mark_clean()
            self._watch()
            self._context.signals.changed.emit(Area.OFFICE)
            notify(self._context.signals, "设置已保存")
        return not self.form.dirty

    def leave(self) -> bool:
        if not self.form.dirty:
            return True
        words = "刚才填的设置还没有保存，离开会丢掉。"
        if confirm(self, "还没有保存", words, "不保存，离开", destructive=True):
            self.form.mark_clean()
            self._watch()
            return True
        return False

    def _watch(self) -> None:
        """Saved, given up or just opened: what is typed from here on is kept."""
        self.keeper.drop()
        self.keeper.start(f"settings:{self._heading}", lambda: f"设置 · {self._heading}")

    def _add(self, setting: AnySetting) -> Field:
        field = self.form.add(setting.label, control_for(setting))
        field.set_message(setting.hint)
        field.control.setEnabled(self._may)
        return field

    def _store(self, session: Session) -> None:
        values = [
            read_value(field.control)
            for setting, field in zip(self._chosen, self._fields, strict=True)
        ]
        if self._chosen is COMMUNITY:
            set_office(session, Office(*(str(value) for value in values)))
            return
        for setting, value in zip(self._chosen, values, strict=True):
            # The value has the kind of its setting: both come from the same entry of the list.
            anything: Any = setting
            settings.change(session, anything, value)

    def _show_state(self) -> None:
        dirty = self.form.dirty
        self.save_button.setEnabled(dirty)
        self._state.setText("" if dirty else "没有改动" if self._may else "请书记或主任来改")


class CommunityTab(QWidget):
    """What stands in the head of the papers."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.card = SettingsCard(context, "社区资料", COMMUNITY, "修改社区资料")
        self._head = Label("", "h2", tone="brand", bold=True, wrap=True)
        self._place = small(wrap=True)
        aside = Card(margins=(20, 16, 20, 18))
        aside.body.addWidget(small("文书上会这样写"))
        aside.body.addWidget(self._head)
        aside.body.addWidget(self._place)
        self.setLayout(row((column(self.card, None), 3), (column(aside, None), 2), spacing=12))
        self.refresh()

    def refresh(self) -> None:
        self.card.refresh()
        with self._context.database.reading() as session:
            data = office(session)
        self._head.setText(f"{data.street}{data.community_name}居民委员会")
        phone = f"电话 {data.phone}" if data.phone else ""
        self._place.setText("　".join(filter(None, (data.address, phone))))

    def leave(self) -> bool:
        return self.card.leave()


class ProgramTab(QWidget):
    """Size of the screen on this computer, and the settings that are not the community's."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The second place for backups is chosen where its sticks are seen.
        kept = (*PAPERS, *PRIVACY, *GRIDS, *settings.POINTS, *settings.MEALS, *settings.MEETINGS)
        others = (*COMMUNITY, *kept, *settings.COMPLETE, settings.BACKUP_FOLDER)
        rest = tuple(one for one in settings.SETTINGS if one not in others)
        self.card = SettingsCard(context, "显示与安全", rest, "修改设置")
        self.setLayout(
            row(
                (column(self.card, None), 3),
                (column(_size_card(context), None), 2),
                spacing=12,
            )
        )

    def refresh(self) -> None:
        self.card.refresh()

    def leave(self) -> bool:
        return self.card.leave()


class PapersTab(QWidget):
    """Numbers, codes and days of what the office issues."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = SettingsCard(context, "文书", PAPERS, "修改文书设置")
        self.setLayout(row((column(self.card, None), 3), (QWidget(), 1), spacing=12))

    def refresh(self) -> None:
        self.card.refresh()

    def leave(self) -> bool:
        return self.card.leave()


def filling(card: SettingsCard) -> QWidget:
    """A card at the top left of a part."""
    part = QWidget()
    part.setLayout(row((column(card, None), 4), (QWidget(), 1), spacing=12))
    return part


def _size_card(context: Context) -> Card:
    card = Card(margins=(20, 16, 20, 18), spacing=10)
    card.body.addWidget(title("显示大小"))
    card.body.addWidget(small("只对这台电脑。大字会重新排版，字和按钮都大。", wrap=True))
    group = QButtonGroup(card)
    for mode in Mode:
        button = QRadioButton(mode.value)
        button.setFont(theme.font(10.5 if mode is Mode.STANDARD else 14.0))
        button.setChecked(mode is theme.current().mode)
        button.clicked.connect(lambda _=False, mode=mode: _ask_for(context, mode))
        group.addButton(button)
        card.body.addWidget(button)
    return card


def _ask_for(context: Context, mode: Mode) -> None:
    if mode is not theme.current().mode:
        context.signals.mode_requested.emit(mode.value)
