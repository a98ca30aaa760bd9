"""The fields of a request in the order in which a phone call goes, and what stands in them."""

from dataclasses import replace

from app.context import Context
from app.errors import DomainError
from app.models import CategoryGroup, Origin, Urgency
from app.services import categories, dwellings, grids, members, request_origins, requests
from app.services.requests import RequestInput
from app.ui.kit import theme
from app.ui.kit.flowing_text import FlowingText
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.id_choice import IdChoice, NumberedChoice
from app.ui.kit.messages import domain_errors_shown
from app.ui.kit.pinyin_choice import MUST
from app.ui.people.date_line import DueLine
from app.ui.people.person_field import Person, PersonField
from app.ui.people.phone_line import PhoneLine
from app.values.masking import mask_phone

_ORIGINS, _URGENCIES = tuple(Origin), tuple(Urgency)
UNITS = tuple(str(number) for number in range(1, 9))


class RequestFields:
    """Builds the form; `entered` reads it, `show` fills it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._opened = RequestInput()
        self._new = True
        self._building_grids: dict[int, int | None] = {}
        self._known: dict[IdChoice, set[int]] = {}
        self.origin = NumberedChoice(
            [(place, one.label) for place, one in enumerate(_ORIGINS)], name="来源", blank=MUST
        )
        self.person = PersonField(context)
        self._phone = PhoneLine(context, hint="回访要打的号码")
        self.phone = self._phone.edit
        self.category = NumberedChoice(name="类别", blank=MUST)
        self.title = line_edit(hint="一句话，如 楼道灯三个月不亮", limit=60)
        self.body = FlowingText(hint="说了什么，要求什么", lines=2 if theme.current().large else 3)
        self.building = IdChoice(name="楼", blank="不在楼里")
        self.unit = choice(["", *UNITS], name="单元", editable=True)
        self.place = line_edit(hint="小广场、电表箱旁", limit=80)
        self.urgency = NumberedChoice(
            [(place, one.label) for place, one in enumerate(_URGENCIES)],
            name="紧急程度",
            blank=Urgency.ORDINARY.label,
        )
        self.promise = line_edit(hint="电话里答应了什么，如 周五前答复", limit=120)
        self.grid = IdChoice(name="网格", blank="按楼和人定")
        self.member = IdChoice(name="承办网格员", blank="受理时再定")
        self.order_number = line_edit(hint="热线或街道的工单", limit=40)
        self.order_due = DueLine(context.clock.today())
        self.form = self._form()
        self._connect()

    def offer(self) -> None:
        """The kinds, buildings, grids and members of now."""
        own = self._context.user.grids
        with self._context.database.reading() as session:
            kinds = categories.categories(session, CategoryGroup.MATTER)
            houses = dwellings.buildings(session)
            named = grids.names(session)
            serving = members.members(session, on=self._context.clock.today())
        seen = [one for one in houses if own is None or one.grid_id in own]
        self.category.offer([(one.id, one.name) for one in kinds])
        self.building.offer({one.id: one.label for one in seen})
        self._building_grids = {one.id: one.grid_id for one in seen}
        self.grid.offer({key: name for key, name in named.items() if own is None or key in own})
        self.member.offer({one.id: one.name for one in serving})
        self._known = {
            self.building: set(self._building_grids),
            self.member: {one.id for one in serving},
        }

    def show(self, entered: RequestInput, *, request_id: int | None = None) -> None:
        """Fill the fields; of a new request the grid is the service's to find."""
        self._opened, self._new = entered, request_id is None
        self.origin.choose_id(_ORIGINS.index(entered.origin))
        self.person.set_value(Person(entered.resident_id, self._name_of(entered)))
        self._show_phone(entered, request_id)
        self.category.choose_id(entered.category_id, self._category_name(entered.category_id))
        self.title.setText(entered.title)
        self.body.setPlainText(entered.body)
        self._show_place(entered)
        urgent = entered.urgency is not Urgency.ORDINARY
        self.urgency.choose_id(_URGENCIES.index(entered.urgency) if urgent else None)
        self.promise.setText(entered.promise)
        self.member.choose_id(entered.member_id)
        self.order_number.setText(entered.order_number)
        self.order_due.set_value(entered.order_due_on)
        self.hint_phone()

    def entered(self) -> RequestInput:
        """What stands in the fields; raises DomainError where the day of the order is none."""
        if self.order_due.is_wrong:
            raise DomainError("工单期限不对，请写成 2026-11-25 这样。")
        person = self.person.person
        return replace(
            self._opened,
            origin=_ORIGINS[self.origin.chosen_id or 0],
            resident_id=person.id,
            person="" if person.id is not None else person.name,
            phone=self._phone.phone,
            category_id=self.category.chosen_id,
            title=self.title.text(),
            body=self.body.toPlainText(),
            building_id=self._or_gone(self.building, self._opened.building_id),
            unit=self.unit.currentText(),
            place=self.place.text(),
            urgency=_URGENCIES[self.urgency.chosen_id or 0],
            promise=self.promise.text(),
            grid_id=self.grid.chosen_id,
            member_id=self._or_gone(self.member, self._opened.member_id),
            order_number=self.order_number.text(),
            order_due_on=self.order_due.value(),
        )

    # -- inside

    def _form(self) -> Form:
        form = Form(columns=2, label=76)
        form.add("来源", self.origin, required=True)
        form.add("诉求人", self.person)
        form.add("电话", self.phone)
        form.add("类别", self.category, required=True)
        form.add("事由", self.title, required=True, span=2)
        form.add("详情", self.body, span=2)
        form.add("楼", self.building)
        form.add("单元", self.unit)
        form.add("具体地点", self.place)
        form.add("紧急程度", self.urgency)
        form.add("答应的事", self.promise, span=2)
        form.add("网格", self.grid)
        form.add("承办网格员", self.member)
        form.add("工单号", self.order_number)
        form.add("工单期限", self.order_due)
        form.finish()
        return form

    def _connect(self) -> None:
        self.body.passed.connect(lambda back: self.form.focus_next(self.body, back=back))
        self.person.picked.connect(self._take_over)
        self.person.changed.connect(self.hint_phone)
        # Another building may lie in another grid.
        self.building.activated.connect(lambda _: self.grid.choose_id(None))

    def _take_over(self, resident_id: int) -> None:
        """What the roster knows of the person: where he lives, in which grid."""
        with domain_errors_shown(self.form):
            with self._context.database.reading() as session:
                known = request_origins.of_person(session, self.entered(), resident_id)
            self._show_place(known)
            self.form.focus_next(self.person)

    def _show_phone(self, entered: RequestInput, request_id: int | None) -> None:
        """What was given with a request is seen by those who may, and that they did is kept."""
        if request_id is None:
            self._phone.show(entered.phone)
        else:
            words = f"诉求 {entered.title} "
            self._phone.show(entered.phone, words, lambda s: requests.reveal_phone(s, request_id))

    def _show_place(self, entered: RequestInput) -> None:
        self.building.choose_id(entered.building_id)
        self.unit.setCurrentText(entered.unit)
        self.place.setText(entered.place)
        # Of a new one only what differs from the grid of the building; once it is on file it
        # stays where it is, wherever the building goes later.
        usual = self._building_grids.get(entered.building_id or 0)
        found = self._new and entered.grid_id == usual
        self.grid.choose_id(None if found else entered.grid_id)

    def _or_gone(self, field: IdChoice, before: int | None) -> int | None:
        """What is chosen; what it was before where that is no longer offered, and so not seen."""
        chosen = field.chosen_id
        gone = before is not None and before not in self._known[field]
        return before if chosen is None and gone else chosen

    def hint_phone(self) -> None:
        """The number that is on file, masked: nothing has to be typed where it holds."""
        person, known = self.person.person, ""
        if person.id is not None:
            with self._context.database.reading() as session:
                known = mask_phone(request_origins.phone_on_file(session, person.id))
        self.phone.setPlaceholderText(f"档案里 {known}" if known else "回访要打的号码")

    def _name_of(self, entered: RequestInput) -> str:
        if entered.person or entered.resident_id is None:
            return entered.person
        with self._context.database.reading() as session:
            return request_origins.name_on_file(session, entered.resident_id)

    def _category_name(self, category_id: int | None) -> str:
        """Of one that was switched off since."""
        if category_id is None:
            return ""
        with self._context.database.reading() as session:
            known = categories.categories(session, CategoryGroup.MATTER, enabled_only=False)
        return next((one.name for one in known if one.id == category_id), "")
