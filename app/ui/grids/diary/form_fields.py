"""The fields of a line in the order of the printed sheet, and what stands in them."""

from datetime import date

from app.context import Context
from app.errors import DomainError
from app.models import CategoryGroup, RoundWay, VisitResult
from app.services import categories, diary_grid, grids, members
from app.services.diary_input import OUTCOMES, PERIODS, WEATHERS, DiaryInput
from app.ui.grids.diary.day_line import DayLine
from app.ui.grids.diary.met_field import MetField
from app.ui.kit import theme
from app.ui.kit.flowing_text import FlowingText
from app.ui.kit.forms import Form, choice
from app.ui.kit.id_choice import IdChoice, NumberedChoice
from app.ui.kit.pinyin_choice import PinyinChoice
from app.ui.people.photos_field import PhotosField

_MORE_WEATHERS = ("晴转多云", "多云转晴", "小雨", "大雨", "小雪", "大雪", "霾")
_WAYS = tuple(RoundWay)


class DiaryFields:
    """Builds the form; `entered` reads it, `show` fills it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        today = context.clock.today()
        self.day = DayLine(today)
        self.weather = PinyinChoice((*WEATHERS, *_MORE_WEATHERS), name="天气")
        self.grid = IdChoice(name="网格", blank="按人和楼定")
        self.member = IdChoice(name="网格员", blank="不选")
        self.period = PinyinChoice(PERIODS, name="时段")
        self.way = NumberedChoice(
            [(place, way.label) for place, way in enumerate(_WAYS)], name="方式", blank="巡查"
        )
        self.met = MetField(context)
        self.category = NumberedChoice(name="类别")
        self.hazard = NumberedChoice(name="隐患", blank="没有隐患")
        self.seen = FlowingText(hint="看到什么，群众说了什么", lines=2)
        # 大字 has the whole width for it, and no height to spare.
        self.measures = FlowingText(
            hint="当场做了什么，交给了谁", lines=1 if theme.current().large else 2
        )
        self.outcome = choice(["", *OUTCOMES], name="结果", editable=True)
        results = [(place, one.label) for place, one in enumerate(VisitResult)]
        self.visit = NumberedChoice(results, name="记一次走访", blank="不记走访")
        self.photos = PhotosField("一条日记")
        self._kind_names: dict[int, str] = {}
        self._posts: dict[int, tuple[int, ...]] = {}
        self.form = self._form()
        self._connect()

    def refresh(self) -> None:
        """Offer the grids, members and kinds of now."""
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            self.grid.offer(grids.names(session))
            known = members.members(session, on=today)
            for group, field in self._kinds():
                kinds = categories.categories(session, group, enabled_only=False)
                field.offer([(one.id, one.name) for one in kinds if one.enabled])
                self._kind_names.update({one.id: one.name for one in kinds})
        self.member.offer({one.id: one.name for one in known})
        self._posts = {one.id: one.grid_ids for one in known}

    def show(self, entered: DiaryInput) -> None:
        """Fill the fields; who was met is shown without being searched for."""
        self.day.set_value(entered.on_date)
        self.weather.set_value(entered.weather)
        self.member.choose_id(entered.member_id)
        self.grid.choose_id(entered.grid_id)
        self.period.set_value(entered.period)
        self.way.choose_id(_WAYS.index(entered.way))
        self.met.set_met(entered.met)
        chosen = (entered.category_id, entered.hazard_id)
        for (_, field), wanted in zip(self._kinds(), chosen, strict=True):
            # One that was switched off since is still shown on the lines that have it.
            field.choose_id(wanted, self._kind_names.get(wanted or 0, ""))
        self.seen.setPlainText(entered.seen)
        self.measures.setPlainText(entered.measures)
        self.outcome.setCurrentText(entered.outcome)
        self.visit.choose_id(None)
        self._offer_visit()

    def entered(self) -> DiaryInput:
        """What stands in the fields; raises DomainError where the date is none."""
        day = self.day.value()
        if day is None:
            raise DomainError("日期不对，请写成 2026-11-20、11-20 或者 20。")
        return DiaryInput(
            on_date=day,
            weather=self.weather.currentText(),
            grid_id=self.grid.chosen_id,
            member_id=self.member.chosen_id,
            period=self.period.currentText(),
            way=_WAYS[self.way.chosen_id or 0],
            met=self.met.met(),
            category_id=self.category.chosen_id,
            seen=self.seen.toPlainText(),
            measures=self.measures.toPlainText(),
            hazard_id=self.hazard.chosen_id,
            outcome=self.outcome.currentText(),
        )

    @property
    def visit_result(self) -> VisitResult | None:
        """What a visit to the people of the line came to; None where none is to be noted."""
        chosen = self.visit.chosen_id
        if chosen is None or self.visit.isHidden():
            return None
        return tuple(VisitResult)[chosen]

    # -- inside

    def _form(self) -> Form:
        wide = theme.current().large
        form = Form(columns=3 if wide else 2, label=74)
        whole = 3 if wide else 2
        form.add("日期", self.day, required=True)
        form.add("天气", self.weather)
        form.add("网格", self.grid)
        form.add("网格员", self.member)
        form.add("时段", self.period)
        form.add("方式", self.way)
        form.add("走访", self.met, span=2)
        form.add("类别", self.category)
        if not wide:
            self._visit_field = form.add("记走访", self.visit)
        form.add("发现或反映", self.seen, span=whole)
        form.add("处理措施", self.measures, span=whole)
        form.add("隐患", self.hazard)
        form.add("结果", self.outcome)
        if wide:
            self._visit_field = form.add("记走访", self.visit)
        form.add("照片", self.photos, span=whole)
        form.finish()
        self.met.hear_first()
        return form

    def _connect(self) -> None:
        for text in (self.seen, self.measures):
            text.passed.connect(lambda back, at=text: self.form.focus_next(at, back=back))
        self.met.changed.connect(self._offer_visit)
        self.day.editingFinished.connect(self._follow_day)
        self.member.activated.connect(lambda _: self._follow_member())

    def _kinds(self) -> tuple[tuple[CategoryGroup, NumberedChoice], ...]:
        return ((CategoryGroup.MATTER, self.category), (CategoryGroup.HAZARD, self.hazard))

    def _offer_visit(self) -> None:
        """Only people are visited."""
        people = any(one.resident_id is not None for one in self.met.met())
        self._visit_field.setVisible(people)
        self._visit_field.label.setVisible(people)

    def _follow_day(self) -> None:
        """The weather of a day is told once; the hour of now says nothing about another day."""
        day: date | None = self.day.value()
        if day is None:
            return
        with self._context.database.lookup() as lookup:
            told = diary_grid.weather_of(lookup, day)
        if told:
            self.weather.set_value(told)
        if day != self._context.clock.today():
            self.period.set_value("")

    def _follow_member(self) -> None:
        """Whoever has one grid writes about that one."""
        chosen = self.member.chosen_id
        own = self._posts.get(chosen, ()) if chosen is not None else ()
        if len(own) == 1:
            self.grid.choose_id(own[0])
