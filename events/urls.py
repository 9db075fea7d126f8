"""Where the programme is found, and how one comes to a meeting."""

from django.urls import path

from events.views import public

app_name = "events"

urlpatterns = [
    path("<slug:network>/next", public.next_meeting, name="next"),
    path("<slug:network>/meetings/", public.archive, name="archive"),
    path("<slug:network>/meetings/<slug:meeting>/", public.meeting, name="meeting"),
]
