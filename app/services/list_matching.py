"""Which resources may meet a need, and how far the lists have come: 认领率, 完成率."""

from dataclasses import dataclass

from app.models import ListState
from app.services import three_list_views
from app.services.project_views import OPEN, OVER, ProjectFilter, projects
from app.services.three_list_views import ListFilter, NeedView, ResourceView
from app.storage.lookup import Source, lookup_of

_MOST = 6
_OFFERED = (ListState.OPEN, ListState.MATCHED, ListState.DONE)
# Words of every other line: that two lines have them in common says nothing.
_COMMON = frozenset(
    {"居民", "社区", "提供", "服务", "需要", "希望", "开展", "活动", "免费", "老人"}
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A resource that may meet a need, and why: 类型相同（服务）；都提到“理发”."""

    resource: ResourceView
    why: str
    same_kind: bool
    shared: int


@dataclass(frozen=True, slots=True)
class Progress:
    """认领 and 完成 of a year, in whole per cent rounded half up."""

    resources: int
    needs: int
    claimed: int
    projects: int
    finished: int

    @property
    def claimed_words(self) -> str:
        """需求 42 项，认领 35 项，认领率 83%."""
        if not self.needs:
            return "还没有需求"
        rate = _per_cent(self.claimed, self.needs)
        return f"需求 {self.needs} 项，认领 {self.claimed} 项，认领率 {rate}%"

    @property
    def finished_words(self) -> str:
        """项目 30 个，完成 21 个，完成率 70%."""
        if not self.projects:
            return "还没有项目"
        rate = _per_cent(self.finished, self.projects)
        return f"项目 {self.projects} 个，完成 {self.finished} 个，完成率 {rate}%"


def proposals(source: Source, need_id: int) -> list[Proposal]:
    """Resources of the same kind or with words in common, the likeliest first; six at most.

    They are told, never taken: a project is begun by whoever looks at them.
    """
    lookup = lookup_of(source)
    need = three_list_views.need(lookup, need_id)
    offered = three_list_views.resources(lookup, ListFilter(states=_OFFERED))
    found = [one for each in offered if (one := _proposal(need, each)) is not None]
    free = {one.resource.id: one.resource.state is ListState.OPEN for one in found}
    found.sort(key=lambda one: (-one.shared, not one.same_kind, not free[one.resource.id]))
    return found[:_MOST]


def waiting(source: Source, resource_id: int) -> list[NeedView]:
    """Open needs that a resource may meet, the likeliest and the most urgent first."""
    lookup = lookup_of(source)
    resource = three_list_views.resource(lookup, resource_id)
    asked = three_list_views.needs(lookup, ListFilter(states=(ListState.OPEN,)))
    pairs = [(one, _proposal(one, resource)) for one in asked]
    found = [(one, told) for one, told in pairs if told is not None]
    found.sort(key=lambda pair: (-pair[1].shared, -pair[0].urgency.place))
    return [one for one, _ in found][:_MOST]


def progress(source: Source, year: int | None = None) -> Progress:
    """How far the lists of a year have come; what was withdrawn or stopped counts nowhere."""
    lookup = lookup_of(source)
    wanted = ListFilter(year=year, states=_OFFERED)
    needs = three_list_views.needs(lookup, wanted)
    begun = projects(lookup, ProjectFilter(year=year, states=(*OPEN, *OVER)))
    return Progress(
        resources=len(three_list_views.resources(lookup, wanted)),
        needs=len(needs),
        claimed=sum(one.state is not ListState.OPEN for one in needs),
        projects=len(begun),
        finished=sum(one.state in OVER for one in begun),
    )


def _proposal(need: NeedView, resource: ResourceView) -> Proposal | None:
    same = need.kind is resource.kind
    shared = _pairs(need.words) & _pairs(resource.words)
    if not same and not shared:
        return None
    reasons = [f"类型相同（{need.kind.label}）"] if same else []
    if shared:
        first = min(shared, key=need.words.index)
        reasons.append(f"都提到“{first}”")
    return Proposal(resource, "；".join(reasons), same, len(shared))


def _pairs(words: str) -> set[str]:
    """Pairs of neighbouring letters, signs and common words left out."""
    pairs = {words[at : at + 2] for at in range(len(words) - 1)}
    return {pair for pair in pairs if pair.isalnum()} - _COMMON


def _per_cent(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole)
