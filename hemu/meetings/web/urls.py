from django.urls import path

from hemu.meetings.web import meeting, mine, planner, record, steps

urlpatterns = [
    path("committee/meetings/", planner.meetings, name="meetings"),
    path("committee/meetings/topics/", planner.topic_new, name="meeting_topic"),
    path("committee/meetings/plan/", planner.planner, name="meeting_plan"),
    path("committee/meetings/<uuid:meeting>/", meeting.meeting, name="meeting"),
    path("committee/meetings/<uuid:meeting>/calendar.ics", meeting.meeting_calendar, name="meeting_calendar"),
    path("committee/meetings/<uuid:meeting>/record/", record.meeting_record, name="meeting_record"),
    path("committee/meetings/<uuid:meeting>/step/", steps.meeting_step, name="meeting_step"),
    path("committee/meetings/<uuid:meeting>/consent/", steps.meeting_consent, name="meeting_consent"),
    path("my/meetings/", mine.meetings, name="my_meetings"),
    path("my/meetings/<uuid:meeting>/", mine.meeting, name="my_meeting"),
    path("my/committee/meetings/", mine.committee_meetings, name="my_committee_meetings"),
    path("my/committee/meetings/<uuid:meeting>/", mine.committee_meeting, name="my_committee_meeting"),
    path(
        "my/committee/meetings/<uuid:meeting>/calendar.ics",
        mine.committee_calendar,
        name="my_committee_meeting_calendar",
    ),
]
