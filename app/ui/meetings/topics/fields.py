"""The fields of a topic in the order in which it is told, and what stands in them."""

from dataclasses import replace

from sqlalchemy.orm import Session

from app.context import Context
from app.errors import DomainError
from app.models import CategoryGroup, TopicOrigin
from app.services import categories, dwellings, grids, request_origins, topic_origins, topics
from app.services.topic_input import TopicInput
from app.ui.kit import theme
from app.ui.kit.flowing_text import FlowingText
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.id_choice import IdChoice, NumberedChoice
from app.ui.kit.messages import domain_errors_shown
from app.ui.kit.pinyin_choice import MUST
from app.ui.people.date_line import NearLine
from app.ui.people.person_field import Person, PersonField
from app.ui.people.phone_line import PhoneLine
from app.values.masking import mask_phone

_ORIGINS = tuple(TopicOrigin)
_UNITS = tuple(str(number) for number in range(1, 9))


class TopicFields:
    """Builds the form; `entered` reads it, `show` fills it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._opened = TopicInput()
        self._new = True
        self._building_grids: dict[int, int | None] = {}
        today, lines = context.clock.today(), 2 if theme.current().large else 3
        self.title = line_edit(hint="一句话，如 3 号楼楼道灯不亮", limit=60)
        self.origin = NumberedChoice(
            [(place, one.label) for place, one in enumerate(_ORIGINS)], name="来源", blank=MUST
        )
        self.came_on = NearLine(today, today)
        self.person = PersonField(context)
        self._phone = PhoneLine(context, hint="告诉结果要打的号码")
        self.phone = self._phone.edit
        self.category = NumberedChoice(name="类别", blank=MUST)
        self.body = FlowingText(hint="是什么情况，多久了", lines=lines)
        self.wish = line_edit(hint="如 换成声控灯", limit=200)
        self.building = IdChoice(name="楼", blank="不在楼里")
        self.unit = choice(["", *_UNITS], name="单元", editable=True)
        self.place = line_edit(hint="小广场、南门", limit=80)
        self.grid = IdChoice(name="网格", blank="按楼和人定")
        self.concerns = line_edit(hint="如 3 至 6 号楼", limit=120)
        self.households = line_edit(hint="不知道就空着", limit=6)
        self.form = self._form()
        self._connect()

    def offer(self, session: Session) -> None:
        """The kinds, buildings and grids of now."""
        own = self._context.user.grids
        kinds = categories.categories(session, CategoryGroup.MATTER)
        seen = [one for one in dwellings.buildings(session) if own is None or one.grid_id in own]
        named = grids.names(session)
        self.category.offer([(one.id, one.name) for one in kinds])
        self.building.offer({one.id: one.label for one in seen})
        self._building_grids = {one.id: one.grid_id for one in seen}
        self.grid.offer({key: name for key, name in named.items() if own is None or key in own})

    def show(self, session: Session, entered: TopicInput, *, new: bool) -> None:
        """Fill the fields; of a new topic the grid is the service's to find."""
        self._opened, self._new = entered, new
        name = entered.person
        if not name and entered.resident_id is not None:
            name = request_origins.name_on_file(session, entered.resident_id)
        kinds = categories.categories(session, CategoryGroup.MATTER, enabled_only=False)
        kind = next((one.name for one in kinds if one.id == entered.category_id), "")
        self.title.setText(entered.title)
        self.origin.choose_id(_ORIGINS.index(entered.origin))
        self.came_on.set_value(entered.came_on or self._context.clock.today())
        self.person.set_value(Person(entered.resident_id, name))
        self.category.choose_id(entered.category_id, kind)
        self.body.setPlainText(entered.body)
        self.wish.setText(entered.wish)
        self._show_place(entered)
        self.concerns.setText(entered.concerns)
        self.households.setText(str(entered.households or ""))
        self._hint_phone()

    def show_phone(self, entered: TopicInput, topic_id: int | None) -> None:
        """What whoever spoke gave: seen by those who may, and that they did is kept."""
        if topic_id is None:
            self._phone.show(entered.phone)
        else:
            words = f"议题 {entered.title} "
            self._phone.show(entered.phone, words, lambda s: topics.reveal_phone(s, topic_id))

    @property
    def chosen_origin(self) -> TopicOrigin:
        return _ORIGINS[self.origin.chosen_id or 0]

    def entered(self) -> TopicInput:
        """What stands in the fields; raises DomainError for a day or a number that is none."""
        came_on, person = self.came_on.value(), self.person.person
        if came_on is None:
            raise DomainError("提出日期不对，请写成 2026-11-20 或 11-20。")
        return replace(
            self._opened,
            title=self.title.text(),
            origin=self.chosen_origin,
            came_on=came_on,
            resident_id=person.id,
            person="" if person.id is not None else person.name,
            phone=self._phone.phone,
            category_id=self.category.chosen_id,
            body=self.body.toPlainText(),
            wish=self.wish.text(),
            building_id=self._building(),
            unit=self.unit.currentText(),
            place=self.place.text(),
            grid_id=self.grid.chosen_id,
            concerns=self.concerns.text(),
            households=self._households(),
        )

    # -- inside

    def _form(self) -> Form:
        form = Form(columns=2, label=76)
        form.add("议题", self.title, required=True, span=2)
        form.add("类别", self.category, required=True)
        form.add("来源", self.origin, required=True)
        form.add("提出人", self.person)
        form.add("电话", self.phone)
        form.add("情况", self.body, span=2)
        form.add("希望怎么办", self.wish, span=2)
        form.add("楼", self.building)
        form.add("单元", self.unit)
        form.add("具体地点", self.place)
        form.add("网格", self.grid)
        form.add("涉及的人", self.concerns)
        form.add("涉及户数", self.households)
        form.add("提出日期", self.came_on, required=True)
        form.finish()
        return form

    def _connect(self) -> None:
        self.body.passed.connect(lambda back: self.form.focus_next(self.body, back=back))
        self.person.picked.connect(self._take_over)
        self.person.changed.connect(self._hint_phone)
        # Another building may lie in another grid.
        self.building.activated.connect(lambda _: self.grid.choose_id(None))

    def _take_over(self, resident_id: int) -> None:
        """What the roster knows of the person: where he lives, in which grid."""
        with domain_errors_shown(self.form):
            with self._context.database.reading() as session:
                known = topic_origins.of_person(session, self.entered(), resident_id)
            self._show_place(known)
            self.form.focus_next(self.person)

    def _show_place(self, entered: TopicInput) -> None:
        self.building.choose_id(entered.building_id)
        self.unit.setCurrentText(entered.unit)
        self.place.setText(entered.place)
        # Of a new one only what differs from the grid of the building.
        usual = self._building_grids.get(entered.building_id or 0)
        found = self._new and entered.grid_id == usual
        self.grid.choose_id(None if found else entered.grid_id)

    def _building(self) -> int | None:
        """What is chosen; what it was before where that is no longer offered, and so not seen."""
        chosen, before = self.building.chosen_id, self._opened.building_id
        gone = before is not None and before not in self._building_grids
        return before if chosen is None and gone else chosen

    def _households(self) -> int | None:
        typed = self.households.text().strip()
        if typed and not (typed.isascii() and typed.isdigit()):
            raise DomainError("涉及户数请填数字，如 24；不知道就空着。")
        return int(typed) if typed else None

    def _hint_phone(self) -> None:
        """The number that is on file, masked: nothing has to be typed where it holds."""
        person, known = self.person.person, ""
        if person.id is not None:
            with self._context.database.reading() as session:
                known = mask_phone(request_origins.phone_on_file(session, person.id))
        self.phone.setPlaceholderText(f"档案里 {known}" if known else "告诉结果要打的号码")
