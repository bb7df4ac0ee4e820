from django.urls import path

from hemu.duty_calendar.web import feed, month

urlpatterns = [
    path("calendar/", month.month, name="calendar"),
    path("calendar/feeds/", feed.feeds, name="calendar_feeds"),
    path("calendar/<str:secret>.ics", feed.fetch, name="calendar_feed"),
]
