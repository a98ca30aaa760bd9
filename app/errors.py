"""Errors whose text is meant for the person at the screen: what happened, why, what to do."""


class DomainError(Exception):
    """A rule was broken or a fault met; nothing was saved. `str(error)` is a Chinese sentence."""


class Cancelled(DomainError):
    """The user stopped a job; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("已取消，什么都没有改动。")


class ChangedMeanwhile(DomainError):
    """Somebody else saved the same record after it was opened (optimistic lock)."""

    def __init__(self) -> None:
        super().__init__("这条记录刚被别人改过，请关闭后重新打开，再改一次。")


class Refused(DomainError):
    """The user may not do it; the attempt is journaled by the door it was made through."""


class NotAllowed(Refused):
    """The user's role lacks a right."""

    def __init__(self, role: str, right: str) -> None:
        super().__init__(
            f"您的岗位“{role}”没有“{right}”的权限，没有做。需要的话请书记来做，或请书记调整权限。"
        )
        self.role, self.right = role, right


class SecretaryOnly(Refused):
    """What only a 书记 may do, whoever else manages users."""


class OutsideGrids(Refused):
    """A grid member reached for somebody of another grid."""

    def __init__(self) -> None:
        super().__init__("这件事涉及不在您网格里的人或户，没有做。请那个网格的网格员或书记来办。")
