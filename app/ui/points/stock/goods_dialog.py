"""新增商品, 修改商品: what it is, what it costs, how many somebody may have."""

from PySide6.QtWidgets import QCheckBox, QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import Goods, LimitPeriod
from app.services import goods, goods_keeping
from app.services.goods_keeping import GoodsInput
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.signals import Area
from app.ui.people.photo_edit import PhotoEdit
from app.ui.points.stock.figures import figure, figure_of
from app.ui.recent.history import Record, history_button
from app.ui.recent.unsaved import keep_dialog

DRAFT = "goods"
_UNITS = ["件", "瓶", "袋", "块", "盒", "包", "条", "个", "桶", "提"]


class GoodsDialog(Dialog):
    """A new article, or one that there is; `goods_id` afterwards says which it was."""

    def __init__(
        self, context: Context, goods_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("新增商品" if goods_id is None else "修改商品", parent, width=720)
        self._context = context
        self.goods_id = goods_id
        self.again = False
        """Whether the next one is to be typed after this"""
        self._version = 0
        self._photo = b""
        entered = self._read()
        self._make_fields(entered)
        self.form = self._form()
        self.body.addWidget(self.form)
        self._add_buttons()
        record = (Goods.__tablename__, goods_id) if goods_id is not None else None
        title = f"{self.windowTitle()} {entered.name}".strip()
        key = f"{DRAFT}:{goods_id or 'new'}"
        self.keeper = keep_dialog(context, self, self.form, key, title, record=record)
        self.barcode.editingFinished.connect(self._check_barcode)
        self.name.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered = self.entered()
            sentence = f"{self.windowTitle()} {entered.name.strip()}"
            with self._context.database.transaction(sentence) as session:
                self._keep(session, entered)
            self._leave(f"已保存：{entered.name.strip()}")

    def save_next(self) -> None:
        """Keep it, and ask for one more."""
        self.again = self.goods_id is None
        self.save()
        self.again = self.again and bool(self.result())

    def remove(self) -> None:
        """Into the recycle bin, after asking."""
        name = self.name.text().strip()
        words = f"“{name}”会移到回收站，30 天内可以放回。记过的账和印过的小票都不变。"
        if self.goods_id is None or not messages.confirm(
            self, "删除商品", words, "删除", destructive=True
        ):
            return
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"删除商品 {name}") as session:
                goods_keeping.remove(
                    session, self.goods_id, version=self._version, now=self._context.clock.now()
                )
            self._leave(f"已删除：{name}")

    def entered(self) -> GoodsInput:
        """What stands in the form; raises DomainError for a figure that is none."""
        return GoodsInput(
            name=self.name.text(),
            points=figure_of(self.points, "单价", "12") or 0,
            number=self.number.text(),
            barcode=self.barcode.text(),
            spec=self.spec.text(),
            unit=self.unit.currentText(),
            kind=self.kind.currentText(),
            shelf=self.shelf.text(),
            low_at=figure_of(self.low, "低库存线", "5") or 0,
            limit=figure_of(self.limit, "每人限兑", "2"),
            limit_period=list(LimitPeriod)[self.period.currentIndex()],
            on_shelf=self.on_shelf.isChecked(),
            note=self.note.text(),
        )

    # -- inside

    def _read(self) -> GoodsInput:
        with self._context.database.reading() as session:
            known = goods.all_goods(session, self._context.clock.today())
            self._kinds = sorted({one.kind for one in known} - {""})
            if self.goods_id is not None:
                self._photo = goods_keeping.photo(session, self.goods_id) or b""
                entered, self._version = goods_keeping.input_of(session, self.goods_id)
                return entered
            return GoodsInput(name="", points=0, number=goods_keeping.next_number(session))

    def _make_fields(self, entered: GoodsInput) -> None:
        self.name = line_edit(entered.name, hint="如 洗衣液", limit=30)
        self.spec = line_edit(entered.spec, hint="如 1 千克", limit=20)
        self.points = figure(entered.points or None, hint="几分一件")
        self.unit = choice(_UNITS, entered.unit, editable=True)
        self.number = line_edit(entered.number, limit=10)
        self.barcode = line_edit(entered.barcode, hint="用扫码枪扫，没有就不填", limit=20)
        self.kind = choice(self._kinds, entered.kind, editable=True)
        self.kind.setCurrentText(entered.kind)
        self.shelf = line_edit(entered.shelf, hint="如 A1", limit=10)
        self.low = figure(entered.low_at or None, hint="剩几件时提醒")
        self.limit = figure(entered.limit, hint="不限不填")
        self.period = choice(
            [one.label for one in LimitPeriod], entered.limit_period.label, name="限兑周期"
        )
        self.on_shelf = QCheckBox("上架（柜台可以兑换）")
        self.on_shelf.setChecked(entered.on_shelf)
        self.on_shelf.setMinimumHeight(theme.current().control)
        self.note = line_edit(entered.note, limit=60)
        self.photo = PhotoEdit()
        self.photo.set_value(self._photo)

    def _form(self) -> Form:
        form = Form(columns=2, label=72)
        form.add("品名", self.name, required=True)
        form.add("规格", self.spec)
        form.add("单价", self.points, required=True).set_message("几分一件，不写价钱。")
        form.add("单位", self.unit, required=True)
        form.add("货号", self.number)
        self.barcode_field = form.add("条码", self.barcode)
        form.add("类别", self.kind)
        form.add("货架", self.shelf)
        form.add("低库存线", self.low)
        form.add("每人限兑", self.limit)
        form.add("限兑周期", self.period)
        form.add("上架", self.on_shelf)
        form.add("备注", self.note, span=2)
        form.add("照片", self.photo, span=2)
        form.finish()
        form.save_requested.connect(self.save)
        form.save_next_requested.connect(self.save_next)
        form.leave_requested.connect(self.reject)
        return form

    def _add_buttons(self) -> None:
        self.remove_button = Button("删除", kind="danger")
        self.remove_button.clicked.connect(self.remove)
        if self.goods_id is not None:
            self._foot.insertWidget(0, history_button(self._context, self, self._record))
            self._foot.insertWidget(1, self.remove_button)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        if self.goods_id is None:
            self.next_button = self.add_button(Button("保存并再增一个", cap=keys.cap("save_next")))
            self.next_button.clicked.connect(self.save_next)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)

    def _check_barcode(self) -> None:
        """Scanned by mistake on a second packet: said at once, not when everything is typed."""
        with self._context.database.lookup() as lookup:
            owner = goods_keeping.barcode_owner(lookup, self.barcode.text(), self.goods_id)
        self.barcode_field.set_message(f"已经是{owner}的条码。" if owner else "", "danger")

    def _keep(self, session: Session, entered: GoodsInput) -> None:
        if self.goods_id is None:
            self.goods_id = goods_keeping.add(session, entered)
        else:
            goods_keeping.change(session, self.goods_id, entered, version=self._version)
        jpeg = self.photo.value()
        if jpeg != self._photo:
            goods_keeping.set_photo(session, self.goods_id, jpeg or None)

    def _leave(self, sentence: str) -> None:
        self._context.signals.changed.emit(Area.POINTS)
        messages.notify(self._context.signals, sentence)
        self.accept()

    def _record(self) -> Record:
        return Record(Goods, self.goods_id, f"商品 {self.name.text()}")
