"""The first start: community, secretary and password, recovery sheet, where residents come from."""

from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app import paths
from app.clock import Clock
from app.services.office import Office
from app.storage.backup_info import BackupInfo
from app.storage.cloud import cloud_words
from app.ui.first_steps import CommunityStep, OriginStep, SecretaryStep
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.labels import Label, box, clear, column, hide_unless, icon_label, row, small
from app.ui.kit.messages import domain_errors_shown
from app.ui.kit.pdf_view import PdfView
from app.ui.kit.sidebar import PRODUCT, PRODUCT_LINE
from app.ui.kit.wizard import StepList
from app.ui.office.recovery_steps import RecoverySteps

STEPS = (
    ("社区", "名称、地址、电话"),
    ("书记与密码", "谁来保管"),
    ("恢复单", "打印，锁好"),
    ("居民从哪里来", "导入名册、空白或演示"),
)


_NEW_COMPUTER = "换了电脑、重装了系统，有备份就不用从头来"


class Origin(Enum):
    """How the office begins."""

    IMPORT = "import"
    EMPTY = "empty"
    DEMO = "demo"


Create = Callable[[Office, str, str], tuple[str, ...]]
"""(office, secretary, password) -> groups of the recovery code; makes the file on the disk"""
MakeSheet = Callable[[Office, tuple[str, ...]], bytes]


class FirstStart(QWidget):
    """Four steps. The file is made when the password is decided; going back makes no new code."""

    finished = Signal(object)
    """Origin"""
    sheet_kept = Signal()
    """The recovery sheet is on paper and put away"""
    restore_requested = Signal()
    """There is a backup of an office that worked elsewhere before"""

    def __init__(
        self,
        clock: Clock,
        *,
        create: Create,
        change_office: Callable[[Office], None],
        make_sheet: MakeSheet,
        folder: Path | None = None,
    ) -> None:
        super().__init__()
        self._clock = clock
        self._create = create
        self._change_office = change_office
        self._make_sheet = make_sheet
        self._folder = folder or paths.data_dir()
        self.recovery: RecoverySteps | None = None
        self._has_offer = False
        self.community = CommunityStep()
        self.secretary = SecretaryStep()
        self.origin = OriginStep()
        self._build()
        self._connect()
        self.show_step(0)

    # -- building

    def _build(self) -> None:
        self.body = QStackedWidget()
        self._recovery_place = QWidget()
        self._recovery_row = QHBoxLayout(self._recovery_place)
        self._recovery_row.setContentsMargins(0, 0, 0, 0)
        self._recovery_row.setSpacing(theme.current().spacing[3])
        for step in (self.community, self.secretary, self._recovery_place, self.origin):
            self.body.addWidget(step)
        self.back = Button("上一步", action="step_back")
        self.reason = small()
        self.on = Button("下一步", kind="primary", action="step_on")
        foot = row(self.back, self._way_back(), None, self.reason, self.on, spacing=12)
        right = column(self._offer(), (self.body, 1), foot, spacing=14, margins=(20, 16, 20, 14))
        self.setLayout(row(self._side(), (box(right), 1), spacing=0))

    def _offer(self) -> QWidget:
        """The backup on a stick that was found; hidden until there is one."""
        self._found = Notice("", tone="info", icon="usb-flash-drive-outline")
        self.take_found = Button("从这里恢复", kind="primary")
        self.take_found.clicked.connect(self.restore_requested)
        self._offered = box(row((self._found, 1), self.take_found, spacing=12))
        self._offered.hide()
        return self._offered

    def offer(self, backup: BackupInfo) -> None:
        """Somebody with a stick of backups wants the office back rather than a new one."""
        name = backup.office_name or "一个社区"
        self._found.show_text(
            f"U 盘上有{name}的备份，{backup.at:%Y-%m-%d %H:%M}，{backup.people:,} 人",
            # In 大字 the form below needs the height.
            ""
            if theme.current().large
            else "换了电脑、重装了系统，就从这里接着用；真要新建社区，不用管它。",
        )
        self._has_offer = True
        self._show_state()

    def _side(self) -> QWidget:
        self.steps = StepList(STEPS)
        name = row(
            Label(PRODUCT, "h1", tone="brand", bold=True),
            Label(PRODUCT_LINE, tone="text2"),
            None,
            spacing=7,
        )
        offline = row(icon_label("lan-disconnect"), small("不联网，资料只在本机"), None, spacing=7)
        folder = small(str(self._folder), wrap=True)
        self.cloud = Notice("", cloud_words(self._folder), tone="warn")
        hide_unless(bool(cloud_words(self._folder)), self.cloud)
        side = box(
            column(
                column(name, small("第一次使用，约 5 分钟"), spacing=0),
                self.steps,
                None,
                self.cloud,
                offline,
                row(icon_label("folder-outline"), (folder, 1), spacing=7),
                spacing=14,
                margins=(20, 16, 12, 18),
            ),
            "sidebar",
        )
        side.setFixedWidth(theme.current().px(248))
        return side

    def _way_back(self) -> QWidget:
        """On a computer that is new to an office that is not; in 大字 the words give way."""
        self.restore = Button("从备份恢复…", icon="backup-restore")
        self.restore.setToolTip(_NEW_COMPUTER)
        self.restore.clicked.connect(self.restore_requested)
        words = [] if theme.current().large else [small(_NEW_COMPUTER)]
        self._restoring = box(row(self.restore, *words, spacing=10))
        return self._restoring

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.show_step(self.step - 1))
        self.on.clicked.connect(self.go_on)
        self.back.bind(self)
        self.on.bind(self)
        for step in (self.community, self.secretary):
            step.changed.connect(self._show_state)
            step.form.save_requested.connect(self.go_on)
        self.origin.chosen.connect(lambda key: self.finished.emit(Origin(key)))

    def showEvent(self, event: QShowEvent) -> None:
        """What is asked first has the focus first."""
        super().showEvent(event)
        self.body.currentWidget().setFocus()

    # -- moving

    @property
    def step(self) -> int:
        return self.body.currentIndex()

    def show_step(self, number: int) -> None:
        self.body.setCurrentIndex(number)
        self.steps.set_current(number)
        self.back.setVisible(0 < number < len(STEPS) - 1)
        self.on.setVisible(number < len(STEPS) - 1)
        self._show_state()
        self.body.currentWidget().setFocus()

    def go_on(self) -> None:
        """Take the present step, if it is complete."""
        if not self.on.isEnabled() or not self.on.isVisibleTo(self):
            return
        with domain_errors_shown(self):
            if self.step == 0:
                self._take_community()
            elif self.step == 1:
                self._take_secretary()
            else:
                self.sheet_kept.emit()
                self._wipe_recovery()
            self.show_step(self.step + 1)

    def _take_community(self) -> None:
        office = self.community.office()
        if self.recovery is not None:
            self._change_office(office)
        self.steps.set_note(0, f"{office.street}{office.community_name}")

    def _take_secretary(self) -> None:
        if self.recovery is not None:
            return
        office, name = self.community.office(), self.secretary.user_name()
        groups = self._create(office, name, self.secretary.password())
        self.secretary.lock()
        self.steps.set_note(1, name)
        self._show_recovery(office, groups)

    def _show_recovery(self, office: Office, groups: tuple[str, ...]) -> None:
        sheet = self._make_sheet(office, groups)
        self.recovery = RecoverySteps(groups, lambda: sheet, self._clock)
        self.recovery.ready_changed.connect(self._show_state)
        preview = PdfView()
        preview.setAccessibleName("恢复单预览")
        preview.show_pdf(sheet)
        self._recovery_place.setFocusProxy(self.recovery.print_button)
        self._recovery_row.addWidget(self.recovery)
        self._recovery_row.addWidget(preview, 1)
        self.recovery.setMinimumWidth(theme.current().px(500))

    def _wipe_recovery(self) -> None:
        """After this step the groups are on paper only."""
        clear(self._recovery_row)

    def _show_state(self) -> None:
        reasons = (
            self.community.missing,
            self.secretary.missing,
            (lambda: self.recovery.hint if self.recovery else ""),
            (lambda: ""),
        )
        # Once there is a file of its own, a backup would take its place.
        begun = self.step > 0 or self.recovery is not None
        self._restoring.setVisible(not begun)
        self._offered.setVisible(self._has_offer and not begun)
        missing = reasons[self.step]()
        self.reason.setText(missing)
        self.on.setEnabled(not missing)
