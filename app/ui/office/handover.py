"""交接包: one button for a change of secretary, which may be left at each step."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.errors import DomainError
from app.reports.handover import TITLE
from app.services import handover
from app.storage.office_file import load_vault
from app.storage.vault import Vault
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import row
from app.ui.kit.messages import confirm, domain_errors_shown, notify
from app.ui.kit.print_job import PrintRequest
from app.ui.kit.printing import print_paper
from app.ui.kit.signals import Area
from app.ui.kit.wizard import StepList
from app.ui.office.handover_pages import DonePage, SheetPage, WhoAndWhere, WorkPage
from app.ui.office.handover_work import Package, check_place, make_package
from app.ui.office.sheet import hand_out_new_sheet
from app.ui.people.paper_preview import PaperPreview
from app.values.rights import Right

_WHO, _SHEET, _WORK, _DONE = range(4)
_STEPS = (
    ("谁交给谁，放到哪里", ""),
    ("恢复单", "换一张新的"),
    ("备份和清单", "写好，读回来核对"),
    ("签字", "打印清单"),
)


def may_hand_over(context: Context) -> bool:
    """Whether to offer it: who copies the file and manages the keys of an office with keys."""
    rights = (Right.BACK_UP, Right.MANAGE_USERS)
    return bool(context.user.slot) and all(context.may(right) for right in rights)


class HandoverButton(Button):
    """Opens the dialog; hidden from whoever may not."""

    def __init__(self, context: Context) -> None:
        super().__init__("交接包", icon="package-variant-closed", wide=True)
        self.setToolTip("书记换人时用：备份、清单和新的恢复单，一次做好")
        self.clicked.connect(lambda: HandoverDialog(context, self.window()).exec())
        # Shown with the page: what is shown before it has a parent is a window of its own.
        if not may_hand_over(context):
            self.hide()


class HandoverDialog(Dialog):
    """Four steps; `done` says in words what was done so far, and is kept in the journal once."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("交接包", parent, width=760)
        self._context = context
        self._busy = self._kept = False
        self._sheet_changed: bool | None = None
        self.package: Package | None = None
        self.done_so_far: list[str] = []
        self.steps = StepList(_STEPS)
        self.who = WhoAndWhere(context.user.name, context.database.file)
        self.sheet, self.work, self.end = SheetPage(), WorkPage(), DonePage()
        self._lay_out()
        self.end.print_wanted.connect(self.print_list)
        self.end.look_wanted.connect(self.look)
        self._show(_WHO)

    # -- the steps

    def go_on(self) -> None:
        """The primary button of the step."""
        with domain_errors_shown(self):
            (self._after_who, self.new_sheet, self.make, self.accept)[self.steps.current]()

    def _after_who(self) -> None:
        place = check_place(self.who.folder)
        self.steps.set_note(_WHO, str(place))
        if self._sheet_changed is None:
            self._show(_SHEET)
        else:
            self.make()

    def skip_sheet(self) -> None:
        """The old sheet stays in force; the list says that it must be replaced."""
        self._sheet_changed = False
        self.steps.set_note(_SHEET, "这次没有换")
        self.make()

    def new_sheet(self) -> None:
        """Another recovery code, printed and proved before anything else can be done."""
        hand_out_new_sheet(self._context, self)
        self._sheet_changed = True
        self._note("恢复单换了新的")
        self.steps.set_note(_SHEET, "已换新的")
        self.make()

    def make(self) -> None:
        """The backup and the list, in the background."""
        folder, persons = self.who.folder, self.who.persons
        database, vault = self._context.database, self._vault()
        changed = bool(self._sheet_changed)
        self._set_busy(True)
        self._show(_WORK)
        self._context.background.start(
            lambda _: make_package(database, vault, folder, persons, sheet_changed=changed),
            done=self._made,
            failed=self._failed,
            owner=self,
        )

    def _made(self, package: Package) -> None:
        self.package = package
        self._set_busy(False)
        self._note(f"备份和清单写到 {package.folder}，居民 {package.info.people:,} 人，已核验")
        self.steps.set_note(_WORK, "已核验")
        self.end.show_package(package, sheet_changed=bool(self._sheet_changed))
        self._show(_DONE)
        self.end.print_button.setFocus()

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, DomainError):
            raise error
        self.work.show_fault(str(error))
        self._show_buttons()

    def print_list(self) -> None:
        if self.package is not None:
            with domain_errors_shown(self):
                print_paper(self, self._request(self.package))

    def look(self) -> None:
        """The list on the screen."""
        if self.package is not None:
            PaperPreview(self._context, TITLE, self.package.pdf, self._note_list_taken, self).exec()

    def _request(self, package: Package) -> PrintRequest:
        return PrintRequest(
            title=TITLE,
            pdf=package.pdf,
            done=self._note_list_taken,
            saved=lambda _: self._note_list_taken(),
            owner=self,
            copies=3,
        )

    def _note_list_taken(self) -> None:
        self._note("清单已打印")

    # -- leaving

    def accept(self) -> None:
        self._keep()
        super().accept()

    def reject(self) -> None:
        """Before the end: say what was done and what was not, and leave only if that is meant."""
        if self._busy:
            return
        if self.done_so_far and self.package is None:
            done = "；".join(self.done_so_far)
            words = f"已经做了：{done}。备份和清单还没有做，以后可以再点「交接包」接着做。"
            if not confirm(self, "先停在这里", words, "停在这里"):
                return
        self._keep()
        super().reject()

    def _keep(self) -> None:
        """One line in the journal for all that was done; nothing where nothing was."""
        if self._kept or not self.done_so_far:
            return
        self._kept = True
        database, user = self._context.database, self._context.user
        with domain_errors_shown(self):
            with database.transaction(f"交接：{self.who.persons.sentence}") as session:
                handover.note(session, user.user_id, self.done_so_far)
            self._context.signals.changed.emit(Area.OFFICE)
            notify(self._context.signals, self.done_so_far[-1])

    def _note(self, words: str) -> None:
        if words not in self.done_so_far:
            self.done_so_far.append(words)

    # -- inside

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        for page in (self.who, self.sheet, self.work, self.end):
            self.stack.addWidget(page)
        self.stack.setMinimumHeight(theme.current().px(300))
        self.steps.setFixedWidth(theme.current().px(200))
        self.body.addLayout(row(self.steps, (self.stack, 1), spacing=20))
        self.leave_button = self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.skip_button = self.add_button(Button("这次不换"))
        self.skip_button.clicked.connect(self.skip_sheet)
        self.back_button = self.add_button(Button("换个地方放"))
        self.back_button.clicked.connect(lambda: self._show(_WHO))
        self.next_button = self.add_button(Button("下一步", kind="primary", cap="Ctrl+Enter"))
        self.next_button.clicked.connect(self.go_on)
        self.who.form.save_requested.connect(self.go_on)
        self.who.form.leave_requested.connect(self.reject)

    def _show(self, step: int) -> None:
        self.steps.set_current(step)
        self.stack.setCurrentIndex(step)
        self._show_buttons()

    def _show_buttons(self) -> None:
        step = self.steps.current
        words = ("下一步", "换新的恢复单", "再试一次", "完成")[step]
        self.next_button.setText(words)
        self.next_button.setVisible(not self._busy)
        self.leave_button.setEnabled(not self._busy)
        self.leave_button.setVisible(step != _DONE)
        self.skip_button.setVisible(step == _SHEET)
        self.back_button.setVisible(step == _WORK and not self._busy)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.work.show_fault("")
        self._show_buttons()

    def _vault(self) -> Vault:
        return load_vault(self._context.database.file)
