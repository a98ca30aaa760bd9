"""The steps of the first start that are forms or choices."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.services.office import Office
from app.storage.vault_faults import SHORTEST_PASSWORD
from app.ui.kit import icons, paint, theme
from app.ui.kit.card import Card, Notice
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import Label, column, h1, row, rule, small, title
from app.ui.kit.password_edit import PasswordEdit
from app.ui.kit.tokens import CARD_RADIUS, COLORS
from app.ui.office.new_password import password_fault, password_hint

REGION_LENGTHS = (6, 9, 12)


class _Step(QWidget):
    """A card with a form at the left, an explanation at the right."""

    changed = Signal()

    def __init__(self, heading: str, words: str, aside: Card) -> None:
        super().__init__()
        card = Card(margins=(28, 24, 28, 20), spacing=10)
        card.body.addWidget(h1(heading))
        card.body.addWidget(Label(words, tone="text2", wrap=True))
        card.body.addSpacing(theme.current().px(10))
        self.form = Form(label=96)
        card.body.addWidget(self.form)
        card.body.addStretch(1)
        card.setMinimumWidth(theme.current().px(500))
        self.setLayout(row((card, 1), (column(aside, None), 1), spacing=16))
        self.form.changed.connect(self.changed)


class CommunityStep(_Step):
    """Name, street, region code, address, phone."""

    def __init__(self) -> None:
        super().__init__(
            "社区", "这些会印在每一份文书上。除了名称，都可以以后在 设置 里补。", self._letterhead()
        )
        self.name = line_edit(hint="如 望海社区")
        self.street = line_edit(hint="如 海湾街道")
        self.region = line_edit(hint="6、9 或 12 位数字，可不填", limit=12)
        self.address = line_edit(hint="可不填")
        self.phone = line_edit(hint="可不填", limit=40)
        self.form.add("社区名称", self.name, required=True)
        self.form.add("所属街道", self.street)
        self._region_field = self.form.add("区划代码", self.region)
        self.form.add("办公地址", self.address)
        self.form.add("办公电话", self.phone)
        self.form.finish()
        self.changed.connect(self._show_letterhead)
        self.setFocusProxy(self.name)
        self._show_letterhead()

    def office(self) -> Office:
        return Office(
            community_name=self.name.text().strip(),
            street=self.street.text().strip(),
            region_code=self.region.text().strip(),
            address=self.address.text().strip(),
            phone=self.phone.text().strip(),
        )

    def missing(self) -> str:
        """Why one cannot go on yet; also shown at the field."""
        fault = self._region_fault()
        self._region_field.set_message(fault, "danger" if fault else "neutral")
        if not self.name.text().strip():
            return "填上社区名称，就能往下走"
        return fault and "区划代码要改一下"

    def _region_fault(self) -> str:
        text = self.region.text().strip()
        if not text or (text.isascii() and text.isdigit() and len(text) in REGION_LENGTHS):
            return ""
        return f"应是 6、9 或 12 位数字（已填 {len(text)} 位）"

    def _letterhead(self) -> Card:
        card = Card(margins=(28, 22, 28, 24), spacing=6)
        card.body.addWidget(small("文书上会这样写"))
        card.body.addSpacing(theme.current().px(14))
        role = "title" if theme.current().large else "h2"
        self._head = Label("", role, tone="brand", bold=True, wrap=True)
        self._head.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._place = small(wrap=True)
        self._place.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        card.body.addWidget(self._head)
        card.body.addWidget(rule())
        card.body.addWidget(self._place)
        return card

    def _show_letterhead(self) -> None:
        office = self.office()
        name = office.community_name or "（社区名称）"
        self._head.setText(f"{office.street}{name}居民委员会")
        phone = f"电话 {office.phone}" if office.phone else ""
        self._place.setText("　".join(filter(None, (office.address, phone))) or "地址、电话")


class SecretaryStep(_Step):
    """The first user and the password, typed twice."""

    def __init__(self) -> None:
        super().__init__(
            "书记与密码", "资料用这个密码加密保存。同事的密码以后在 设置 里各自添加。", _advice()
        )
        self.name = line_edit(hint="书记本人姓名", limit=40)
        self.first = PasswordEdit("密码")
        self.second = PasswordEdit("再输一遍")
        self.form.add("书记姓名", self.name, required=True)
        self._first_field = self.form.add("密码", self.first, required=True)
        self._second_field = self.form.add("再输一遍", self.second, required=True)
        self.form.finish()
        self._locked = False
        self.setFocusProxy(self.name)
        self.missing()

    def user_name(self) -> str:
        return self.name.text().strip()

    def password(self) -> str:
        return self.first.text()

    def lock(self) -> None:
        """The file is made: from now on the password is changed in 设置."""
        self._locked = True
        for edit in (self.name, self.first, self.second):
            edit.setEnabled(False)
        self.first.clear()
        self.second.clear()
        self._first_field.set_message("已设好，以后在 设置 里更换", "ok")
        self._second_field.set_message()

    def missing(self) -> str:
        if self._locked:
            return ""
        first, second = self.first.text(), self.second.text()
        self._first_field.set_message(*password_hint(first))
        if second:
            same = first == second
            self._second_field.set_message(
                "两遍一样" if same else "和上面不一样", "ok" if same else "neutral"
            )
        else:
            self._second_field.set_message()
        if not self.user_name():
            return "填上书记姓名"
        return password_fault(first) or ("" if first == second else "两遍密码还不一样")


def _advice() -> Card:
    card = Card(margins=(22, 18, 22, 20), spacing=8)
    card.body.addWidget(title("怎样的密码好记又不易猜"))
    for line in (
        f"至少 {SHORTEST_PASSWORD} 个字符；几个不相干的词连在一起最好记。",
        "不用生日、电话、单位名称。",
        "不写在屏幕边上，也不发微信。",
    ):
        card.body.addWidget(Label(f"・{line}", wrap=True))
    card.body.addSpacing(theme.current().px(4))
    card.body.addWidget(
        Notice(
            "忘了密码，谁也打不开。", "下一步会打印一张恢复单，那是唯一的备用钥匙。", tone="warn"
        )
    )
    return card


_ORIGINS = (
    (
        "import",
        "file-excel-outline",
        "导入名册",
        "有 Excel 或 WPS 表格。表头自己认，先看后导，能整次收回。",
    ),
    ("empty", "file-outline", "从空白开始", "先进去看看，以后随时可以导入或逐个新增。"),
    ("demo", "eye-outline", "看演示", "一个编造的社区，约 2,600 人，随便点，不影响您的资料。"),
)


class OriginStep(QWidget):
    """Import a roster, start empty, or look at a made-up community."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.choices = [OriginChoice(*words) for _, *words in _ORIGINS]
        for choice, (key, *_) in zip(self.choices, _ORIGINS, strict=True):
            choice.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
        card = Card(margins=(28, 24, 28, 20), spacing=10)
        card.body.addWidget(h1("居民从哪里来"))
        card.body.addWidget(Label("选一样就进入程序，以后都能再改。", tone="text2"))
        card.body.addSpacing(theme.current().px(10))
        for choice in self.choices:
            card.body.addWidget(choice)
        card.body.addStretch(1)
        self.setLayout(row(card))
        self.setFocusProxy(self.choices[0])


class OriginChoice(QPushButton):
    """A large button with an icon, a name and what will happen."""

    def __init__(self, icon: str, words: str, detail: str) -> None:
        super().__init__()
        self._icon, self._words, self._detail = icon, words, detail
        self.setAccessibleName(f"{words}：{detail}")
        self.setAutoDefault(True)
        self.setFixedHeight(theme.current().px(84))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hot = self.underMouse()
        painter.setPen(QColor(COLORS.primary if hot else COLORS.input_border))
        painter.setBrush(QColor(COLORS.primary_soft if hot else COLORS.surface))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, CARD_RADIUS, CARD_RADIUS)
        px = theme.current().px
        side = px(32)
        place = self.rect().adjusted(px(22), 0, 0, 0)
        place.setWidth(side)
        icons.draw(painter, place, self._icon, COLORS.primary)
        self._paint_words(painter, px(76))
        if self.hasFocus():
            paint.focus_ring(painter, self.rect())

    def _paint_words(self, painter: QPainter, x: int) -> None:
        px = theme.current().px
        place = self.rect().adjusted(x, px(18), -px(20), -px(18))
        painter.setPen(QColor(COLORS.text))
        painter.setFont(theme.font("title", bold=True))
        painter.drawText(place, Qt.AlignmentFlag.AlignTop, self._words)
        painter.setPen(QColor(COLORS.text2))
        painter.setFont(theme.font())
        painter.drawText(place, Qt.AlignmentFlag.AlignBottom, self._detail)
