"""Which fields the resident's form has, in the order in which an ID card shows them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.ui.kit import theme
from app.ui.kit.forms import Field, Form, set_state
from app.ui.kit.pinyin_choice import PinyinChoice
from app.ui.people.photo_edit import PhotoEdit
from app.ui.people.tag_picker import TagPicker
from app.ui.residents.form_controls import DateEdit, DocumentEdit, PlainEdit
from app.ui.residents.form_data import FormData
from app.ui.residents.form_place import AddressEdit, HouseholdChoice
from app.values import codes
from app.values.lawful import GUARDIANS, LAWFUL_BASES

SEXES = ("男", "女")


class FormLayout(Form):
    """The controls by the name that ResidentInput gives to their value."""

    def __init__(self, data: FormData, parent: QWidget | None = None) -> None:
        super().__init__(columns=2, label=76, parent=parent)
        self.data = data
        self.by_name: dict[str, Field] = {}
        self.lines: dict[str, PlainEdit] = {}
        self.choices: dict[str, PinyinChoice] = {}
        self.dates: dict[str, DateEdit] = {}
        self.grids = data.grids()
        self._add_identity()
        self._add_place()
        self._add_contact()
        self._add_more()
        self.finish()

    def _add_identity(self) -> None:
        self.section("身份", "顺序与身份证正面相同")
        self._line("name", "姓名", required=True, hint="")
        self._line("former_name", "曾用名")
        self._choice("sex", "性别", SEXES, blank="由证件号码填入")
        self._choice("ethnic_group", "民族", codes.ETHNIC_GROUPS.names)
        self._date("birth_date", "出生", hint="由证件号码填入")
        self.age = _read_only("周岁")
        self.add("周岁", self.age)
        self._line("registered_address", "户籍住址", limit=200, span=2)
        self.document = DocumentEdit()
        self._put("document_number", "证件号码", self.document, span=2, required=True)

    def _add_place(self) -> None:
        self.section("住处与户", "楼-单元-室，输入 4-2-503 即可")
        self.address = AddressEdit(self.data.complete)
        self.address.accepted.connect(lambda: self.focus_next(self.address))
        self._put("address", "现住址", self.address)
        self._choice("residence_status", "居住状态", codes.RESIDENCE_STATUS.names)
        self.household = HouseholdChoice()
        self._put("household_id", "户", self.household)
        self._choice("relation", "与户主关系", codes.RELATION.names)

    def _add_contact(self) -> None:
        self.section("联系与其他")
        self._line("phone", "手机", digits=True)
        self._line("other_phones", "备用电话", limit=100, digits=True)
        self._choice("political_status", "政治面貌", codes.POLITICAL_STATUS.names)
        self._choice("education", "文化程度", codes.EDUCATION.names)
        self._line("workplace", "工作单位", limit=120)
        self.tags = TagPicker(self.data.tags())
        self._put("tag_ids", "标签", self.tags)

    def _add_more(self) -> None:
        self._choice("marital_status", "婚姻状况", codes.MARITAL.names)
        self._line("occupation", "职业")
        self._choice("grid_id", "网格", [name for _, name in self.grids], blank="随楼栋")
        self._choice("lawful_basis", "处理依据", LAWFUL_BASES, blank="按社区通常的依据")
        self._line("guardian", "监护人", hint="不满 14 周岁才填")
        self._choice("guardian_relation", "与孩子关系", GUARDIANS, blank="不满 14 周岁才填")
        self._date("consent_on", "同意日期", hint="签采集告知书那天")
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.current().px(58))
        self._put("note", "备注", self.note, span=2)
        self.photo = PhotoEdit()
        self._put("photo", "照片", self.photo, span=2)

    def _line(
        self,
        key: str,
        label: str,
        *,
        hint: str = "可不填",
        limit: int = 60,
        digits: bool = False,
        span: int = 1,
        required: bool = False,
    ) -> None:
        edit = PlainEdit(name=label, hint=hint, limit=limit, digits=digits)
        self.lines[key] = edit
        self._put(key, label, edit, span=span, required=required)

    def _choice(
        self, key: str, label: str, names: tuple[str, ...] | list[str], blank: str = "可不填"
    ) -> None:
        self.choices[key] = PinyinChoice(names, name=label, blank=blank)
        self._put(key, label, self.choices[key])

    def _date(self, key: str, label: str, *, hint: str) -> None:
        self.dates[key] = DateEdit(name=label, hint=hint, today=self.data.today)
        self._put(key, label, self.dates[key])

    def _put(
        self, key: str, label: str, control: QWidget, *, span: int = 1, required: bool = False
    ) -> None:
        self.by_name[key] = self.add(label, control, span=span, required=required)


def _read_only(name: str) -> QLineEdit:
    edit = QLineEdit()
    edit.setReadOnly(True)
    edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    edit.setAccessibleName(name)
    set_state(edit, "auto")
    return edit
