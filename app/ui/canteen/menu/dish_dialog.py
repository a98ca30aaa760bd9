"""新增菜, 修改菜: what it is, what it costs, what is in it, who may eat it."""

from PySide6.QtWidgets import QCheckBox, QWidget

from app.context import Context
from app.models import Dish, DishKind
from app.services import dishes
from app.services.diners import words
from app.services.dishes import ALLERGENS, SUITS, DishInput, DishView
from app.ui.canteen.code_choice import CodeChoice
from app.ui.canteen.food_field import FoodField
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.money_line import MoneyLine
from app.ui.kit.signals import Area
from app.ui.recent.history import Record, history_button
from app.ui.recent.unsaved import keep_dialog

DRAFT = "dish"


class DishDialog(Dialog):
    """A new dish, or one that there is; `dish_id` afterwards says which it was."""

    def __init__(
        self,
        context: Context,
        dish_id: int | None = None,
        parent: QWidget | None = None,
        *,
        kind: DishKind = DishKind.MEAT,
    ) -> None:
        super().__init__("新增菜" if dish_id is None else "修改菜", parent, width=720)
        self._context = context
        self.dish_id = dish_id
        self.again = False
        """Whether the next one is to be typed after this"""
        self._known = self._read()
        self._make_fields(kind)
        self.form = self._form()
        self.body.addWidget(self.form)
        self._add_buttons()
        record = (Dish.__tablename__, dish_id) if dish_id is not None else None
        title = f"{self.windowTitle()} {self.name.text()}".strip()
        self.keeper = keep_dialog(
            context, self, self.form, f"{DRAFT}:{dish_id or 'new'}", title, record=record
        )
        self.name.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered = self.entered()
            name = entered.name.strip()
            with self._context.database.transaction(f"{self.windowTitle()} {name}") as session:
                if self.dish_id is None or self._known is None:
                    self.dish_id = dishes.add(session, entered)
                else:
                    dishes.change(session, self.dish_id, entered, version=self._known.version)
            self._leave(f"已保存：{name}")

    def save_next(self) -> None:
        """Keep it, and ask for one more."""
        self.again = self.dish_id is None
        self.save()
        self.again = self.again and bool(self.result())

    def remove(self) -> None:
        """Into the recycle bin, after asking."""
        known = self._known
        if known is None or not messages.confirm(
            self,
            "删除菜",
            f"“{known.name}”会移到回收站，30 天内可以放回。排过的菜谱和记过的餐都不变。",
            "删除",
            destructive=True,
        ):
            return
        with messages.domain_errors_shown(self):
            now = self._context.clock.now()
            with self._context.database.transaction(f"删除菜 {known.name}") as session:
                dishes.remove(session, known.id, version=known.version, now=now)
            self._leave(f"已删除：{known.name}")

    def entered(self) -> DishInput:
        """What stands in the form; raises DomainError for an amount that is none."""
        return DishInput(
            name=self.name.text(),
            kind=self.kind.code,
            price=self.price.fen() or 0,
            cost=self.cost.fen(),
            allergens=words(self.allergens.value()),
            suits=words(self.suits.value()),
            on_offer=self.on_offer.isChecked(),
            note=self.note.text(),
        )

    # -- inside

    def _read(self) -> DishView | None:
        if self.dish_id is None:
            return None
        with self._context.database.lookup() as lookup:
            return dishes.dish(lookup, self.dish_id)

    def _make_fields(self, kind: DishKind) -> None:
        one = self._known
        self.name = line_edit(one.name if one else "", hint="如 红烧带鱼", limit=20)
        self.kind = CodeChoice(list(DishKind), one.kind if one else kind)
        self.price = MoneyLine(one.price or None if one else None, hint="不单卖就空着")
        self.cost = MoneyLine(one.cost if one else None, hint="不知道就空着")
        self.allergens = FoodField(
            ALLERGENS, one.allergens if one else "", name="致敏物", hint="没有就空着"
        )
        self.suits = FoodField(
            SUITS, one.suits if one else "", name="适合", hint="没有特别的就空着"
        )
        self.on_offer = QCheckBox("在用（排菜谱时能选）")
        self.on_offer.setChecked(one.on_offer if one else True)
        self.on_offer.setMinimumHeight(theme.current().control)
        self.note = line_edit(one.note if one else "", limit=60)

    def _form(self) -> Form:
        form = Form(columns=2, label=64)
        form.add("菜名", self.name, required=True, span=2)
        form.add("类别", self.kind, required=True, span=2)
        form.add("单点价", self.price)
        form.add("成本", self.cost)
        form.add("致敏物", self.allergens, span=2)
        form.add("适合", self.suits, span=2)
        form.add("备注", self.note, span=2)
        form.add("在用", self.on_offer, span=2)
        form.finish()
        form.save_requested.connect(self.save)
        form.save_next_requested.connect(self.save_next)
        form.leave_requested.connect(self.reject)
        return form

    def _add_buttons(self) -> None:
        self.remove_button = Button("删除", kind="danger")
        self.remove_button.clicked.connect(self.remove)
        if self.dish_id is not None:
            self._foot.insertWidget(0, history_button(self._context, self, self._record))
            self._foot.insertWidget(1, self.remove_button)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        if self.dish_id is None:
            self.next_button = self.add_button(Button("保存并再增一个", cap=keys.cap("save_next")))
            self.next_button.clicked.connect(self.save_next)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)

    def _leave(self, sentence: str) -> None:
        self._context.signals.changed.emit(Area.CANTEEN)
        messages.notify(self._context.signals, sentence)
        self.accept()

    def _record(self) -> Record:
        return Record(Dish, self.dish_id, f"菜 {self.name.text()}")
