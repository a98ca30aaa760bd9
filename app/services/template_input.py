"""What is typed for a template of certificates, and what is wrong with it."""

from dataclasses import dataclass

from app.errors import DomainError
from app.reports.certificate_data import LAYOUTS
from app.services import fill_codes
from app.services.certificate_views import APPROVERS, SECRETARY
from app.values.text import tidy, visible

VOLUNTEER = "volunteer_service"
LAYOUT_LABELS = {"letter": "书信式", "blocks": "四栏式（志愿服务）", "honor": "证书式"}
LONGEST_BODY = 20_000
_LONGEST = {
    "title": (60, "标题"),
    "legal_basis": (500, "法律依据"),
    "purpose": (120, "用途"),
    "recipient": (120, "接收单位"),
    "verification": (200, "核实方式"),
    "book_word": (10, "单独编号的字"),
}
_BRACES = "{}｛｝"
_OPTIONAL = ("legal_basis", "purpose", "recipient", "verification")
_PLAIN = ("layout", "valid_days", "approver", "seal_mark", "counterfoil")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateInput:
    """What is typed in the editor; `body` holds fill codes, one paragraph a line."""

    title: str = ""
    layout: str = "letter"
    body: str = ""
    legal_basis: str = ""
    purpose: str = ""
    recipient: str = ""
    verification: str = ""
    valid_days: int | None = None
    approver: str = SECRETARY
    seal_mark: bool = True
    counterfoil: bool = True
    book_word: str = ""


def check(entered: TemplateInput, *, key: str = "") -> None:
    """Raises DomainError naming the first thing that is wrong with a template."""
    if not tidy(entered.title):
        raise DomainError("请填写模板的标题。")
    if not tidy(entered.body):
        raise DomainError("请填写模板的正文。")
    if len(entered.body) > LONGEST_BODY:
        raise DomainError(
            f"正文有 {len(entered.body):,} 个字，最多 {LONGEST_BODY:,} 个字，请缩短。"
        )
    _check_lines(entered)
    if entered.valid_days is not None and not 1 <= entered.valid_days <= 3650:
        raise DomainError("有效天数应在 1 到 3650 之间；没有期限就空着。")
    fill_codes.check(entered.body)
    if fault := shape_fault(entered.layout, entered.approver):
        raise DomainError(fault)
    if key == VOLUNTEER and (missing := _missing_service(entered)):
        raise DomainError(
            f"志愿服务记录证明必须载明服务时间、服务内容和记录单位（民政部令第67号第十五条），"
            f"正文里少了 {missing}。"
        )


def _check_lines(entered: TemplateInput) -> None:
    """What may stand in the fields of one line: nothing too long, no codes, a plain word."""
    for name, (longest, label) in _LONGEST.items():
        if len(getattr(entered, name)) > longest:
            raise DomainError(f"“{label}”太长，最多 {longest} 个字，请缩短。")
        if any(brace in getattr(entered, name) for brace in _BRACES):
            raise DomainError(f"“{label}”里不能用填充码，大括号只写在正文里。")
    if entered.book_word.strip() and not tidy(entered.book_word).isalpha():
        raise DomainError("单独编号的字只能写汉字或字母，如“居”；年份和号数由程序加上。")


def columns_of(entered: TemplateInput) -> dict[str, object]:
    """What is kept of an input: tidied, with narrow braces, None for what is empty."""
    lines = [visible(line).rstrip() for line in entered.body.strip().splitlines()]
    values: dict[str, object] = {
        "title": tidy(entered.title),
        "body": fill_codes.tidied("\n".join(lines)),
        "book_word": tidy(entered.book_word),
    }
    values.update({name: tidy(getattr(entered, name)) or None for name in _OPTIONAL})
    values.update({name: getattr(entered, name) for name in _PLAIN})
    return values


def shape_fault(layout: str, approver: str) -> str:
    """What is wrong with values that the editor only offers to choose; '' where nothing is."""
    if layout not in LAYOUTS:
        return f"版式“{layout[:12]}”不认识，请重新选择。"
    if approver not in APPROVERS:
        return f"“由谁批准”写着“{approver[:12]}”，不认识，请重新选择。"
    return ""


def _missing_service(entered: TemplateInput) -> str:
    """The four blocks print the three items by themselves; another layout needs their codes."""
    if entered.layout == "blocks":
        return ""
    codes = fill_codes.codes_in(entered.body)
    missing = [one for one in ("服务时长", "服务内容", "记录单位") if one not in codes]
    return "、".join(f"{{{one}}}" for one in missing)
