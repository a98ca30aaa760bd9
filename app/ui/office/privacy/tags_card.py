"""Which tags only those permitted see: a tick for each."""

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.context import Context
from app.services import tags
from app.services.tags import SENSITIVE_GROUP, TagView
from app.ui.kit import messages, theme
from app.ui.kit.card import Card
from app.ui.kit.labels import small
from app.ui.kit.signals import Area

_WHY = (
    "勾上的只有“看敏感标签”权限的人能看到；查找、花名册、导出和操作记录里一律不写。"
    "医疗健康、特定身份、未成年人处境按个保法第二十八条预先勾好；"
    "综治类标签一律是敏感标签，不在这里列出。"
)
_COLUMNS = 4


class SensitiveTagsCard(Card):
    """A change is written at once; 撤销 takes it back."""

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(20, 14, 20, 14))
        self._context = context
        with context.database.reading() as session:
            known = [
                tag
                for tag in tags.tags(session, enabled_only=False)
                if tag.group != SENSITIVE_GROUP
            ]
        self.heading("敏感标签")
        self.body.addWidget(small(_WHY, wrap=True))
        self.ticks = {tag.id: self._tick(tag) for tag in known}
        ticks = QWidget()
        grid = QGridLayout(ticks)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme.current().px(4))
        for place, tick in enumerate(self.ticks.values()):
            grid.addWidget(tick, place // _COLUMNS, place % _COLUMNS)
        self.body.addWidget(ticks)

    def _tick(self, tag: TagView) -> QCheckBox:
        tick = QCheckBox(tag.name)
        tick.setChecked(tag.sensitive)
        tick.clicked.connect(lambda on, one=tag: self._set(one, on))
        return tick

    def _set(self, tag: TagView, sensitive: bool) -> None:
        words = "设为敏感标签" if sensitive else "改为普通标签"
        with messages.domain_errors_shown(self):
            # Sentences are read by those who may not see the tag.
            with self._context.database.transaction("修改哪些标签是敏感标签") as session:
                tags.set_sensitive(session, tag.id, sensitive)
            self._context.signals.changed.emit(Area.RESIDENTS | Area.OFFICE)
            messages.notify(self._context.signals, f"“{tag.name}”已{words}")
