"""The line above the form: where one is, when the draft was kept, and the three ways on."""

from PySide6.QtWidgets import QWidget

from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.labels import Label, h1, icon_label, row, small
from app.ui.kit.tokens import COLORS


class FormHeader(QWidget):
    """Title and buttons of the resident's form."""

    def __init__(self) -> None:
        super().__init__()
        large = theme.current().large
        where = Label("居民", "h2", bold=True, tone="text2")
        arrow = icon_label("chevron-right", COLORS.text2)
        self._title = h1("新增居民")
        self._draft_icon = icon_label("content-save-outline", COLORS.ok)
        self._draft = small()
        self.leave = Button("返回", action="leave")
        self.save_next = Button("再增一人" if large else "保存并再增一人", action="save_next")
        self.save = Button("保存", kind="primary", action="save")
        draft = () if large else (self._draft_icon, self._draft)
        buttons = (self.leave, self.save_next, self.save)
        self.setLayout(row(where, arrow, self._title, None, *draft, *buttons))
        self.tell_draft("")

    def show_new(self) -> None:
        self._title.setText("新增居民")
        self.save_next.show()

    def show_person(self, name: str) -> None:
        self._title.setText(f"修改 {name}")
        self.save_next.hide()

    def tell_draft(self, words: str, well: bool = True) -> None:
        """When the draft was kept, or why it was not."""
        self._draft.setText(words)
        self._draft.set_tone("text2" if well else "danger")
        self._draft_icon.setVisible(bool(words) and well)
