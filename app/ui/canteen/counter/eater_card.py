"""The card that the clerk looks at: who, why this price, how much, and the one button."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.models import AccountKind, MealWay, PayWay
from app.services.meal_book import Logged
from app.services.meal_finder import Hits
from app.services.settings import LOW_BALANCE, POINTS_PER_YUAN
from app.ui.canteen.counter.choices import Choices
from app.ui.canteen.counter.equation import Equation, parts_of
from app.ui.canteen.counter.field import EaterField
from app.ui.canteen.counter.hit_list import HitList
from app.ui.canteen.counter.serving import Serving
from app.ui.canteen.place import Place
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Notice
from app.ui.kit.chips import Chip, ChipRow
from app.ui.kit.labels import Label, box, column, hide_unless, row, rule, small, tip_of
from app.ui.kit.states import EmptyState
from app.ui.people.tag_chips import chip
from app.values.money import yuan

_ICONS = {"soft": "information-outline"}
_TONES = {"ok": "ok", "warn": "warn", "grey": "soft"}
_NAME_ROOM, _PLACE_ROOM, _GAPS = 200, 280, 40
_FEN = 100


class ReasonLine(Notice):
    """Why it costs so much, to be read aloud; at the right by which rule, since when."""

    _beside: tuple[QWidget, ...] = ()

    def __init__(self) -> None:
        super().__init__("", tone="soft")
        self.rule = small()
        self.exception = Button("破例", action="second_meal", size="small")
        self._beside = (self.rule, self.exception)
        layout = self.layout()
        if layout is not None:
            for part in self._beside:
                layout.addWidget(part)
            # As high as two small lines, whatever a notice has around its one.
            layout.setContentsMargins(14, 2, 14, 2)
        self.setFixedHeight(theme.current().px(42))

    def show_serving(self, serving: Serving) -> None:
        cost, person, verdict = serving.cost, serving.person, serving.verdict
        quote = cost.quote if cost is not None else None
        self.exception.setVisible(verdict.excusable)
        numbered = quote is not None and quote.rule_number is not None and quote.since is not None
        self.rule.setVisible(not theme.current().large)
        self.rule.setText(
            f"规则 {quote.rule_number}・{quote.since} 起" if quote and numbered else ""
        )
        if person is not None and person.gone:
            self.show_text(f"{person.name} 已{person.gone}，不能记餐。", tone="danger")
        elif cost is None or quote is None:
            self.show_text(serving.against, tone="warn")
        elif quote.same_period and serving.exception:
            self.show_text(f"{cost.reason}；破例：{serving.exception}", tone="warn")
        else:
            self.show_text(cost.reason, tone=_TONES.get(quote.tone, "soft"))

    def refuse(self, words: str) -> None:
        """Why nothing was logged; by which rule the price is does not matter then."""
        self.rule.setText("")
        self.show_text(words, tone="danger")

    def show_text(self, words: str, detail: str = "", *, tone: str = "info") -> None:
        self._icon_name = _ICONS.get(tone, "")
        super().show_text(words, detail, tone=tone)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A long sentence stands on two small lines: nothing below it moves."""
        taken = sum(one.sizeHint().width() + 10 for one in self._beside if not one.isHidden())
        room = self.width() - taken - theme.current().px(66)
        wide = theme.text_width(self.words, bold=True) > room
        self._line.setFont(theme.font("small" if wide else "base", bold=True))


class EaterCard(Card):
    """Shows a Serving; the keys come from its field."""

    def __init__(self, context: Context, place: Place, serving: Serving) -> None:
        margins = (16, 8, 16, 8) if theme.current().large else (16, 12, 16, 12)
        super().__init__(margins=margins, spacing=8)
        self._context, self._place, self._serving = context, place, serving
        self.field = EaterField()
        self.idle = _Idle()
        self.hits = HitList()
        self.name = Label("", "h1", bold=True)
        self.chips = ChipRow()
        self.where = small()
        self.reason = ReasonLine()
        self.equation = Equation()
        self.purse_words, self.purse = small(), Label(bold=True)
        self.others = small()
        self.confirm = Button(_REFUSED, kind="primary", size="main", cap="Enter")
        self.confirm.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.choices = Choices(serving, with_points=lambda: context.settings[POINTS_PER_YUAN] > 0)
        self.stack = QStackedWidget()
        self._lay_out()

    # -- what is shown

    def show_serving(self) -> None:
        """Whoever stands there; nobody shows the last meal instead."""
        serving, person = self._serving, self._serving.person
        self.field.leads = person is not None and serving.fixed
        if person is None:
            self.stack.setCurrentWidget(self.idle)
            return
        self._show_person()
        self.reason.show_serving(serving)
        cost = None if person.gone else serving.cost
        self.equation.show_parts(parts_of(cost, serving.quantity))
        self._show_purse()
        self.choices.show_serving()
        ok = serving.verdict.ok
        self.confirm.setEnabled(ok)
        self.confirm.setText(f"记{self._place.period.label}" if ok else _REFUSED)
        self.stack.setCurrentWidget(self.served)

    def show_hits(self, found: Hits) -> None:
        """Several are meant: each with its digit."""
        self.hits.show_hits(found.lines, more=found.cut)
        self.field.numbers = bool(found.lines)
        self.stack.setCurrentWidget(self.hits)

    def show_nobody(self, words: str) -> None:
        """Nobody is found, or a card is void."""
        self.field.numbers = False
        self.idle.tell(words, tone="warn")
        self.stack.setCurrentWidget(self.idle)

    def rest(self) -> None:
        """Nobody is looked for."""
        self.field.numbers = False
        self.others.setText("")
        if self._serving.person is None:
            self.stack.setCurrentWidget(self.idle)

    def say_others(self, count: int) -> None:
        """That the letters fit others, too."""
        self.others.setText(f"↓ 另有 {count} 人" if count else "")

    def refuse(self, words: str) -> None:
        """Why the meal was not logged, where the clerk looks anyway."""
        self.reason.refuse(words)

    @property
    def runs_low(self) -> bool:
        """Whether the card that pays has little left after this meal."""
        serving = self._serving
        after = serving.purse if serving.pay_way is PayWay.CARD else None
        return after is not None and after[1] < self._context.settings[LOW_BALANCE] * _FEN

    # -- inside

    def _show_person(self) -> None:
        serving, person = self._serving, self._serving.person
        if person is None:
            return
        _write(self.name, person.name, theme.current().px(_NAME_ROOM))
        chips = [] if person.age is None else [Chip(f"{person.age} 岁")]
        chips += [chip(one.name, one.tone) for one in person.chips]
        chips += [Chip(person.diet, "warn")] if person.diet else []
        chips += self._taken_chips()
        self.chips.set_chips(chips)
        # What the kitchen must know is never left out; where somebody lives may be.
        taken = self.name.sizeHint().width() + self.chips.sizeHint().width()
        left = self.stack.width() - taken - theme.current().px(_GAPS)
        _write(self.where, person.place, min(left, theme.current().px(_PLACE_ROOM)))
        self.others.setVisible(bool(self.others.text()) and not serving.fixed)

    def _taken_chips(self) -> list[Chip]:
        serving, person = self._serving, self._serving.person
        ahead = person.order if person is not None else None
        found = []
        if ahead is not None and ahead.way is MealWay.BROUGHT:
            found.append(Chip(f"订了送餐 {ahead.set_letter} 餐，还没送", "danger"))
        elif ahead is not None:
            found.append(Chip(f"订了 {ahead.set_letter} 餐{ahead.way.label}", "info"))
        if serving.quantity > 1:
            found.append(Chip(f"{serving.quantity} 份", "info"))
        if serving.taken:
            found.append(Chip(MealWay.TAKEN.label, "info"))
        return found

    def _show_purse(self) -> None:
        serving = self._serving
        after, cost = serving.purse, serving.cost
        words, figures, tone = "", "", "text"
        if serving.person is None or serving.person.gone:
            pass
        elif cost is not None and cost.paid == 0:
            words, figures = "付款", "本人不用付"
        elif after is not None and serving.pay_way is PayWay.CARD:
            words = f"{AccountKind.CARD.label}余额"
            figures = f"{yuan(after[0])} → {yuan(after[1])}"
            low = self.runs_low
            tone = "danger" if after[1] < 0 else "warn" if low else "text"
            words += "，该存款了" if low else ""
        elif after is not None:
            words, figures = "月结累计", f"{yuan(-after[0])} → {yuan(-after[1])}"
        elif serving.pay_way is PayWay.VOUCHER:
            words, figures = "餐券", serving.voucher or "请扫餐券"
        elif serving.pay_way is PayWay.POINTS and cost is not None:
            words, figures = "积分", self._points_words(cost.paid)
        elif cost is not None:
            words, figures = "收现金", f"{yuan(cost.paid)} 元"
        self.purse_words.setText(words)
        self.purse.setText(figures)
        self.purse.set_tone(tone)

    def _points_words(self, paid: int) -> str:
        person = self._serving.person
        have = person.points if person is not None and person.points is not None else 0
        wanted = -(-paid * self._context.settings[POINTS_PER_YUAN] // _FEN)
        return f"{have:,} → {have - wanted:,}"

    def _lay_out(self) -> None:
        self.body.addWidget(self.field)
        self.served = self._person_page()
        for page in (self.idle, self.hits, self.served):
            self.stack.addWidget(page)
        self.body.addWidget(self.stack)
        hide_unless(False, self.reason.exception)
        spare = 0 if theme.current().large else theme.current().px(36)
        self.confirm.setFixedWidth(self.confirm.sizeHint().width() + spare)
        self.chips.setFixedHeight(theme.current().chip)
        # Whoever comes and goes, nothing below moves.
        self.stack.setFixedHeight(self.served.sizeHint().height())

    def _person_page(self) -> QWidget:
        large = theme.current().large
        head = row(self.name, (self.chips, 1), self.others, self.where, spacing=8)
        purse = column(None, self.purse_words, self.purse, None, spacing=2)
        sums = row((self.equation, 1), purse, self.confirm, spacing=12 if large else 20)
        between = () if large else (rule(),)
        return box(column(head, self.reason, sums, *between, self.choices, None, spacing=8))


def _write(label: Label, words: str, room: int) -> None:
    """As much as there is room for; the tool tip tells all of it."""
    short = label.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(0, room))
    label.setText(short)
    label.setToolTip(tip_of(words) if short != words else "")


class _Idle(QWidget):
    """Nobody stands there: what was logged last, and how the next one is found."""

    def __init__(self) -> None:
        super().__init__()
        self.notice = Notice("", tone="ok")
        self.advice = EmptyState("card-account-details-outline", _WAITING, _ADVICE)
        hide_unless(False, self.notice)
        self.setLayout(column(self.notice, (self.advice, 1)))

    def tell(self, words: str, *, tone: str) -> None:
        """A sentence over the advice; '' takes it away."""
        self.notice.show_text(words, tone=tone)
        self.notice.setVisible(bool(words))

    def tell_logged(self, logged: Logged) -> None:
        """That it is in the book, and what remains on the card."""
        self.tell(logged_words(logged), tone="ok")


def logged_words(logged: Logged) -> str:
    """已记 M-1202-129 陈桂芳：A 餐，本人付 3.00 元，卡户余 60.50 元。"""
    how = logged.pay_way.label if logged.paid else ""
    paid = f"{how}付 {yuan(logged.paid)} 元" if logged.paid else "本人不用付"
    if logged.pay_way is PayWay.CARD and logged.balance_after is not None:
        paid += f"，余 {yuan(logged.balance_after)} 元"
    elif logged.pay_way is PayWay.VOUCHER and logged.cash:
        paid += f"，另收现金 {yuan(logged.cash)} 元"
    return f"已记 {logged.number_words} {logged.name}：{logged.words}，{paid}。"


_REFUSED = "不能记餐"
_WAITING = "请刷卡，或输入拼音找人"
_ADVICE = "姓名首字母、房号、手机尾号都可以；显示出来的人不错，回车就记上。"
