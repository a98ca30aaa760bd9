"""手工记分: one matter, one or several people, points by the rule; a reason is always asked."""

from PySide6.QtWidgets import QLineEdit, QWidget

from app.context import Context
from app.errors import DomainError
from app.models import ClaimOrigin, Deed, PointsUnit
from app.services import points_family, points_rules, settings
from app.services.activity_finder import Person
from app.services.points_rules import Rule
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Field, Form, line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import box, row, small
from app.ui.kit.pinyin_choice import MUST
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine
from app.ui.people.points_wish import NewClaim
from app.ui.points.activities.person_line import PersonLine
from app.ui.points.ledger import claim_entry
from app.ui.points.ledger.claim_entry import Entered, Matter, NeedsShared
from app.ui.points.ledger.claim_rows import ONE, ClaimRows, quantity_of, quantity_words
from app.values.text import half_width

_HALF = ONE // 2
_LONGEST_REASON, _LONGEST_WITNESS, _LONGEST_WORDS = 200, 60, 60


class ClaimDialog(Dialog):
    """A matter, a person, Enter, how much, Enter, the next person; Ctrl+Enter enters them all."""

    def __init__(
        self,
        context: Context,
        wish: NewClaim | None = None,
        *,
        returned_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("手工记分", parent, width=720)
        self._context, self._wish = context, wish or NewClaim()
        self._rules: dict[int, Rule] = {}
        self._activity: int | None = None
        self._origin = ClaimOrigin.of(self._wish.origin)
        self._make_fields()
        self._lay_out()
        self._offer_rules()
        self._connect()
        if returned_id is not None:
            self._show_returned(returned_id)
        else:
            self._show_wish()
        self.item.setFocus()

    @property
    def rule(self) -> Rule | None:
        """Of the chosen matter on the chosen day."""
        return self._rules.get(self.item.chosen_id or 0)

    def add(self, person: Person) -> None:
        """Somebody more; how much comes next."""
        self.people.add(person, quantity_of(self.quantity.text()) or ONE)
        self.quantity.setFocus()
        self.quantity.selectAll()

    def save(self) -> None:
        """Enter all of them in one step, or none; whose cannot be booked is named."""
        with messages.domain_errors_shown(self):
            matter, names = self._matter(), self._names()
            try:
                self._enter(matter, names)
            except NeedsShared as error:
                if self._share(error):
                    self._enter(matter, names)

    # -- inside

    def _enter(self, matter: Matter, names: str) -> None:
        words = f"{matter.rule.item} {names}"
        with self._context.database.transaction(f"手工记分 {words}") as session:
            now = self._context.clock.now()
            entered = claim_entry.enter(session, matter, self.people.rows, now=now)
        self._leave(f"{names} {matter.rule.item}", entered)

    def _share(self, error: NeedsShared) -> bool:
        """Whether the household of a child has got the account that its points need."""
        if not messages.confirm(self, "全户共用一个账户", str(error), "开共用账户"):
            return False
        name, today = error.person.name, self._context.clock.today()
        with self._context.database.transaction(f"开全户共用的积分账户 {name}") as session:
            points_family.share_with(session, error.person.resident_id or 0, today=today)
        return True

    def _make_fields(self) -> None:
        today = self._context.clock.today()
        self.item = IdChoice(name="事项，必填", blank=MUST)
        self.day = DateLine(today, today)
        self.person = PersonLine(self._context, everybody=True)
        self.quantity = line_edit("1", name="数量", limit=8)
        self.unit = small()
        self.people = ClaimRows(self._context)
        self.points = line_edit(hint="按规则", limit=6)
        self.hours = line_edit(hint="如 2 或 2.5", limit=5)
        self.witness = line_edit(limit=_LONGEST_WITNESS)
        self.words = line_edit(hint="如 3 号楼", limit=_LONGEST_WORDS)
        self.reason = line_edit(hint="如 补记 10 月巡逻，有签到表", limit=_LONGEST_REASON)
        self.said = small(wrap=True)
        self.notice = Notice("", tone="warn")
        self.notice.hide()

    def _lay_out(self) -> None:
        form = self.form = Form(columns=2, label=52)
        self._item = form.add("事项", self.item, required=True)
        self._day = form.add("日期", self.day, required=True)
        self.quantity.setFixedWidth(self.quantity.fontMetrics().horizontalAdvance("0" * 9))
        # Their Enter puts somebody on the list; the form would move on instead.
        form.add_full(box(row((self.person, 1), small("数量"), self.quantity, self.unit)))
        form.add_full(self.people)
        form.add_full(self.said)
        form.add("分数", self.points)
        self._witness = form.add("证明人", self.witness)
        form.add("说明", self.words)
        self._hours = form.add("工时", self.hours)
        self._reason = form.add("原因", self.reason, required=True, span=2)
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        self.body.addWidget(self.notice)
        self.body.addWidget(form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("记分", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)

    def _connect(self) -> None:
        self.item.currentIndexChanged.connect(lambda _: self._follow())
        self.day.changed.connect(self._offer_rules)
        self.points.textChanged.connect(lambda _: self._follow())
        self.person.picked.connect(self.add)
        self.person.unknown.connect(self._say_unknown)
        self.quantity.textEdited.connect(self._quantity_typed)
        self.quantity.returnPressed.connect(self.person.setFocus)
        self.people.changed.connect(self._say)

    def _offer_rules(self) -> None:
        """The matters in use on the day; penalties only where the office has them."""
        day = self.day.value() or self._context.clock.today()
        with self._context.database.lookup() as lookup:
            rules = points_rules.rules_on(lookup, day)
        penalties = self._context.settings[settings.PENALTIES]
        offered = [one for one in rules if penalties or one.deed is not Deed.PENALTY]
        self._rules = {one.item_id: one for one in offered}
        self.item.offer({one.item_id: one.item for one in offered})
        self._follow()

    def _follow(self) -> None:
        """What the chosen matter asks for, and what it gives."""
        rule = self.rule
        day = self.day.value() or self._context.clock.today()
        self.unit.setText(rule.per.label if rule else "")
        by_hour = rule is not None and rule.per is PointsUnit.HOUR
        serves = rule is not None and rule.deed.gives_hours
        _show(self._hours, serves and not by_hour)
        self._item.set_message(f"{rule.words}（{rule.source or '社区规定'}）" if rule else "")
        penalty = rule is not None and rule.deed is Deed.PENALTY
        self._witness.label.setText("核实人*" if penalty else "证明人")
        self.people.reckon_by(rule, day, self._typed_points())

    def _say(self) -> None:
        """What all of them come to, and whether a second person is to look at it."""
        total, rows = self.people.total, len(self.people.rows)
        alone = self._context.settings[settings.POINTS_ALONE]
        hours = self.rule is not None and self.rule.deed.gives_hours
        over = f"工时和 {alone} 分以上的" if hours else f"{alone} 分以上的"
        rule = f"{over}要由另一个人复核后才入账。"
        self.said.setText(f"共 {rows:,} 人，{total:+,} 分。{rule}" if rows else rule)

    def _quantity_typed(self, text: str) -> None:
        quantity = quantity_of(text)
        if quantity is not None:
            self.people.set_quantity(quantity)

    def _say_unknown(self, typed: str) -> None:
        self.said.setText(f"没有找到“{typed}”，请换姓名、拼音或编号再试。")

    def _typed_points(self) -> int | None:
        text = half_width(self.points.text()).strip()
        return int(text) if text.isdigit() else None

    def _matter(self) -> Matter:
        """What stands in the fields; raises DomainError for what is missing."""
        rule, day = self.rule, self.day.value()
        self._item.set_message("" if rule else "请选一个事项。", "danger")
        self._day.set_message("" if day else "请写成 2026-11-20 这样，不能晚于今天。", "danger")
        reason = self.reason.text().strip()
        self._reason.set_message("" if reason else "请写明原因，复核和查账都要看。", "danger")
        if rule is None or day is None or not reason:
            raise DomainError("还有没填好的，已标出来。填好后再记分。")
        if not self.people.rows:
            raise DomainError("还没有选人。请在找人的格里输入姓名或拼音，按 Enter 加进来。")
        return Matter(
            rule=rule,
            day=day,
            reason=reason,
            witness=self.witness.text(),
            words=self.words.text() or self._wish.words,
            half_hours=self._half_hours(rule),
            points=self._checked_points(),
            origin=self._origin,
            source_key=self._wish.source_key,
            activity_id=self._activity,
        )

    def _half_hours(self, rule: Rule) -> int:
        """Of the own field, where the quantity is something else; half hours at least."""
        hundredths = [one.quantity for one in self.people.rows]
        if rule.per is not PointsUnit.HOUR:
            typed = self.hours.text().strip() if rule.deed.gives_hours else ""
            hundredths = [quantity_of(typed) or 1] if typed else [0]
        if rule.deed.gives_hours and any(one % _HALF for one in hundredths):
            raise DomainError("工时要按半小时记，如 1、1.5、2。请核对。")
        return hundredths[0] // _HALF if rule.per is not PointsUnit.HOUR else 0

    def _checked_points(self) -> int | None:
        points = self._typed_points()
        if points is None and self.points.text().strip():
            raise DomainError("分数要写整数，如 5；空着就按规则算。")
        return points

    def _names(self) -> str:
        rows = self.people.rows
        return rows[0].person.name if len(rows) == 1 else f"{rows[0].person.name} 等 {len(rows)} 人"

    def _show_wish(self) -> None:
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            person = claim_entry.person_of(session, resident_id=self._wish.resident_id, today=today)
        self.words.setText(self._wish.words[:_LONGEST_WORDS])
        if person is not None:
            self.people.add(person)
        self.form.mark_clean()

    def _show_returned(self, claim_id: int) -> None:
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            claim, person, answer, activity = claim_entry.returned(session, claim_id, today)
            self._activity, self._origin = claim.activity_id, claim.origin
            item, day, quantity = claim.item_id, claim.on_date, claim.quantity
            texts = (claim.reason or activity or "", claim.witness or "", claim.words)
            half_hours, points = claim.half_hours, claim.points
        self.day.set_value(day)
        self._offer_rules()
        self.item.choose_id(item)
        fields: tuple[QLineEdit, ...] = (self.reason, self.witness, self.words)
        for field, text in zip(fields, texts, strict=True):
            field.setText(text)
        self.hours.setText(quantity_words(half_hours * _HALF) if half_hours else "")
        self.quantity.setText(quantity_words(quantity))
        self.people.add(person, quantity)
        if self.people.total != points:
            self.points.setText(str(abs(points)))
        self.notice.show_text(f"退回说明：{answer}", "改好后再报，由另一个人复核。", tone="warn")
        self.notice.show()

    def _leave(self, what: str, entered: Entered) -> None:
        waits = f"，{entered.waiting:,} 笔待复核" if entered.waiting else "，已入账"
        self._context.signals.changed.emit(Area.POINTS)
        messages.notify(self._context.signals, f"已记分：{what} {entered.points:+,} 分{waits}")
        self.accept()


def _show(field: Field, on: bool) -> None:
    field.setVisible(on)
    field.label.setVisible(on)
