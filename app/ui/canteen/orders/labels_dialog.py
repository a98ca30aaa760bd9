"""餐盒标签: on which sheets of labels, and from which place on."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import MealPeriod
from app.reports.labels import LabelSheet
from app.services.canteens import CanteenView
from app.ui.canteen.orders.papers import print_box_labels
from app.ui.people.label_sheet_dialog import LabelSheetDialog

_MEMORY = "食堂/餐盒标签"
_TOLD = "一份一张：饮食有要求的在前，其余按路线和站序，贴好就能装箱。"


class LabelsDialog(LabelSheetDialog):
    """One label for each box of a period."""

    def __init__(
        self,
        context: Context,
        canteen: CanteenView,
        day: date,
        period: MealPeriod,
        parent: QWidget | None = None,
    ) -> None:
        def show(sheet: LabelSheet, start: int, outline: bool) -> None:
            meal = (context, canteen, day, period, parent or self)
            print_box_labels(*meal, sheet=sheet, start=start, outline=outline)

        title = f"餐盒标签：{day.month}月{day.day}日 {period.label}"
        super().__init__(title, _MEMORY, show, parent, told=_TOLD)
