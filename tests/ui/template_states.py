"""Templates of certificates, and what must not be certified, in their states."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from app.context import Context
from app.models import CertificateTemplate
from app.services import forbidden, templates
from app.ui.papers.forbidden_dialog import ForbiddenDialog
from app.ui.papers.forbidden_form import ForbiddenItemDialog
from app.ui.papers.templates.dialog import TemplatesDialog
from app.ui.papers.templates.forbidden_notice import ForbiddenNotice
from tests.actors import seen_by


class _Stage(Protocol):
    def context(self) -> Context: ...


def _seeded(stage: _Stage) -> Context:
    context = stage.context()
    with context.database.transaction("准备模板") as session:
        templates.seed(session)
    return context


def _template(context: Context, key: str) -> int:
    with context.database.reading() as session:
        return next(one.id for one in templates.templates(session) if one.key == key)


def _opened(stage: _Stage, key: str) -> TemplatesDialog:
    context = _seeded(stage)
    dialog = TemplatesDialog(context)
    dialog.open_template(_template(context, key))
    return dialog


def _wrong_code(stage: _Stage) -> QWidget:
    dialog = _opened(stage, "guardianship")
    field = dialog.editor.body_field
    field.set_value(field.value() + "\n{姓明}和{填:事由}，还有{配偶")
    return dialog


def _damaged(stage: _Stage) -> QWidget:
    context = _seeded(stage)
    with context.database.transaction("损坏") as session:
        row = session.scalars(
            select(CertificateTemplate).where(CertificateTemplate.key == "party_service")
        ).one()
        row.body, row.layout = "兹证明{姓名", "poster"
    return _opened(stage, "party_service")


def _stopped(stage: _Stage) -> QWidget:
    dialog = TemplatesDialog(_seeded(stage))
    dialog.start_new()
    dialog.editor.title.setText("未婚证明")
    dialog.editor.body_field.set_value("兹证明{姓名}未婚，仅用于{用途}。")
    return dialog


def _read_only(stage: _Stage) -> QWidget:
    return TemplatesDialog(seen_by(_seeded(stage), "赵敏", "社工"))


def _forbidden_notice(stage: _Stage) -> QWidget:
    context = stage.context()
    with context.database.reading() as session:
        items = forbidden.match(session, "未婚证明", "兹证明{姓名}未婚，其父死亡。")
    return ForbiddenNotice(context, items)


def _with_addition(stage: _Stage) -> QWidget:
    context = stage.context()
    with context.database.transaction("增列") as session:
        if all(one.id is None for one in forbidden.items(session)):
            forbidden.add(
                session,
                level=forbidden.OWN,
                name="缴费票据遗失证明",
                keywords="票据遗失 发票遗失",
                document="社区工作制度",
                redirect="到开票单位补开",
            )
    dialog = ForbiddenDialog(context)
    dialog.table.select_id((forbidden.OWN, 1))
    return dialog


DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "证明模板": lambda stage: _opened(stage, "volunteer_service"),
    "证明模板 没有依据": lambda stage: _opened(stage, "residence"),
    "证明模板 荣誉证书": lambda stage: _opened(stage, "honor"),
    "证明模板 填充码不对": _wrong_code,
    "证明模板 不得出具": _stopped,
    "证明模板 只看": _read_only,
    "证明模板 坏了": _damaged,
    "模板不得出具": _forbidden_notice,
    "不得出具清单": lambda stage: ForbiddenDialog(stage.context()),
    "不得出具清单 增列": _with_addition,
    "增列不得出具的事项": lambda stage: ForbiddenItemDialog(stage.context(), None),
}
