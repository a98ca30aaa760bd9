"""What stands on a certificate: values for its fill codes, and the paper that app/reports sets."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Certificate as CertificateRow
from app.models import CertificateTemplate, Household, Resident, Stage
from app.reports.certificate import Certificate, from_snapshot
from app.reports.certificate_data import Block, Layout
from app.services import dwellings, fill_codes, office, papers, people, places, settings
from app.services.ages import age_on
from app.services.identity_texts import ERASED_WORDS
from app.values.documents import DocumentKind
from app.values.masking import mask_id
from app.values.text import visible

DRAFT_MARK, VOID_MARK = "草稿", "作废"
_LAYOUTS: dict[str, Layout] = {"letter": "letter", "blocks": "blocks", "honor": "honor"}


def layout_of(name: str) -> Layout:
    """The layout of app/reports; a letter for a name that no version of the program knows."""
    return _LAYOUTS.get(name, "letter")


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a filled body, without invisible characters and empty lines."""
    lines = (visible(line).strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def document_words(kind: str, number: str) -> str:
    """居民身份证 2102…: what stands on the paper; '' for somebody without a document."""
    return f"{DocumentKind(kind).label} {number}" if number else ""


def split_document(document: str) -> tuple[str, str]:
    """(kind, number) of what was typed: 居民身份证 2102… or the number alone."""
    kind, _, number = document.strip().rpartition(" ")
    return kind.strip() or "证件", number


def person_values(session: Session, resident_id: int, today: date) -> dict[str, str]:
    """The codes of 居民 and 住户 for a person; '' for what the record does not say."""
    person = people.get(session, resident_id)
    age = age_on(person.birth_date, today)
    return {
        "性别": person.sex or "",
        "民族": person.ethnic_group or "",
        "出生日期": day_words(person.birth_date),
        "年龄": "" if age is None else str(age),
        "政治面貌": person.political_status or "",
        "文化程度": person.education or "",
        "职业": person.occupation or "",
        "工作单位": person.workplace or "",
        "户籍地址": person.registered_address or "",
        "现住址": _home(session, person),
        "居住状态": person.residence_status or "",
        **_household_values(session, person),
    }


def _home(session: Session, person: Resident) -> str:
    name = office.office(session).community_name
    place = places.spoken(*dwellings.place_of(session, person.dwelling_id))
    return f"{name} {place}".strip() if place else person.other_address or ""


def _household_values(session: Session, person: Resident) -> dict[str, str]:
    home = session.get(Household, person.household_id) if person.household_id else None
    if home is None:
        return dict.fromkeys(("户号", "户主", "与户主关系", "本户人数"), "")
    head = session.get(Resident, home.head_id) if home.head_id else None
    return {
        "户号": home.number,
        "户主": head.name if head else "",
        "与户主关系": person.relation or "",
        "本户人数": str(len(people.of_household(session, home.id))),
    }


def office_values(session: Session) -> dict[str, str]:
    """The codes of 社区; the recording unit is this office (民政部令第67号 article 26)."""
    found, committee = office.office(session), papers.committee(session)
    return {
        "社区名称": found.community_name,
        "街道": found.street,
        "居委会全称": committee,
        "记录单位": committee,
        "办公地址": found.address,
        "办公电话": found.phone,
    }


def day_values(today: date, valid_until: date | None = None) -> dict[str, str]:
    """The codes of 日期."""
    return {
        "出具日期": day_words(today),
        "年份": str(today.year),
        "有效期至": day_words(valid_until) or "长期",
    }


def day_words(day: date | None) -> str:
    """2026年3月5日; '' for None."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def build(
    session: Session,
    row: CertificateRow,
    template: CertificateTemplate,
    *,
    day: date,
    number: str = "",
    check_code: str = "",
    qr_text: str = "",
) -> Certificate:
    """The paper as it would be printed on `day`; without a number it is a draft's."""
    until = day + timedelta(days=template.valid_days) if template.valid_days else None
    text = fill_codes.fill(row.body, day_values(day, until), only=fill_codes.DAY_CODES)
    paper = Certificate(
        office=papers.committee(session),
        title=row.title,
        number=number,
        paragraphs=(*paragraphs(text), *_replaced(session, row)),
        holder=row.holder,
        holder_document=_shown_document(session, row.holder_document or ""),
        purpose=row.purpose or "",
        recipient=row.recipient or "",
        copies=row.copies,
        legal_basis=row.legal_basis or "",
        valid_until=until,
        issued_on=day,
        handled_by=row.handled_by,
        approved_by=row.approved_by or "",
        office_phone=office.office(session).phone,
        check_code=check_code,
        qr_text=qr_text if settings.value(session, settings.CHECK_QR) else "",
        seal_mark=template.seal_mark,
        counterfoil=template.counterfoil,
        mark="" if number else DRAFT_MARK,
        layout=layout_of(template.layout),
    )
    return (
        replace(paper, blocks=_blocks(paper, row.answers)) if template.layout == "blocks" else paper
    )


def kept(row: CertificateRow) -> Certificate:
    """A numbered paper as it was kept; raises DomainError when it cannot be read any more."""
    if row.holder == ERASED_WORDS:
        raise DomainError("这份文书的存根保存期已满，内容已经抹去，不能再打印。")
    if row.snapshot is None:
        raise DomainError("这份文书还没有给号，请先给号再打印。")
    paper = from_snapshot(row.snapshot)
    return replace(paper, mark=VOID_MARK) if row.stage is Stage.VOID else paper


def _replaced(session: Session, row: CertificateRow) -> tuple[str, ...]:
    """A corrected paper says which one it stands for."""
    old = session.get(CertificateRow, row.corrects_id) if row.corrects_id else None
    if old is None or not old.number:
        return ()
    return (f"本件更正并代替 {old.number}，原件作废。",)


def _shown_document(session: Session, document: str) -> str:
    if not settings.value(session, settings.MASK_ON_PAPER):
        return document
    kind, number = split_document(document)
    return f"{kind} {mask_id(number)}" if number else document


def shown_number(session: Session, number: str) -> str:
    """A document number as it stands on papers: in full, or with its middle hidden."""
    return mask_id(number) if settings.value(session, settings.MASK_ON_PAPER) else number


def sample_blocks(values: Mapping[str, str], today: date) -> tuple[Block, ...]:
    """The four blocks with made-up values, for the preview of a template."""
    paper = Certificate(
        office=values["记录单位"],
        title="",
        number="",
        paragraphs=(),
        holder=values["姓名"],
        holder_document=f"{values['证件类型']} {values['证件号码']}",
        handled_by="赵敏",
        approved_by="周立群",
        office_phone=values["办公电话"],
        issued_on=today,
    )
    return _blocks(paper, values)


def _blocks(paper: Certificate, answers: Mapping[str, Any]) -> tuple[Block, ...]:
    """身份, 服务, 出具单位, 其他: the four kinds of facts that 民发〔2015〕149号 asks for."""

    def row(label: str, code: str, unit: str = "") -> tuple[str, str]:
        value = str(answers.get(code) or "")
        return label, f"{value} {unit}".strip() if value else ""

    blocks = (
        (
            "志愿者",
            (
                ("姓名", paper.holder),
                ("证件类型及号码", paper.holder_document),
                row("志愿者编号", "志愿者编号"),
            ),
        ),
        (
            "服务",
            (
                row("起止日期", "起止日期"),
                row("服务次数", "服务次数", "次"),
                row("服务时间", "服务时长", "小时"),
                row("服务内容", "服务内容"),
            ),
        ),
        (
            "记录和出具单位",
            (
                ("名称", paper.office),
                ("负责人", paper.approved_by),
                ("经办人", paper.handled_by),
                ("联系电话", paper.office_phone),
            ),
        ),
        ("其他", (("证明编号", paper.number), ("出具日期", day_words(paper.issued_on)))),
    )
    return tuple((title, tuple(line for line in rows if line[1])) for title, rows in blocks)
