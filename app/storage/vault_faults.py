"""What can go wrong at the door: passwords, codes and users, as sentences."""

from app.errors import DomainError

SHORTEST_PASSWORD = 6


class WrongPassword(DomainError):
    """`seconds`: how long the next try has to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            f"姓名或密码不对，没有打开。请核对后 {seconds} 秒再试；忘记密码可以用恢复码。"
        )
        self.seconds = seconds


class WrongRecoveryCode(DomainError):
    def __init__(self, seconds: int) -> None:
        super().__init__(f"恢复码不对，没有打开。请对照恢复单逐字核对，{seconds} 秒后再试。")
        self.seconds = seconds


class TooEarly(DomainError):
    def __init__(self, seconds: int) -> None:
        super().__init__(f"刚才输错了，请再等 {seconds} 秒，然后重新输入。")
        self.seconds = seconds


class PasswordTooShort(DomainError):
    def __init__(self) -> None:
        super().__init__(
            f"密码太短，容易被猜到：请至少用 {SHORTEST_PASSWORD} 个字符，例如几个不相关的词。"
        )


class SlotTaken(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(f"已经有名叫“{name}”的用户，请在名字后加上岗位以便区分。")


class LastSlot(DomainError):
    def __init__(self) -> None:
        super().__init__("这是最后一个能登录的用户，不能移除。请先添加另一个用户。")
