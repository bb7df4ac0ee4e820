"""Writing meetings with the owners' committee: planned, prepared, held, and their minutes."""

from hemu.meetings.operations.agenda import (
    collect_opinions,
    draft_agenda,
    enter_opinion,
    give_opinion,
    invite,
    publish_agenda,
    put_on_agenda,
    submit_topic,
)
from hemu.meetings.operations.holding import decide, hold_meeting, note_topic, report_back, sign_in
from hemu.meetings.operations.minutes import answer_minutes, enter_answer, hand_in_minutes, publish_minutes
from hemu.meetings.operations.planning import (
    answer_postponement,
    ask_to_postpone,
    move_meeting,
    schedule_meeting,
)

__all__ = [
    "answer_minutes",
    "answer_postponement",
    "ask_to_postpone",
    "collect_opinions",
    "decide",
    "draft_agenda",
    "enter_answer",
    "enter_opinion",
    "give_opinion",
    "hand_in_minutes",
    "hold_meeting",
    "invite",
    "move_meeting",
    "note_topic",
    "publish_agenda",
    "publish_minutes",
    "put_on_agenda",
    "report_back",
    "schedule_meeting",
    "sign_in",
    "submit_topic",
]
