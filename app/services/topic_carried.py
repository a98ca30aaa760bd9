"""What was decided on a topic and how it was carried out: the later steps of its way."""

from collections.abc import Iterator, Sequence

from app.models import ResolutionKind, Verdict
from app.services.topic_stages import Stage, WayStep
from app.storage.lookup import Lookup, Sql, any_of, day_of, one_of, query
from app.values.money import yuan


def carried(lookup: Lookup, topic_id: int) -> Iterator[WayStep]:
    """Resolutions with their 公示, projects with their money, progress, evaluation, the end."""
    own = Sql("topic_id = ? AND deleted_at IS NULL", (topic_id,))
    made = list(lookup.column(query("id", "resolution", [own])))
    of_made = one_of("resolution_id", made)
    mine = any_of([Sql("topic_id = ?", (topic_id,)), of_made])
    there = [mine, Sql("deleted_at IS NULL")]
    projects = list(lookup.column(query("id", "project", there, "ORDER BY id")))
    yield from _resolutions(lookup, made)
    yield from _projects(lookup, projects)
    both = any_of([of_made, one_of("project_id", projects)])
    yield from _progress(lookup, both)
    yield from _evaluations(lookup, both)


def _resolutions(lookup: Lookup, ids: Sequence[int]) -> Iterator[WayStep]:
    what = (
        "id, kind, number, words, made_on, owner, due_on, budget, notice_id, done_on, done_words,"
        " stopped_reason"
    )
    asked = query(what, "resolution", [one_of("id", ids)], "ORDER BY made_on, id")
    found = list(lookup.rows(asked))
    decided = any(row[1] == ResolutionKind.DECISION for row in found)
    for row in found:
        key, kind, number, words, made, owner, due, budget, notice_id, done, said, stopped = row
        record = ("resolution", key)
        parts = (
            f"责任人 {owner}" if owner else "",
            f"{due} 前办结" if due else "",
            f"经费 {yuan(budget)} 元" if budget else "",
        )
        title = f"{ResolutionKind.of(kind).label} {number}"
        detail = "，".join(part for part in parts if part)
        opinion = kind == ResolutionKind.OPINION
        stage = Stage.OPINION if opinion else Stage.MADE
        yield WayStep(stage, day_of(made), title, words, detail, record=record)
        if notice_id is not None:
            yield from _public(lookup, notice_id)
        # An opinion ends with the decision that it led to, the matter does not.
        if done and not (opinion and decided):
            yield WayStep(Stage.DONE, day_of(done), "办结", said or "", record=record)
        if stopped:
            yield WayStep(Stage.STOPPED, None, "终止", stopped, record=record)


def _public(lookup: Lookup, notice_id: int) -> Iterator[WayStep]:
    own = Sql("id = ? AND deleted_at IS NULL", (notice_id,))
    what = "title, posted_on, dated, ends_on, result"
    there = Sql("notice_id = ? AND deleted_at IS NULL", (notice_id,))
    for title, posted, dated, ends, result in list(lookup.rows(query(what, "notice", [own]))):
        objections = lookup.value(query("count(*)", "objection", [there]))
        until = f"公示到 {ends}，" if ends else ""
        said = f"收到异议 {objections} 件" if objections else "没有收到异议"
        detail = "，".join(part for part in (f"{until}{said}", result) if part)
        on = day_of(posted or dated)
        yield WayStep(Stage.PUBLIC, on, "公示", title, detail, record=("notice", notice_id))


def _projects(lookup: Lookup, ids: Sequence[int]) -> Iterator[WayStep]:
    what = (
        "p.id, p.number, p.name, p.budget, p.approval, p.approved_on, p.since, u.name, p.entered_at"
    )
    source = "project AS p LEFT JOIN joint_unit AS u ON u.id = p.lead_unit_id"
    for row in list(lookup.rows(query(what, source, [one_of("p.id", ids)], "ORDER BY p.id"))):
        key, number, name, budget, approval, approved, since, unit, entered = row
        parts = (
            f"预算 {yuan(budget)} 元" if budget else "",
            f"审批 {approval}" if approval else "",
            f"牵头 {unit}" if unit else "",
        )
        detail = "，".join(part for part in parts if part)
        on, record = day_of(approved or since or entered[:10]), ("project", key)
        yield WayStep(Stage.PROJECT, on, f"项目 {number}", name, detail, record=record)
        yield from _paid(lookup, key)


def _paid(lookup: Lookup, project_id: int) -> Iterator[WayStep]:
    """What was spent from the fund, with corrections taken off, up to the last line."""
    own = Sql("project_id = ?", (project_id,))
    what = "count(*), -sum(amount), max(on_date)"
    count, spent, last = next(lookup.rows(query(what, "fund_entry", [own])))
    if count:
        words = f"专项经费支出 {yuan(spent)} 元"
        record = ("project", project_id)
        yield WayStep(Stage.PAID, day_of(last), "用款", words, f"{count} 笔", record=record)


def _progress(lookup: Lookup, of_them: Sql) -> Iterator[WayStep]:
    what = "id, resolution_id, project_id, on_date, words, percent"
    steps = list(lookup.rows(query(what, "progress", [of_them], "ORDER BY on_date, id")))
    pictures = _photos(lookup, [step[0] for step in steps])
    for key, resolution_id, project_id, day, words, percent in steps:
        photos = tuple(pictures.get(key, ()))
        record = ("resolution", resolution_id) if resolution_id else ("project", project_id)
        detail = "" if percent is None else f"进度 {percent}%"
        yield WayStep(
            Stage.PROGRESS, day_of(day), "进展", words, detail, photos=photos, record=record
        )


def _photos(lookup: Lookup, steps: Sequence[int]) -> dict[int, list[int]]:
    """The pictures of each step, as they were kept."""
    there = [one_of("progress_id", steps)]
    asked = query("progress_id, id", "progress_photo", there, "ORDER BY id")
    found: dict[int, list[int]] = {}
    for step, photo in lookup.rows(asked):
        found.setdefault(step, []).append(photo)
    return found


def _evaluations(lookup: Lookup, of_them: Sql) -> Iterator[WayStep]:
    there = [of_them, Sql("deleted_at IS NULL")]
    counted = query("verdict, count(*), max(on_date)", "evaluation", there, "GROUP BY verdict")
    found = {verdict: (count, last) for verdict, count, last in lookup.rows(counted)}
    if found:
        told = [f"{one.label} {found[one][0]} 人" for one in Verdict if one in found]
        last = max(last for _, last in found.values())
        yield WayStep(Stage.EVALUATED, day_of(last), "群众评议", "，".join(told))
