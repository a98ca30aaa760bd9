"""「每看一次都留痕」: no form shows a whole number without the right, none without a record."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import app.ui
from app.clock import FixedClock
from app.context import Context
from app.errors import Refused
from app.models import (
    Action,
    Base,
    Body,
    BodyKind,
    BodyMember,
    Canteen,
    CanteenStaff,
    CategoryGroup,
    Certificate,
    Change,
    Facility,
    GridMember,
    MemberRole,
    Objection,
    Origin,
    Owner,
    ReceiptKind,
    Request,
    SealUse,
    Stage,
    StockReceipt,
    Topic,
    TopicOrigin,
    Volunteer,
)
from app.services import (
    body_views,
    canteen_staff,
    categories,
    diners,
    joint,
    notices,
    office,
    templates,
    three_lists,
)
from app.services.diners import DinerView
from app.services.joint import UnitInput
from app.services.notices import ArchiveFilter
from app.services.three_lists import ResourceInput
from app.storage.engine import Database
from app.ui.canteen.orders.diner_dialog import DinerDialog
from app.ui.canteen.safety.staff_dialog import StaffDialog
from app.ui.grids.organisation.member_dialog import MemberDialog as ServingDialog
from app.ui.grids.requests.form import RequestForm
from app.ui.meetings.bodies.member_dialog import MemberDialog
from app.ui.meetings.bodies.owner_dialog import OwnerDialog
from app.ui.meetings.joint.unit_dialogs import UnitDialog
from app.ui.meetings.lists.line_dialogs import ResourceDialog
from app.ui.meetings.topics.form import TopicDialog
from app.ui.papers.certificates.form import CertificateForm
from app.ui.papers.notices.objections_dialog import ObjectionsDialog
from app.ui.papers.registers.seal_form import SealDialog
from app.ui.people.meetings_wish import NewTopic
from app.ui.people.phone_line import HALF_TYPED
from app.ui.points.stock.receipt_shown import ReceiptShownDialog
from app.ui.points.volunteers.form_dialog import VolunteerDialog
from app.ui.residents.form import ResidentForm
from app.values.masking import holds_numbers
from app.values.rights import ALL, DIRECTOR, Actor, Right
from tests.conftest import Dialogs
from tests.services.conftest import Clerk, id_number

PHONE, MASKED, TYPED = "13612344321", "136 **** 4321", "13999990000"
DOCUMENT = id_number(date(1960, 3, 5))
UI = Path(app.ui.__file__).parent
# What is public, and what begins empty.
NOT_OF_A_PERSON = {
    "first_steps.py",
    "office/canteen_rules/canteens_part.py",
    "papers/notices/fields.py",
    "meetings/joint/member_dialogs.py",
}
_FIELD = re.compile(r"""(?:add|_put)\([^)]*"[^"]*(?:电话|证件|号码)[^"]*\"""")
Build = Callable[[Context, Clerk], QWidget]


@pytest.fixture
def clerk(database: Database, clock: FixedClock) -> Clerk:
    return Clerk(database, clock.now())


def put(clerk: Clerk, row: Base) -> int:
    def act(session: Session) -> int:
        session.add(row)
        session.flush()
        return int(row.id)  # type: ignore[attr-defined]

    return int(clerk.do("准备", act))


def matter(clerk: Clerk) -> int:
    def act(session: Session) -> int:
        office.seed(session, today=clerk.today)
        return categories.categories(session, CategoryGroup.MATTER)[0].id

    return int(clerk.do("准备类别", act))


def request_row(clerk: Clerk) -> int:
    row = Request(number=1, title="灯不亮", origin=Origin.PHONE, category_id=matter(clerk))
    row.person, row.phone, row.came_at, row.came_on = "呼延素问", PHONE, clerk.now, clerk.today
    return put(clerk, row)


def request_form(context: Context, clerk: Clerk) -> QWidget:
    return RequestForm(context, request_id=request_row(clerk))


def topic(context: Context, clerk: Clerk) -> QWidget:
    row = Topic(number=1, title="装灯", category_id=matter(clerk), origin=TopicOrigin.FORUM)
    row.person, row.phone, row.came_on, row.registered_at = "呼延", PHONE, clerk.today, clerk.now
    return TopicDialog(context, put(clerk, row))


def topic_of_a_request(context: Context, clerk: Clerk) -> QWidget:
    return TopicDialog(context, wish=NewTopic(request_id=request_row(clerk)))


def serving(context: Context, clerk: Clerk) -> QWidget:
    row = GridMember(name="孙丽", phone=PHONE)
    return ServingDialog(context, put(clerk, row))


def serving_resident(context: Context, clerk: Clerk) -> QWidget:
    who = clerk.add("王秀兰", phone=PHONE)
    dialog = ServingDialog(context)
    dialog.take(who)
    dialog.private.setChecked(True)
    return dialog


def a_body(clerk: Clerk, kind: BodyKind) -> body_views.BodyView:
    key = put(clerk, Body(kind=kind, name="望海社区组织", since=clerk.today))
    found: body_views.BodyView = clerk.look_up(lambda s: body_views.body(s, key, clerk.today))
    return found


def seat(context: Context, clerk: Clerk) -> QWidget:
    body = a_body(clerk, BodyKind.REPRESENTATIVES)
    row = BodyMember(body_id=body.id, name="新代表", role=MemberRole.REPRESENTATIVE, phone=PHONE)
    row.since = clerk.today
    return MemberDialog(context, body, put(clerk, row))


def owner(context: Context, clerk: Clerk) -> QWidget:
    body = a_body(clerk, BodyKind.OWNERS)
    return OwnerDialog(
        context, body, put(clerk, Owner(body_id=body.id, number=1, name="甲", phone=PHONE))
    )


def unit(context: Context, clerk: Clerk) -> QWidget:
    entered = UnitInput(name="海湾小学", contact="于", phone=PHONE)
    return UnitDialog(context, clerk.do("单位", lambda s: joint.add(s, entered, today=clerk.today)))


def resource(context: Context, clerk: Clerk) -> QWidget:
    entered = ResourceInput(words="报告厅", contact="于", phone=PHONE)
    act = three_lists.add_resource
    return ResourceDialog(context, clerk.do("资源", lambda s: act(s, entered, today=clerk.today)))


def staff(context: Context, clerk: Clerk) -> QWidget:
    canteen = put(clerk, Canteen(name="海棠食堂", facility=next(iter(Facility))))
    put(clerk, CanteenStaff(canteen_id=canteen, name="高翔", phone=PHONE))
    found = clerk.look_up(lambda s: canteen_staff.staff(s, canteen, today=clerk.today))
    return StaffDialog(context, canteen, found[0])


def diner(context: Context, clerk: Clerk) -> QWidget:
    who = clerk.add("陈桂芳")
    entered = DinerView(resident_id=who, contact="王丽", contact_phone=PHONE)
    clerk.do("家属", lambda s: diners.save(s, entered, today=clerk.today))
    return DinerDialog(context, who, "陈桂芳")


def receipt(context: Context, clerk: Clerk) -> QWidget:
    row = StockReceipt(number="RK1", kind=ReceiptKind.DONATION, on_date=clerk.today)
    row.giver, row.contact, row.phone, row.entered_at = "于翠兰", "于翠兰", PHONE, clerk.now
    return ReceiptShownDialog(context, put(clerk, row))


def volunteer(context: Context, clerk: Clerk) -> QWidget:
    row = Volunteer(number=1, name="李雷", phone=PHONE, id_number=DOCUMENT, guardian_phone=PHONE)
    row.registered_on = row.record_consent_on = clerk.today
    return VolunteerDialog(context, put(clerk, row))


def seal(context: Context, clerk: Clerk) -> QWidget:
    row = SealUse(used_at=clerk.now, seal="公章", content="签到表", handled_by="赵敏")
    row.approved_by, row.applicant, row.applicant_phone = "周立群", "于翠兰", PHONE
    return SealDialog(context, put(clerk, row))


def objection(context: Context, clerk: Clerk) -> QWidget:
    def hang(session: Session) -> int:
        text = notices.blank(session, today=clerk.today, kind_name="公示")
        text = replace(text, title="装灯", body="装声控灯。", period_days=5)
        return notices.add(session, text, now=clerk.now)

    key = clerk.do("公示", hang)
    row = Objection(notice_id=key, raised_on=clerk.today, who="刘桂芝", words="太亮", phone=PHONE)
    made = put(clerk, row)
    [line] = clerk.see(lambda s: notices.notices(s, ArchiveFilter(text="装灯")))
    dialog = ObjectionsDialog(context, line)
    dialog.table.select_id(made)
    return dialog


def a_template(session: Session) -> int:
    templates.seed(session)
    return next(one.id for one in templates.templates(session) if one.usable)


def certificate(context: Context, clerk: Clerk) -> QWidget:
    who = clerk.add("王秀兰", phone=PHONE, document_number=DOCUMENT)
    template = clerk.do("模板", a_template)
    form = CertificateForm(context)
    form.start(template, (who,))
    return form


def certificate_of_an_outsider(context: Context, clerk: Clerk) -> QWidget:
    row = Certificate(template_id=clerk.do("模板", a_template), title="证明", body="", answers={})
    row.holder, row.holder_document, row.applicant_phone = "李雷", f"居民身份证 {DOCUMENT}", PHONE
    row.handled_by, row.drafted_at, row.stage, row.approver = "赵敏", clerk.now, Stage.DRAFT, ""
    form = CertificateForm(context)
    form.open_paper(put(clerk, row))
    return form


def resident(context: Context, clerk: Clerk) -> QWidget:
    who = clerk.add("王秀兰", phone=PHONE, document_number=DOCUMENT)
    return ResidentForm(context, resident_id=who)


FORMS: dict[str, tuple[Build, str]] = {
    "诉求": (request_form, "grids/requests/form_fields.py"),
    "议题": (topic, "meetings/topics/fields.py"),
    "诉求提为议题": (topic_of_a_request, "meetings/topics/fields.py"),
    "组织人员": (serving, "grids/organisation/member_dialog.py"),
    "居民任职": (serving_resident, "grids/organisation/member_dialog.py"),
    "代表": (seat, "meetings/bodies/member_dialog.py"),
    "业主": (owner, "meetings/bodies/owner_dialog.py"),
    "共建单位": (unit, "meetings/joint/unit_dialogs.py"),
    "资源": (resource, "meetings/lists/line_dialogs.py"),
    "食堂人员": (staff, "canteen/safety/staff_dialog.py"),
    "家属": (diner, "canteen/orders/diner_dialog.py"),
    "入库单": (receipt, "points/stock/receipt_dialog.py"),
    "志愿者": (volunteer, "points/volunteers/form_fields.py"),
    "用印": (seal, "papers/registers/seal_form.py"),
    "异议": (objection, "papers/notices/objections_dialog.py"),
    "证明": (certificate, "papers/certificates/asked_fields.py"),
    "名册外的证明": (certificate_of_an_outsider, "papers/certificates/asked_fields.py"),
    "居民": (resident, "residents/form_layout.py"),
}


def texts(form: QWidget) -> list[str]:
    """All that can be read on it, also where it is switched off."""
    lines = [one.text() for one in form.findChildren(QLineEdit)]
    lines += [one.placeholderText() for one in form.findChildren(QLineEdit)]
    lines += [one.text() for one in form.findChildren(QLabel)]
    return lines + [one.toPlainText() for one in form.findChildren(QPlainTextEdit)]


def shows_a_number(form: QWidget) -> bool:
    return holds_numbers([[text] for text in texts(form)])


def looks(clerk: Clerk) -> int:
    found = select(func.count()).select_from(Change).where(Change.action == Action.LOOKED)
    return int(clerk.see(lambda s: s.scalar(found)))


def without_the_right(context: Context) -> Context:
    rights = ALL - {Right.SEE_NUMBERS}
    context.database.act_as(Actor("赵敏", DIRECTOR, rights))
    return context


@pytest.mark.parametrize("name", FORMS)
def test_a_whole_number_in_a_form_is_on_record(
    qtbot: QtBot, context: Context, clerk: Clerk, name: str
) -> None:
    form = FORMS[name][0](context, clerk)
    qtbot.addWidget(form)
    assert any("4321" in text for text in texts(form)), "the form shows the number of its record"
    assert not shows_a_number(form) or looks(clerk)


@pytest.mark.parametrize("name", FORMS)
def test_who_may_not_see_numbers_reads_none_in_a_form(
    qtbot: QtBot, context: Context, clerk: Clerk, name: str
) -> None:
    # A form that is refused altogether shows nothing either.
    with suppress(Refused):
        form = FORMS[name][0](without_the_right(context), clerk)
        qtbot.addWidget(form)
        assert not shows_a_number(form)
    assert not looks(clerk)


def test_every_form_with_a_number_is_gone_over() -> None:
    """Fields that are called 电话 or 证件, wherever they are laid out."""
    having = {
        path.relative_to(UI).as_posix()
        for path in UI.rglob("*.py")
        if _FIELD.search(path.read_text(encoding="utf-8"))
    }
    assert having - NOT_OF_A_PERSON == {where for _, where in FORMS.values()}


def test_what_is_masked_in_a_form_is_kept_and_what_is_typed_anew_takes_its_place(
    qtbot: QtBot, context: Context, clerk: Clerk, dialogs: Dialogs
) -> None:
    form = request_form(without_the_right(context), clerk)
    assert isinstance(form, RequestForm)
    qtbot.addWidget(form)
    assert form.fields.phone.text() == MASKED
    form.fields.phone.setText("136 **** 43")
    form.save()
    assert dialogs.shown[-1] == HALF_TYPED
    form.fields.phone.setText(MASKED)
    form.fields.title.setText("灯还是不亮")
    form.save()
    row = clerk.see(lambda s: s.scalars(select(Request)).one())
    assert (row.title, row.phone) == ("灯还是不亮", PHONE)
    again = RequestForm(context, request_id=row.id)
    qtbot.addWidget(again)
    again.fields.phone.setText(TYPED)
    again.save()
    assert clerk.see(lambda s: s.scalars(select(Request)).one()).phone == TYPED


def test_a_draft_kept_while_the_number_was_masked_does_not_replace_it(
    qtbot: QtBot, context: Context, clerk: Clerk
) -> None:
    key = request_row(clerk)
    masked = RequestForm(without_the_right(context), request_id=key)
    qtbot.addWidget(masked)
    masked.fields.title.setText("灯还是不亮")
    masked.keeper.keep()
    context.database.act_as(Actor("赵敏", DIRECTOR))
    whole = RequestForm(context, request_id=key)
    qtbot.addWidget(whole)
    assert whole.fields.phone.text() == MASKED
    whole.save()
    assert clerk.see(lambda s: s.scalars(select(Request)).one()).phone == PHONE


def test_the_private_number_goes_to_the_board_only_by_who_may_see_it(
    qtbot: QtBot, context: Context, clerk: Clerk
) -> None:
    seen = serving_resident(context, clerk)
    qtbot.addWidget(seen)
    assert isinstance(seen, ServingDialog)
    assert seen.phone.text() == PHONE
    assert not seen._private_field.isHidden()
    seen.private.setChecked(False)
    assert seen.phone.text() == ""
    hidden = ServingDialog(without_the_right(context))
    qtbot.addWidget(hidden)
    hidden.resident.set_value(seen.resident.value())
    assert hidden._private_field.isHidden()


def test_a_certificate_keeps_the_numbers_that_its_form_does_not_show(
    qtbot: QtBot, context: Context, clerk: Clerk
) -> None:
    form = certificate_of_an_outsider(context, clerk)
    assert isinstance(form, CertificateForm)
    qtbot.addWidget(form)
    draft = form.draft()
    assert (draft.holder_document, draft.applicant_phone) == (f"居民身份证 {DOCUMENT}", PHONE)
