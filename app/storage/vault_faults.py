"""What can go wrong at the door: passwords, codes and users, as sentences."""

from datetime import datetime
from pathlib import Path

from app.errors import DomainError

SHORTEST_PASSWORD = 6


class WrongPassword(DomainError):
    """`seconds`: how long the next try has to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            f"姓名或密码不对，没有打开。请核对后 {seconds} 秒再试；忘了密码请书记重设，或用恢复单。"
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


class NameTooLong(DomainError):
    def __init__(self, name: str, longest: int) -> None:
        super().__init__(f"“{name[:longest]}…”太长，最多 {longest} 个字，请写短一些。")


class UnknownUser(DomainError):
    def __init__(self) -> None:
        super().__init__("这个人已经不在使用人名单里，可能刚被移除。请刷新名单再看。")


class OldKeyFile(DomainError):
    """It was sealed under another data key than that of the file beside it."""

    def __init__(self, keyfile: Path, at: datetime) -> None:
        super().__init__(
            f"密钥文件“{keyfile.name}”和资料不是同一时候的：资料换过钥匙，它还是另一把。资料没有损坏。"
            f"请退出程序，从 {at:%Y-%m-%d %H:%M} 的备份里取出同名的文件，覆盖这一个，再打开。"
        )


class ListChanged(DomainError):
    """The list of users was changed by something that does not know the data key."""

    def __init__(self, keyfile: Path) -> None:
        super().__init__(
            f"密钥文件“{keyfile.name}”里的使用人名单被别的程序改动过，为防止外人混进来，没有做。"
            "请退出程序，从最近的备份中取回同名的文件覆盖它，再打开；资料本身没有受影响。"
        )
