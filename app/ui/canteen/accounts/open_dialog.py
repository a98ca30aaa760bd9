"""开户: for whom, a card or a monthly bill."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import AccountKind
from app.services import meal_accounts, residents, settings
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import Label, row, small
from app.ui.kit.segments import Segments
from app.ui.kit.signals import Area
from app.ui.people.person_picker import PersonPicker

_CHOICES = (
    (AccountKind.CARD, "餐卡", "先存钱，用餐时扣"),
    (AccountKind.BILL, "月结", "先记账，月底交"),
)


class OpenDialog(Dialog):
    """`account_id` is the account once it is open."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        resident_id: int | None = None,
        kind: AccountKind = AccountKind.CARD,
    ) -> None:
        super().__init__("开户", parent, width=560)
        self._context = context
        self.account_id: int | None = None
        self.kind = Segments(_CHOICES)
        self.kind.show_value(kind)
        self.said = small()
        self.picker = PersonPicker(context)
        self.body.addLayout(row(Label("账户"), self.kind, self.said, None, spacing=10))
        self.body.addWidget(self.picker)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("开户", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.kind.chosen.connect(lambda _: self._say())
        self.picker.picked.connect(lambda _: self.save())
        self._say()
        if resident_id is not None:
            self.picker.show_people([resident_id])
        self.picker.setFocus()

    def save(self) -> None:
        """Open it for whoever is chosen."""
        with messages.domain_errors_shown(self):
            person, kind = self.picker.current_id(), AccountKind.of(str(self.kind.value()))
            if person is None:
                raise DomainError("请先找到开户的人：输入姓名或拼音，再选中他。")
            today = self._context.clock.today()
            with self._context.database.lookup() as lookup:
                (found,) = residents.rows(lookup, [person], today=today) or (None,)
            name = found.name if found is not None else ""
            sentence = f"开户 {name} {kind.label}"
            with self._context.database.transaction(sentence) as session:
                self.account_id = meal_accounts.open_account(session, person, kind, today=today)
            self._context.signals.changed.emit(Area.CANTEEN)
            messages.notify(self._context.signals, f"已{sentence}")
            self.accept()

    def _say(self) -> None:
        if self.kind.value() is AccountKind.CARD:
            self.said.setText("先存钱，用餐时扣")
            return
        with self._context.database.lookup() as lookup:
            limit = settings.value(lookup, settings.BILL_LIMIT)
        self.said.setText(f"先记账，月底交，最多欠 {limit:,} 元")
