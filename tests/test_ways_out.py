"""Every place where data may leave the program is known, and told how it is put on record."""

import ast
from functools import cache
from pathlib import Path

import app

ROOT = Path(app.__file__).parent
LEAVING = {
    "clipboard",
    "getSaveFileName",
    "ask_path",
    "save_pdf",
    "save_file",
    "write_whole",
    "write_xlsx",
    "write_leftovers",
    "take_out_file",
    "print_paper",
    "print_again",
    "PaperPreview",
    "PdfPanel",
}
"""Calls by which a text, a file or a sheet leaves"""
NO_PEOPLE = "no personal data"
DOOR = "a door that the others go through"
KNOWN = {
    "ui/kit/files.py": DOOR,
    "ui/kit/spreadsheet.py": DOOR,
    "ui/kit/printing.py": "asks; the request tells its owner, who puts it on record",
    "ui/kit/queue_dialog.py": "prints again what the queue has: told to the first owner",
    "ui/kit/pdf_panel.py": "announces `taken`, or tells the request",
    "ui/kit/table_clipboard.py": DOOR,
    "ui/kit/curtain.py": "empties the clipboard when the desk is left",
    "ui/crash_dialog.py": NO_PEOPLE + ": the report has none",
    "ui/office/recovery_steps.py": NO_PEOPLE + ": the recovery sheet",
    "ui/office/handover.py": "one line in the journal for the package",
    "ui/office/handover_work.py": "a part of the package",
    "ui/people/take_out.py": "notes before it writes",
    "ui/people/table_printing.py": "table_log, by table and people",
    "ui/people/printing.py": "papers.note_printed, note_looked",
    "ui/people/paper_preview.py": "`taken_out` of whoever opens it",
    "ui/grids/diary/print_dialog.py": "table_log.note_printed",
    "ui/grids/bill/tab.py": "table_log: the poster is masked, the workbook too",
    "ui/points/months/tab.py": "table_log: the list is masked",
    "ui/canteen/statistics/tab.py": "table_log: nobody is named",
    "ui/points/statistics/tab.py": "table_log: nobody is named",
    "ui/points/counter/slip_printing.py": "record_look, by redemption",
    "ui/residents/export.py": "exports.note_exported, person by person",
    "ui/residents/import_result.py": "table_log: the rows to be corrected",
    "ui/residents/import_work.py": DOOR,
    "ui/residents/import_file_page.py": NO_PEOPLE + ": the empty template",
    "ui/grids/organisation/plan_view.py": "organisation_papers.note_printed, by member",
    "ui/grids/organisation/boards.py": "organisation_papers.note_printed, by member",
    "ui/grids/requests/answer.py": "request_papers.note_printed",
    "ui/grids/visits/actions.py": "visit_sheets.note_printed: the sheet and its people",
    "ui/canteen/delivery/printing.py": "papers.note_printed, by people",
    "ui/people/care_slip.py": "care_cases.note_printed: the case and the person",
    "ui/points/activities/actions.py": "activity_papers.note_printed: the sheet and its people",
    "ui/people/paper_job.py": "table_log, by people; or record_look of whoever makes it",
    "ui/points/stock/printing.py": "shop_papers, stock_papers: by article, line or paper",
    "ui/canteen/claims/forms_dialog.py": "table_log, by people",
    "ui/canteen/menu/printing.py": NO_PEOPLE + ": table_log all the same",
    "ui/papers/page.py": "leaving() of the panel that is seen",
    "ui/papers/templates/dialog.py": NO_PEOPLE + ": a sample",
    "ui/papers/registers/dialog.py": "refusals.note_printed",
    "ui/papers/certificates/outlet.py": "the register: print_started, print_done, reprint",
    "ui/papers/certificates/refusal_panel.py": "leaving(): the register of refusals",
    "ui/papers/certificates/drafting.py": "refusals.note_printed",
}


def calls(path: Path) -> set[str]:
    text = path.read_text("utf-8")
    # What a file does not even name it does not call: most need no reading.
    if not any(name in text for name in LEAVING):
        return set()
    tree = ast.parse(text)
    nodes = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return names | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


@cache
def places() -> dict[str, set[str]]:
    files = (ROOT / "ui").rglob("*.py")
    found = {file.relative_to(ROOT).as_posix(): calls(file) & LEAVING for file in files}
    return {name: names for name, names in found.items() if names}


def test_nothing_leaves_by_a_door_that_is_not_known() -> None:
    assert {name: names for name, names in places().items() if name not in KNOWN} == {}


def test_the_list_of_doors_names_no_door_that_is_gone() -> None:
    assert set(KNOWN) - set(places()) == set()
