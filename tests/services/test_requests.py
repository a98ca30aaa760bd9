"""诉求: registered, accepted, handed up and down, done, called back, closed."""

from datetime import date, datetime

import pytest

from app.models import CategoryGroup, RequestState, Satisfaction
from app.services import (
    calendar,
    categories,
    deadlines,
    request_life,
    request_views,
    requests,
)
from app.services.request_views import ALL
from app.services.requests import RequestInput

FRIDAY = datetime(2026, 11, 20, 9, 30)


class Desk:
    """A clerk at requests; each call with the version that stands in the file."""

    def __init__(self, clerk):
        self.clerk = clerk
        self.now = FRIDAY
        self.kinds = {
            one.name: one.id
            for one in clerk.see(lambda s: categories.categories(s, CategoryGroup.MATTER))
        }

    @property
    def today(self):
        return self.now.date()

    def entered(self, **fields):
        fields.setdefault("title", "楼道灯三个月不亮")
        fields.setdefault("person", "王秀兰")
        kind = fields.pop("kind", "公共设施")
        return RequestInput(category_id=self.kinds[kind], **fields)

    def register(self, **fields):
        entered = self.entered(**fields)
        return self.clerk.do("登记诉求", lambda s: requests.register(s, entered, now=self.now))

    def detail(self, key):
        return self.clerk.see(lambda s: request_views.detail(s, key, today=self.today))

    def do(self, key, act, **fields):
        version = self.detail(key).version
        return self.clerk.do(
            "办诉求", lambda s: act(s, key, version=version, now=self.now, **fields)
        )

    def board(self, chosen=ALL):
        return self.clerk.look_up(
            lambda source: request_views.board(source, chosen, today=self.today)
        )

    def handled(self, **fields):
        """A request that somebody works on."""
        key = self.register(**fields)
        self.do(key, request_life.accept)
        self.do(key, request_life.assign, handler="物业")
        return key

    def done(self, **fields):
        key = self.handled(**fields)
        self.do(key, request_life.finish, answer="已经换了灯")
        return key


@pytest.fixture
def desk(clerk):
    clerk.do("导入节假日", calendar.seed)
    clerk.do("事项类别", categories.seed)
    clerk.do("办理期限", lambda s: deadlines.seed(s, today=date(2026, 1, 1)))
    return Desk(clerk)


def test_a_request_goes_from_the_first_column_to_the_last(desk):
    key = desk.register()
    for act, fields, state in (
        (None, {}, RequestState.REGISTERED),
        (request_life.accept, {}, RequestState.ACCEPTED),
        (request_life.assign, {"handler": "物业"}, RequestState.HANDLING),
        (request_life.hand_up, {"reason": "要协调"}, RequestState.HANDLING),
        (request_life.hand_up, {"reason": "公共电表", "to": "城建办"}, RequestState.ESCALATED),
        (request_life.hand_down, {"reason": "同意改造"}, RequestState.HANDLING),
        (request_life.finish, {"answer": "已经换了灯"}, RequestState.DONE),
        (request_life.call_back, {"satisfaction": Satisfaction.CONTENT}, RequestState.CALLED_BACK),
    ):
        if act is not None:
            desk.do(key, act, **fields)
        board = desk.board()
        assert [(one.state, one.total) for one in board.columns if one.total] == [(state, 1)]
    desk.do(key, request_life.close)

    assert desk.board().open_total == 0
    assert desk.board().closed_this_month == 1
    assert [one.kind.label for one in desk.detail(key).steps] == [
        "登记",
        "受理",
        "交办",
        "上报",
        "上报",
        "退回",
        "办结",
        "回访",
        "销号",
    ]
