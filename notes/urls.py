"""Where notes are read, and where contributors choose."""

from django.urls import path

from notes.views import consent, copies, points, profile, reading, suggesting, write_ups

app_name = "notes"

urlpatterns = [
    path("me/attribution/", profile.usual, name="usual"),
    path("<slug:network>/notes/", reading.editions, name="editions"),
    path("<slug:network>/notes/<slug:meeting>/", reading.edition, name="edition"),
    path("<slug:network>/notes/<slug:meeting>/notes.<slug:form>", copies.copy, name="copy"),
    path("<slug:network>/notes/<slug:meeting>/correct/", suggesting.suggest, name="suggest"),
    path("<slug:network>/write-ups/", write_ups.write_ups, name="write_ups"),
    path("<slug:network>/write-ups/<slug:meeting>/", write_ups.write_up, name="write_up"),
    path("p/<str:token>/notes/", reading.edition_for_guest, name="edition_for_guest"),
    path("<slug:network>/meetings/<slug:meeting>/points/", points.points, name="points"),
    path("p/<str:token>/points/", points.points_by_link, name="points_by_link"),
    path("p/<str:token>/consent/", consent.choose, name="consent"),
]
