"""Grey shapes stand for a page that is counted for the first time, and only then."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.dashboard.opened import VIEWS, open_page

PLACES = 3
SLOW = """
import time
import streamlit as st
from dashboard import loading

with loading.standing_in(is_blank=True):
    st.markdown("at once")
    time.sleep(st.session_state["takes"])
    st.markdown("at last")
"""


@pytest.fixture
def sent() -> Iterator[list[ForwardMsg]]:
    """Every message to the browser."""
    messages: list[ForwardMsg] = []
    ForwardMsgQueue.on_before_enqueue_msg(messages.append)
    yield messages
    ForwardMsgQueue.on_before_enqueue_msg(None)


def _told(message):
    """What a message puts on the page or takes away, as far as it is of this test."""
    if message.delta.new_element.HasField("markdown"):
        return message.delta.new_element.markdown.body
    if message.delta.HasField("new_transient"):
        return "shape" if message.delta.new_transient.elements else "away"
    return ""


@pytest.mark.parametrize(
    ("takes", "told"),
    [
        (0.0, ["at once", "at last", *["away"] * PLACES]),
        (0.7, ["at once", *["shape"] * PLACES, "at last", *["away"] * PLACES]),
    ],
)
def test_shapes_stand_below_what_is_drawn_until_the_rest_is_there(sent, takes, told):
    page = AppTest.from_string(SLOW)
    page.session_state["takes"] = takes
    page.run()
    assert not page.exception
    assert [each for each in map(_told, sent) if each] == told
    drawn = [m.metadata.delta_path for m in sent if _told(m).startswith("at ")]
    shapes = [m.metadata.delta_path for m in sent if _told(m) in {"shape", "away"}]
    assert max(map(tuple, drawn)) < min(map(tuple, shapes))
    assert not page.get("skeleton")


@pytest.mark.usefixtures("at_home")
def test_only_a_page_that_is_entered_has_room_for_shapes(sent):
    def shapes():
        found = [m for m in sent if m.delta.new_element.HasField("skeleton")]
        sent.clear()
        return len(found)

    page = open_page(VIEWS["data_health"])
    assert shapes() == PLACES
    page.run()
    assert shapes() == 0
    page._page_hash = calc_hash("definitions")
    page.run()
    assert shapes() == PLACES
    assert not page.exception
