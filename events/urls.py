"""Where the programme is found, and how one comes to a meeting."""

from django.urls import path

from events.views import (
    archive,
    declining,
    feeds,
    joining,
    live,
    mine,
    needs,
    old_addresses,
    own_calendar,
    passing_on,
    public,
    questions,
    registering,
    sharing,
    suggestions,
    surveys,
    talk,
)

app_name = "events"

MEETING = "<slug:network>/meetings/<slug:meeting>"

urlpatterns = [
    path("me/meetings/", mine.my_meetings, name="my_meetings"),
    path("events/<path:old>", old_addresses.old_address, name="old_address"),
    path("<slug:network>/next", public.next_meeting, name="next"),
    path("<slug:network>/calendar.ics", feeds.calendar, name="calendar"),
    path("<slug:network>/feed.atom", feeds.atom, name="atom"),
    path("<slug:network>/feed.json", feeds.json, name="json_feed"),
    path("<slug:network>/meetings/", archive.archive, name="archive"),
    path(f"{MEETING}/", public.meeting, name="meeting"),
    path(f"{MEETING}/register/", registering.register, name="register"),
    path(f"{MEETING}/registered/", registering.registered, name="registered"),
    path(f"{MEETING}/cancel/", registering.cancel, name="cancel_registration"),
    path(f"{MEETING}/cannot-come/", declining.cannot_come, name="cannot_come"),
    path(f"{MEETING}/access/", needs.need, name="access_need"),
    path(f"{MEETING}/questions/", questions.questions, name="questions"),
    path(f"{MEETING}/join", joining.join, name="join"),
    path(f"{MEETING}/live", live.live, name="live"),
    path(f"{MEETING}/picture.png", sharing.picture, name="picture"),
    path(f"{MEETING}/calendar.ics", joining.meeting_calendar, name="meeting_calendar"),
    path(f"{MEETING}/pass-on/", passing_on.pass_on, name="pass_on"),
    path(f"{MEETING}/feedback/", surveys.feedback, name="feedback"),
    path("p/<str:token>/feedback/", surveys.feedback_by_link, name="feedback_by_link"),
    path("<slug:network>/surveys/<int:survey_id>/", surveys.survey, name="survey"),
    path("<slug:network>/suggestions/", suggestions.suggestions, name="suggestions"),
    path("p/<str:token>/registration/", registering.my_registration, name="my_registration"),
    path("p/<str:token>/registration/cancel/", registering.cancel_by_link, name="cancel_by_link"),
    path("p/<str:token>/cannot-come/<int:meeting_id>/", declining.cannot_come_by_link, name="cannot_come_by_link"),
    path("p/<str:token>/registration/access/", needs.need_by_link, name="access_need_by_link"),
    path("p/<str:token>/registration/every/", mine.every_by_link, name="every_by_link"),
    path("p/<str:token>/registration/calendar.ics", joining.my_calendar, name="my_calendar"),
    path("p/<str:token>/live/", live.live_by_link, name="live_by_link"),
    path("p/<str:token>/questions/", questions.questions_by_link, name="questions_by_link"),
    path("p/<str:token>/talk/", talk.talk, name="talk"),
    path("p/<str:token>/talk/link/", talk.another_link, name="another_talk_link"),
    path("p/<str:token>/join/", joining.join_by_link, name="join_by_link"),
    path("p/<str:token>/join/<int:meeting_id>/", own_calendar.join_from_calendar, name="join_from_calendar"),
    path("p/<str:token>/calendar.ics", own_calendar.feed, name="own_calendar_feed"),
    path("me/calendar/", own_calendar.own_calendar, name="own_calendar"),
    path("me/calendar/end/", own_calendar.end, name="end_own_calendar"),
]
