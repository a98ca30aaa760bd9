"""包楼联户: a party member and the building or household that he answers for."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import organisation, pairings
from app.services.pairings import PairingInput, PairingView
from app.ui.grids.organisation import choices
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import hide_unless, small
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine
from app.values.rights import Right


class PairingDialog(Dialog):
    """A building is chosen from the list, a household by one of its people."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        building_id: int | None = None,
        member_id: int | None = None,
    ) -> None:
        super().__init__("包楼联户", parent, width=560)
        self._context = context
        self._household: int | None = None
        today = context.clock.today()
        with context.database.lookup() as lookup:
            trees = organisation.trees(lookup, on=today)
        self.member = IdChoice(
            choices.people(context, party=True), name="党员", blank="打姓名拼音首字母，或按 ↓ 选"
        )
        self.member.choose_id(member_id)
        self.building = IdChoice(choices.buildings(trees), name="楼", blank="包整栋楼的选楼")
        self.building.choose_id(building_id)
        self.home = Button("联一户：选这一户的人…", icon="home-group")
        self.home.clicked.connect(self.choose_home)
        self.since = DateLine(today, today, future=True)
        self.note = line_edit(hint="如 独居老人，每周上门", limit=200)
        self.body.addWidget(small("名单里只有登记为党员的人。包一栋楼，或者联一户，两样选一样。"))
        self.form = self._form()
        self.body.addWidget(self.form)
        hide_unless(context.may(Right.VIEW_PEOPLE), self.home)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        (self.member if member_id is None else self.building).setFocus()

    def choose_home(self) -> None:
        """A household by one of its people; the building is let go."""
        from app.ui.people.resident_link import ResidentDialog

        dialog = ResidentDialog(self._context, self, title="选这一户的任何一个人")
        if not dialog.exec() or dialog.resident_id is None:
            return
        with messages.domain_errors_shown(self):
            with self._context.database.reading() as session:
                found = pairings.household_of(session, dialog.resident_id)
            self._household, words = found
            self.building.choose_id(None)
            self.home.setText(f"联一户：{words}")

    def save(self) -> None:
        """Begin the pairing and close."""
        with messages.domain_errors_shown(self):
            member_id, since = self.member.chosen_id, self.since.value()
            if member_id is None:
                raise DomainError("请选哪位党员；名单里没有的，先在“人员”里添加并勾选党员。")
            if since is None:
                raise DomainError("开始日期不对，请写成 2026-11-25。")
            entered = PairingInput(
                member_id=member_id,
                building_id=self.building.chosen_id,
                household_id=self._household,
                since=since,
                note=self.note.text(),
            )
            name = self.member.currentText().partition("（")[0]
            with self._context.database.transaction(f"包楼联户：{name}") as session:
                pairings.pair(session, entered, today=self._context.clock.today())
            self._context.signals.changed.emit(Area.GRIDS)
            self.accept()

    def _form(self) -> Form:
        form = Form(label=64)
        form.add("党员", self.member, required=True)
        form.add("楼", self.building)
        form.add("户", self.home)
        form.add("开始", self.since, required=True)
        form.add("说明", self.note)
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        self.building.currentIndexChanged.connect(lambda _: self._chosen_building())
        return form

    def _chosen_building(self) -> None:
        if self.building.chosen_id is not None:
            self._household = None
            self.home.setText("联一户：选这一户的人…")


def end_pairing(context: Context, pairing: PairingView, parent: QWidget) -> None:
    """The pairing ends today, after asking; 撤销 brings it back."""
    today = context.clock.today()
    words = f"{pairing.name}包联的{pairing.what}到今天（{today}）结束，记录留着，可以撤销。"
    if not messages.confirm(parent, "结束包联", words, "结束"):
        return
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"结束包联：{pairing.name} {pairing.what}") as session:
            pairings.end(session, pairing.id, until=today, version=pairing.version)
        context.signals.changed.emit(Area.GRIDS)
