"""Certificates as a clerk makes them, each step in a transaction of its own."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from app.models import Certificate as CertificateRow
from app.models import Stage
from app.reports.certificate import Certificate
from app.services import certificate_life, certificates, templates
from app.services.certificate_views import PaperFacts
from app.services.certificates import CertificateDraft
from app.services.templates import TemplateInput
from tests.services.conftest import Clerk
from tests.services.serving import PERIOD, has_served

SERVICE = {"起止日期": PERIOD}


class Issuer:
    """Somebody at the desk: what is not said is filled in rightly."""

    def __init__(self, clerk: Clerk, *, role: str = "书记", user: str = "周立群") -> None:
        self.clerk = clerk
        self.role, self.user = role, user
        clerk.do("放入模板", templates.seed)

    def template(self, title: str = "志愿服务记录证明") -> templates.TemplateView:
        found: list[templates.TemplateView] = self.clerk.see(templates.templates)
        return next(one for one in found if one.title == title)

    def own_template(self, body: str = "兹证明{姓名}按时到场。", **fields: Any) -> int:
        """A template of the office's own, with a basis and switched on."""
        fields = {"title": "到场证明", "legal_basis": "区公布的清单第 3 项", **fields}
        entered = TemplateInput(body=body, **fields)
        key: int = self.clerk.do("新增模板", lambda s: templates.save(s, None, entered))
        self.clerk.do("启用", lambda s: templates.set_enabled(s, key, True))
        return key

    def draft(self, template_id: int | None = None, **fields: Any) -> CertificateDraft:
        """What is typed; for the volunteer record unless another template is named."""
        key = template_id or self.template().id
        resident = fields.pop("resident_id", None)
        blank, _ = self.clerk.see(
            lambda s: certificates.blank(s, key, resident, today=self.clerk.today)
        )
        given = {
            "holder": blank.holder or "王秀兰",
            "holder_document": blank.holder_document or "居民身份证 210214195604120023",
            "answers": {} if template_id else SERVICE,
            "purpose": blank.purpose or "存档",
        }
        made = replace(blank, **{**given, **fields})
        return made if template_id else self._with_hours(made)

    def _with_hours(self, draft: CertificateDraft) -> CertificateDraft:
        """Whoever is to get a record of service has served, and is named by his number."""
        number: str = self.clerk.do("登记服务时长", lambda s: has_served(s, draft))
        return replace(draft, answers={**draft.answers, "志愿者编号": number})

    def save(self, draft: CertificateDraft, key: int | None = None, **kwargs: Any) -> int:
        made: int = self.clerk.do(
            f"开{draft.holder}的证明",
            lambda s: certificates.save_draft(
                s, key, draft, handled_by="赵敏", now=self.clerk.now, **kwargs
            ),
        )
        return made

    def accept(self, key: int, **who: str) -> Stage:
        who = {"user": self.user, "role": self.role, **who}
        stage: Stage = self.clerk.do(
            "确认预览",
            lambda s: certificate_life.accept_preview(s, key, now=self.clerk.now, **who),
        )
        return stage

    def approved(self, **fields: Any) -> int:
        key = self.save(self.draft(**fields))
        assert self.accept(key) is Stage.APPROVED
        return key

    def number(self, key: int, **kwargs: Any) -> str:
        kwargs = {"now": self.clerk.now, **kwargs}
        given: str = self.clerk.do("给号", lambda s: certificate_life.give_number(s, key, **kwargs))
        return given

    def numbered(self, **fields: Any) -> int:
        key = self.approved(**fields)
        self.number(key)
        return key

    def printed(self, **fields: Any) -> int:
        key = self.numbered(**fields)
        self.step("print_started", key)
        self.step("print_done", key)
        return key

    def step(self, name: str, key: int, **kwargs: Any) -> Any:
        """One of the functions of certificate_life that take the moment."""
        act = getattr(certificate_life, name)
        kwargs = {"now": self.clerk.now, **kwargs}
        return self.clerk.do(name, lambda s: act(s, key, **kwargs))

    def facts(self, key: int) -> PaperFacts:
        found: PaperFacts = self.clerk.see(lambda s: certificates.life(s, key).facts)
        return found

    def paper(self, key: int) -> Certificate:
        found: Certificate = self.clerk.see(
            lambda s: certificates.paper(s, key, today=self.clerk.today)
        )
        return found

    def row(self, key: int) -> CertificateRow:
        found: CertificateRow = self.clerk.see(lambda s: s.get_one(CertificateRow, key))
        return found

    def at(self, moment: datetime) -> "Issuer":
        """The same desk at another moment."""
        self.clerk.now, self.clerk.today = moment, moment.date()
        return self
