"""Where people join, sign in by a link, and look after what we know of them."""

from django.urls import path

from members.views import data, joining, me, people, signing_in, stopping

app_name = "members"

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/data/", data.data, name="data"),
    path("me/data/download/", data.download, name="download"),
    path("me/erase/", data.erase, name="erase"),
    path("p/<str:token>/confirm/", joining.confirm, name="confirm"),
    path("p/<str:token>/letters/", stopping.stop, name="stop"),
    path("p/<str:token>/sign-in/", signing_in.by_link, name="sign_in_by_link"),
    path("<slug:network>/join/", joining.join, name="join"),
    path("<slug:network>/join/sent/", joining.sent, name="join_sent"),
    path("<slug:network>/letters/", me.letters, name="letters"),
    path("<slug:network>/people/", people.people, name="people"),
    path("<slug:network>/leave/", me.leave, name="leave"),
]
