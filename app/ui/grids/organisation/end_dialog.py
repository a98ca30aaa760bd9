"""离任, and taking out a post that was registered by mistake."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import posts
from app.services.posts import PostView
from app.ui.grids.organisation.remarks import tell_remarks
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import small
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine


class EndDialog(Dialog):
    """离任: the last day in the post and why."""

    def __init__(self, context: Context, post: PostView, parent: QWidget | None = None) -> None:
        super().__init__("离任", parent, width=460)
        self._context = context
        self._post = post
        today: date = context.clock.today()
        self.body.addWidget(small(f"{post.name} {post.words}，{post.term}", wrap=True))
        self.until = DateLine(today, today, future=True)
        self.reason = line_edit(hint="如 退休、搬走、任期届满", limit=200)
        self.form = Form(label=76)
        self.form.add("最后一天", self.until, required=True)
        self.form.add("原因", self.reason)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("离任", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self.until.setFocus()
        self.until.selectAll()

    def save(self) -> None:
        """End the post and close."""
        with messages.domain_errors_shown(self):
            until = self.until.value()
            if until is None:
                raise DomainError("日期不对，请写成 2026-11-25。")
            post = self._post
            with self._context.database.transaction(f"离任：{post.name} {post.words}") as session:
                done = posts.end(
                    session,
                    post.id,
                    until=until,
                    reason=self.reason.text(),
                    version=post.version,
                    today=self._context.clock.today(),
                )
            self._context.signals.changed.emit(Area.GRIDS)
            tell_remarks(self, self._context, done)
            self.accept()


def remove_post(context: Context, post: PostView, parent: QWidget) -> bool:
    """A post that was registered by mistake, after asking; whether it is gone."""
    words = (
        f"“{post.name} {post.words}，{post.term}”会移到回收站，历任里也不再有。"
        "这是给登记错的用的；真的任过又离开的，请用离任。"
    )
    if not messages.confirm(parent, "删除这一条任职", words, "删除", destructive=True):
        return False
    gone = False
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"删除任职：{post.name} {post.words}") as session:
            done = posts.remove(session, post.id, version=post.version, now=context.clock.now())
        context.signals.changed.emit(Area.GRIDS)
        tell_remarks(parent, context, done)
        gone = True
    return gone
