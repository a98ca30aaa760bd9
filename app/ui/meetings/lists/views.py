"""资源, 需求 and 项目: what narrows each PagedTable, and what stands there while it is empty."""

from collections.abc import Sequence

from app.context import Context
from app.models import ListState, ProjectState, ResourceKind
from app.services import grids, joint, projects, three_lists
from app.services.project_views import ProjectFilter, ProjectView
from app.services.three_lists import ListFilter, NeedView, ResourceView
from app.storage.lookup import Lookup
from app.ui.kit.chips import FilterChip, SwitchChip
from app.ui.kit.states import EmptyState
from app.ui.meetings.lists.columns import (
    NEED_COLUMNS,
    NEED_LEAVES,
    PROJECT_LEAVES,
    RESOURCE_COLUMNS,
    RESOURCE_LEAVES,
    project_columns,
)
from app.ui.meetings.lists.lines_view import LinesView
from app.ui.meetings.lists.words import NEEDS, PROJECTS, RESOURCES
from app.values.rights import Right

KEEPS = (Right.KEEP_JOINT, Right.KEEP_FUND)


def _kinds() -> FilterChip:
    chip = FilterChip("类型")
    chip.set_choices([(one, one.label) for one in ResourceKind])
    return chip


def _states() -> FilterChip:
    chip = FilterChip("状态")
    chip.set_choices([(one, one.label) for one in ListState])
    return chip


class ResourcesView(LinesView):
    name, of_grids = RESOURCES, False

    def __init__(self, context: Context) -> None:
        self.kind, self.state, self.by_unit = _kinds(), _states(), FilterChip("单位")
        chips = (self.kind, self.state, self.by_unit)
        super().__init__(context, RESOURCE_COLUMNS, RESOURCE_LEAVES, chips, name="资源清单")

    def found(self, lookup: Lookup) -> Sequence[ResourceView]:
        kind, state = self.kind.value, self.state.value
        wanted = ListFilter(
            year=self.year.number,
            kind=kind if isinstance(kind, ResourceKind) else None,
            states=(state,) if isinstance(state, ListState) else (),
            unit_id=self.by_unit.number,
            text=self.text,
        )
        return three_lists.resources(lookup, wanted)

    def offer(self, lookup: Lookup) -> None:
        names = joint.names(lookup, self._context.clock.today())
        self.by_unit.set_choices(list(names.items()))

    def empty(self) -> EmptyState:
        may = self._context.may(Right.KEEP_JOINT)
        offered = (("登记资源…", self.new_asked.emit),) if may else ()
        advice = "单位能提供的场地、人才、资金、服务、信息，一项一项列上来。"
        return EmptyState("package-variant", "资源清单还是空的", advice, offered)


class NeedsView(LinesView):
    name = NEEDS

    def __init__(self, context: Context) -> None:
        self.kind, self.state, self.grid = _kinds(), _states(), FilterChip("网格")
        chips = (self.kind, self.state, self.grid)
        super().__init__(context, NEED_COLUMNS, NEED_LEAVES, chips, name="需求清单")

    def found(self, lookup: Lookup) -> Sequence[NeedView]:
        kind, state = self.kind.value, self.state.value
        wanted = ListFilter(
            year=self.year.number,
            kind=kind if isinstance(kind, ResourceKind) else None,
            states=(state,) if isinstance(state, ListState) else (),
            grid_id=self.grid.number,
            text=self.text,
        )
        return three_lists.needs(lookup, wanted)

    def offer(self, lookup: Lookup) -> None:
        self.grid.set_choices(list(grids.names(lookup).items()))

    def empty(self) -> EmptyState:
        may = self._context.may(Right.KEEP_JOINT)
        offered = (("登记需求…", self.new_asked.emit),) if may else ()
        advice = "居民和网格需要什么，写下来；有合适的资源会提示。"
        words = "需求清单还是空的" if self._context.sees_all else "您的网格里没有需求"
        return EmptyState("hand-heart-outline", words, advice, offered)


class ProjectsView(LinesView):
    name, unit = PROJECTS, "个"

    def __init__(self, context: Context) -> None:
        self.stage, self.by_unit = FilterChip("阶段"), FilterChip("单位")
        self.grid = FilterChip("网格")
        self.funded, self.late = SwitchChip("用经费", "用专项经费"), SwitchChip("超期")
        self.stage.set_choices([(one, one.label) for one in ProjectState])
        chips = (self.stage, self.by_unit, self.grid, self.funded, self.late)
        columns = project_columns(context.clock.today())
        super().__init__(context, columns, PROJECT_LEAVES, chips, name="项目清单")

    def found(self, lookup: Lookup) -> Sequence[ProjectView]:
        stage = self.stage.value
        wanted = ProjectFilter(
            year=self.year.number,
            states=(stage,) if isinstance(stage, ProjectState) else (),
            unit_id=self.by_unit.number,
            grid_id=self.grid.number,
            funded=True if self.funded.on else None,
            late_on=self._context.clock.today() if self.late.on else None,
            text=self.text,
        )
        return projects.projects(lookup, wanted)

    def offer(self, lookup: Lookup) -> None:
        names = joint.names(lookup, self._context.clock.today())
        self.by_unit.set_choices(list(names.items()))
        self.grid.set_choices(list(grids.names(lookup).items()))

    def empty(self) -> EmptyState:
        may = any(map(self._context.may, KEEPS))
        offered = (("立项…", self.new_asked.emit),) if may else ()
        advice = "在需求那里挑一项合适的资源立项，或者照会议的决议立项。"
        words = "项目清单还是空的" if self._context.sees_all else "您的网格里没有项目"
        return EmptyState("clipboard-check-outline", words, advice, offered)
