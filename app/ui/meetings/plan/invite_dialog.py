"""打印邀请函: whom to invite, one a line; the units of 大党委 stand there already."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.context import Context
from app.services import meeting_papers
from app.services.meeting_views import MeetingRow
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import Label


class InviteDialog(Dialog):
    """`guests` holds the lines that were typed, after it was accepted."""

    def __init__(self, context: Context, it: MeetingRow, parent: QWidget | None = None) -> None:
        super().__init__("打印邀请函", parent, width=520)
        with context.database.reading() as session:
            usual = meeting_papers.usual_guests(session, it.id)
        words = f"{it.title}，{it.when}。一行一位，写清怎样称呼；一张纸两份，中间裁开。"
        self.body.addWidget(Label(words, wrap=True))
        self.lines = QPlainTextEdit("\n".join(usual), self)
        self.lines.setAccessibleName("邀请谁")
        self.lines.setPlaceholderText("如 海湾派出所 郑警官")
        self.lines.setTabChangesFocus(True)
        self.lines.setFixedHeight(theme.current().px(180))
        self.body.addWidget(self.lines)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("预览", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.lines.setFocus()

    @property
    def guests(self) -> list[str]:
        return [line.strip() for line in self.lines.toPlainText().splitlines() if line.strip()]

    def save(self) -> None:
        """Close once somebody is named."""
        if self.guests:
            self.accept()
        else:
            messages.tell(self, "请写上邀请谁，一行一位，如“海湾派出所 郑警官”。", "还没有写")
