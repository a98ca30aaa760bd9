"""全户共用一个账户: opened on the way, where a child's points need it."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import points_family
from app.services.points_accounts import TooYoung
from app.services.volunteer_input import OWN_ACCOUNT
from app.ui.kit import messages


def share(context: Context, parent: QWidget, child: TooYoung) -> bool:
    """Whether the household of a child has got the account, once somebody agreed."""
    words = (
        f"{child.name}不满 {OWN_ACCOUNT} 周岁，不开个人账户。给这一户开一个全户共用的账户，"
        "这一户新得的积分都记在里面，各人原有的可以转过去。"
    )
    if not messages.confirm(parent, "全户共用一个账户", words, "开共用账户"):
        return False
    today = context.clock.today()
    with context.database.transaction(f"开全户共用的积分账户 {child.name}") as session:
        points_family.share_with(session, child.resident_id or 0, today=today)
    return True
