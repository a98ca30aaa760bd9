"""The card of a 公示: how many days are left, the board's photographs, objections, the end."""

from app.context import Context
from app.services import publicity
from app.services.calendar import GUESSED
from app.services.notices import NoticeLine
from app.services.publicity import Standing
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Facts, Notice
from app.ui.kit.chips import Chip, ChipLabel
from app.ui.kit.labels import Label, row, title
from app.ui.kit.signals import Area
from app.ui.papers.notices.objections_dialog import ObjectionsDialog
from app.ui.papers.notices.photos_dialog import PhotosDialog
from app.ui.papers.notices.take_down_dialog import TakeDownDialog


class PublicityCard(Card):
    """Shows the 公示 that is current in the archive; empty words where there is none."""

    def __init__(self, context: Context) -> None:
        large = theme.current().large
        super().__init__(margins=(14, 8, 14, 8) if large else (16, 12, 16, 14), spacing=6)
        self._context = context
        self._line: NoticeLine | None = None
        self._chip = ChipLabel("")
        self._sentence = Label(wrap=True)
        self._facts = Facts(label=60)
        self._guessed = Notice(GUESSED, "可在「设置－节假日」里导入当年的放假安排。", tone="warn")
        self.post_button = Button("登记张贴", kind="primary")
        self.photos_button = Button("照片…")
        self.objections_button = Button("异议…")
        self.down_button = Button("撤下…", kind="danger")
        # In 大字 the list keeps its rows: its chip and the sentence say the same.
        if not large:
            self.body.addLayout(row(title("公示进度"), None, self._chip))
        for widget in (self._sentence, self._facts, self._guessed):
            self.body.addWidget(widget)
        self.body.addLayout(
            row(
                self.post_button, self.photos_button, self.objections_button, None, self.down_button
            )
        )
        self.post_button.clicked.connect(self.post)
        self.photos_button.clicked.connect(self.show_photos)
        self.objections_button.clicked.connect(self.show_objections)
        self.down_button.clicked.connect(self.take_down)
        self.refresh()

    def show_notice(self, line: NoticeLine | None) -> None:
        """The 公示 to show, None for none."""
        self._line = line
        self.refresh()

    def refresh(self) -> None:
        """Read how it stands anew."""
        buttons = (self.post_button, self.photos_button, self.objections_button, self.down_button)
        for button in buttons:
            button.setVisible(self._line is not None)
        self._chip.setVisible(self._line is not None and not theme.current().large)
        self._guessed.hide()
        if self._line is None:
            self._sentence.setText("选一份公示，这里看还剩几天。")
            self._facts.set_pairs([])
            return
        with self._context.database.reading() as session:
            standing = publicity.standing(session, self._line.id, today=self._context.clock.today())
        self._show(standing)

    def post(self) -> None:
        """It was put on the board today."""
        line = self._line
        if line is None:
            return
        today = self._context.clock.today()
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"登记张贴公示《{line.title}》") as session:
                found = publicity.post(session, line.id, on=today)
            self._changed(f"已登记张贴，{found.ends_on:%m-%d} 24:00 期满")

    def take_down(self) -> None:
        if self._line is None:
            return
        dialog = TakeDownDialog(self._context, self._line, self.window())
        if dialog.exec():
            self._changed("公示已撤下")

    def show_photos(self) -> None:
        if self._line is not None:
            PhotosDialog(self._context, self._line, self.window()).exec()
            self._changed()

    def show_objections(self) -> None:
        if self._line is not None:
            ObjectionsDialog(self._context, self._line, self.window()).exec()
            self._changed()

    def _changed(self, words: str = "") -> None:
        self.refresh()
        self._context.signals.changed.emit(Area.PAPERS)
        if words:
            messages.notify(self._context.signals, words)

    def _show(self, standing: Standing) -> None:
        self._chip.set_chip(Chip(standing.chip, standing.tone))
        self._sentence.setText(standing.sentence)
        self._facts.set_pairs(_facts(standing))
        self._guessed.setVisible(standing.guessed)
        hanging = standing.posted_on is not None and standing.taken_down_on is None
        self.post_button.setVisible(standing.posted_on is None)
        self.photos_button.setVisible(standing.posted_on is not None)
        self.objections_button.setVisible(standing.posted_on is not None)
        self.down_button.setVisible(hanging)


def _facts(standing: Standing) -> list[tuple[str, str]]:
    posted = f"，{standing.posted_on:%m-%d} 张贴" if standing.posted_on else ""
    waiting = f"，{standing.unanswered} 条没有答复" if standing.unanswered else ""
    pairs = [("天数", f"{standing.days} 个{standing.unit}{posted}")]
    if standing.affair:
        pairs.append(("居务公开", standing.affair))
    if standing.posted_on:
        photos = f"照片 {standing.photos} 张" if standing.photos else "还没有照片"
        objections = f"异议 {standing.objections} 条{waiting}" if standing.objections else "无异议"
        pairs.append(("留存", f"{photos}，{objections}"))
    if standing.result:
        pairs.append(("结果", standing.result))
    return pairs
