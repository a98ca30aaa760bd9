"""The form and the import wizard in their states, for the list of screens."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from app.services import residents
from app.services.drafts import Draft
from app.services.residents_import import ImportResult, RowState
from app.ui.residents.form import ResidentForm
from app.ui.residents.import_wizard import PREVIEW, RESULT, ImportWizard
from app.ui.residents.import_work import Imported
from app.ui.residents.page import ResidentsPage

ROSTER = Path(__file__).parents[1] / "data" / "rosters" / "望海社区居民信息台账.xlsx"


def new_form(page: QWidget) -> None:
    assert isinstance(page, ResidentsPage)
    page.add_person()


def form_with_faults(page: QWidget) -> None:
    """A name, a number copied wrongly, a phone too short, and the attempt to save."""
    assert isinstance(page, ResidentsPage)
    page.add_person("曲晓燕")
    form = page.stack.currentWidget()
    assert isinstance(form, ResidentForm)
    form.fields.document.number.setText("210214198507120622")
    form.fields.lines["phone"].setText("1384091")
    form.save()


def form_with_look_alike(page: QWidget) -> None:
    """Somebody with the name and birth date of a person on file; of nobody where there is none."""
    assert isinstance(page, ResidentsPage)
    page.add_person()
    form = page.stack.currentWidget()
    assert isinstance(form, ResidentForm)
    person = _somebody(form)
    if person is not None:
        entered = form.side._data.open(person).entered
        form.fields.lines["name"].setText(entered.name)
        form.fields.dates["birth_date"].set_value(entered.birth_date)
        form.fields.address.set_value(entered.address)
        form.side.look()


def edit_form(page: QWidget) -> None:
    """The form of the first person, with the offer to restore a draft."""
    assert isinstance(page, ResidentsPage)
    page.add_person()
    form = page.stack.currentWidget()
    assert isinstance(form, ResidentForm)
    person = _somebody(form)
    if person is not None:
        page.leave()
        page.open_person(person)
        form = page.stack.currentWidget()
        assert isinstance(form, ResidentForm)
    form._offer_draft(form.fields.entered(), Draft({}, form._context.clock.now()))


def _somebody(form: ResidentForm) -> int | None:
    context = form._context
    with context.database.reading() as session:
        listing = residents.list_ids(session, today=context.clock.today())
        rows = residents.rows(session, listing.ids[:40], today=context.clock.today())
    return next((row.id for row in rows if row.birth_date and row.place_short), None)


def import_step(step: int) -> Callable[[QWidget], None]:
    """The wizard at one of its steps, with the sample roster. Nothing is written to the office."""

    def bring(page: QWidget) -> None:
        assert isinstance(page, ResidentsPage)
        page.import_file()
        wizard = page.stack.currentWidget()
        assert isinstance(wizard, ImportWizard)
        if step:
            _read(wizard)
        if step >= PREVIEW:
            wizard.header.forward.click()
            _settle(wizard)
        if step == RESULT:
            _pretend_imported(wizard)

    return bring


def wrong_file(page: QWidget) -> None:
    assert isinstance(page, ResidentsPage)
    page.import_file()
    wizard = page.stack.currentWidget()
    assert isinstance(wizard, ImportWizard)
    wizard.file_page.show_fault(
        "这是 Word 文档（.doc），只是扩展名像表格，不是表格文件。"
        "请选择 .xlsx、.xls、.et 或 .csv 格式的居民台账。"
    )


def import_question(page: QWidget) -> None:
    """A row to decide on, and its like."""
    import_step(PREVIEW)(page)
    assert isinstance(page, ResidentsPage)
    wizard = page.stack.currentWidget()
    assert isinstance(wizard, ImportWizard)
    wizard.preview.counts.choose(RowState.QUESTION)


def _read(wizard: ImportWizard) -> None:
    folder = wizard._context.database.file.parent / "名册"
    folder.mkdir(exist_ok=True)
    wizard.read(Path(shutil.copy(ROSTER, folder / ROSTER.name)))
    _settle(wizard)


def _settle(wizard: ImportWizard) -> None:
    while wizard.is_busy:
        QApplication.processEvents()
        # Without a rest it would contend with the thread that reads.
        time.sleep(0.001)


def _pretend_imported(wizard: ImportWizard) -> None:
    prepared = wizard._prepared
    assert prepared is not None
    counts = prepared.plan.counts
    result = ImportResult(
        counts[RowState.NEW],
        counts[RowState.UPDATE],
        counts[RowState.UNCHANGED],
        len(prepared.left_over),
        [],
    )
    wizard.result.show_imported(prepared, Imported(result, 1))
    wizard.go_to(RESULT)
