"""小结和照片: how an activity went, and how it looked."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.context import Context
from app.models import Activity
from app.services import activities, activity_photos
from app.services.activity_views import ActivityRow
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form
from app.ui.kit.labels import Label
from app.ui.kit.signals import Area
from app.ui.people.photos_field import PhotosField
from app.ui.points.activities.words import name_of, people_words
from app.ui.recent.unsaved import keep_dialog


class SummaryDialog(Dialog):
    """Both are kept together, in one step."""

    def __init__(
        self, context: Context, activity: ActivityRow, parent: QWidget | None = None
    ) -> None:
        super().__init__("小结和照片", parent, width=680)
        self._context, self._activity = context, activity
        self.summary = QPlainTextEdit(activity.summary)
        self.summary.setPlaceholderText("做了什么，效果怎样，哪些人出力多，下次注意什么")
        self.summary.setTabChangesFocus(True)
        self.summary.setFixedHeight(theme.current().px(150))
        self.photos = PhotosField("一次活动")
        with context.database.reading() as session:
            self.photos.show_saved(activity_photos.photos(session, activity.id))
        self.form = Form(label=44)
        self.form.add("小结", self.summary)
        self.form.add("照片", self.photos)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(
            Label(f"{name_of(activity)}　{people_words(activity)}", tone="text2", wrap=True)
        )
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.summary.setFocus()
        record = (Activity.__tablename__, activity.id)
        title = f"小结 {name_of(activity)}"
        keep_dialog(context, self, self.form, f"summary:{activity.id}", title, record=record)

    def save(self) -> None:
        """Keep words and pictures; a fault is said and everything stays."""
        title = f"小结 {name_of(self._activity)}"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(title) as session:
                activities.summarise(
                    session,
                    self._activity.id,
                    self.summary.toPlainText(),
                    version=self._activity.version,
                )
                if self.photos.dirty:
                    activity_photos.set_photos(
                        session,
                        self._activity.id,
                        kept=self.photos.kept,
                        added=self.photos.added,
                        now=self._context.clock.now(),
                    )
            self._context.signals.changed.emit(Area.POINTS)
            messages.notify(self._context.signals, f"已保存{title}")
            self.accept()
