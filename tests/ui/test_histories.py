"""经过: every record that the journal follows can be looked up, in words."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import app
from app import models
from app.context import Context
from app.models import Base, CalendarDay, Grid, Household, Resident, Setting
from app.services import grids, history, settings
from app.services.grids import GridInput
from app.services.history_words import TABLE_LABELS
from app.services.settings import COMMUNITY_NAME
from app.ui.office.page import TABS, OfficePage
from app.ui.recent.history import HistoryDialog, Record, history_button
from tests.services.conftest import Clerk

HISTORY = "app.ui.recent.history"
JOURNALED = sorted(
    (model for model in models.everything().values() if model.__journaled__),
    key=lambda model: model.__name__,
)
# What a person never reads: keys, sort orders, the program's own bookkeeping, and what the
# sentence of the step says already (a deletion, a merge, a number that was given).
SILENT = {
    *("id", "version", "deleted_at", "merged_into_id", "name_order", "place_order", "position"),
    *("key", "slot", "right", "fingerprint", "columns", "used_at", "tone", "snapshot", "printed"),
    *("series", "year", "serial", "numbered_at", "drafted_at", "created_at", "saved_at"),
    *("decided_at", "user_name", "request_key", "source_key"),
}


@pytest.fixture
def clerk(context: Context) -> Clerk:
    return Clerk(context.database, context.clock.now())


@pytest.mark.parametrize("model", JOURNALED)
def test_every_table_and_every_column_of_it_has_a_name(model: type[Base]) -> None:
    assert model.__tablename__ in TABLE_LABELS
    nameless = {
        column.name
        for column in model.__table__.columns
        if "label" not in column.info and not column.foreign_keys and column.name not in SILENT
    }
    assert nameless == set()


@pytest.mark.parametrize("model", JOURNALED)
def test_every_table_has_a_place_where_its_history_is_read(model: type[Base]) -> None:
    assert model.__name__ in _reachable()


@cache
def _reachable() -> frozenset[str]:
    return frozenset(_models_with_a_button())


def _models_with_a_button() -> Iterator[str]:
    """Models named by windows that offer 经过, and those that are read with them."""
    for path in (Path(app.__file__).parent / "ui").rglob("*.py"):
        text = path.read_text("utf-8")
        if HISTORY not in text:
            continue
        tree = ast.parse(text)
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        if not any(node.module == HISTORY for node in imports):
            continue
        for node in imports:
            if node.module == "app.models":
                yield from (alias.name.removesuffix("Row") for alias in node.names)
    for owned in history.OWNED.values():
        yield from (models.model_named(one).__name__ for one in owned)
    yield from ("Dwelling", "Building")


def _sentences(context: Context, *record: Any) -> list[str]:
    dialog = HistoryDialog(context, *record)
    return [line.sentence for line in dialog._lines]


def test_a_household_is_read_with_its_flat_and_names_its_head(
    qtbot: QtBot, context: Context, clerk: Clerk
) -> None:
    lan = clerk.add("王秀兰", address="3-2-301", new_household=True)
    home = clerk.household_of(lan)
    son = clerk.add("李强", household_id=home, relation="子")
    clerk.do("换户主", lambda s: setattr(s.get(Household, home), "head_id", son))
    clerk.do("房屋", lambda s: setattr(s.get(models.Dwelling, 1), "kind", "自有"))
    said = _sentences(context, Household, home, "1 号户")
    assert said[:2] == ["填入房屋性质 自有", "户主 王秀兰 改为 李强"]


def test_settings_are_read_together_each_with_its_name(
    qtbot: QtBot, context: Context, clerk: Clerk
) -> None:
    for name in ("望海社区", "望江社区"):
        clerk.do("修改社区资料", lambda s, n=name: settings.change(s, COMMUNITY_NAME, n))
    grid = clerk.do("新网格", lambda s: grids.add(s, number=3, name="第三网格"))
    clerk.do("改名", lambda s: grids.update(s, grid, GridInput(number=3, name="东片"), version=1))
    said = _sentences(context, (Setting, Grid), None, "设置")
    assert said[0] == "东片 网格名称 第三网格 改为 东片"
    assert f"{COMMUNITY_NAME.label} 望海社区 改为 望江社区" in said


def test_a_deletion_and_its_end_are_words_not_times(context: Context, clerk: Clerk) -> None:
    grid = clerk.do("新网格", lambda s: grids.add(s, number=3, name="第三网格"))
    clerk.do("删", lambda s: grids.remove(s, grid, now=clerk.now))
    assert _sentences(context, Grid, grid, "第三网格")[0] == "移到回收站"


def test_a_day_off_is_told_by_its_date(context: Context, clerk: Clerk) -> None:
    def write(session: Any) -> int:
        day = CalendarDay(day=clerk.today, works=False, name="调休")
        session.add(day)
        session.flush()
        return int(day.id)

    key = clerk.do("加节假日", write)
    clerk.do("改", lambda s: setattr(s.get(CalendarDay, key), "works", True))
    said = _sentences(context, (CalendarDay,), None, "节假日")
    assert said[0] == "2026-11-21 上班 否 改为 是"


def test_the_button_opens_the_history_of_what_is_chosen(
    qtbot: QtBot, context: Context, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = clerk.add("王秀兰")
    chosen: list[Record] = []
    opened: list[str] = []
    monkeypatch.setattr(HistoryDialog, "exec", lambda it: opened.append(it.windowTitle()))
    owner = QWidget()
    qtbot.addWidget(owner)
    button = history_button(context, owner, lambda: chosen[0] if chosen else None)
    button.click()
    assert opened == []
    chosen.append(Record(Resident, lan, "王秀兰"))
    button.click()
    assert opened == ["经过：王秀兰"]


def test_each_tab_of_the_settings_shows_its_own_tables(
    qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(HistoryDialog, "exec", lambda it: opened.append(it.windowTitle()))
    page = OfficePage(context)
    qtbot.addWidget(page)
    for tab in ("社区", "使用人", "节假日"):
        page.show_tab(TABS.index(tab))
        page.history.click()
    assert opened == ["经过：设置 · 社区", "经过：设置 · 使用人", "经过：设置 · 节假日"]
