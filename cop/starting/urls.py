"""Where a real installation begins. None of these is there once it has begun."""

from django.urls import path

from cop.starting import views

app_name = "starting"

urlpatterns = [
    path("set-up/", views.key, name="key"),
    path("set-up/owner/", views.owner, name="owner"),
    path("set-up/network/", views.network, name="network"),
    path("set-up/mail/", views.mail, name="mail"),
    path("set-up/mail/letter/", views.letter, name="letter"),
    path("set-up/finish/", views.finish, name="finish"),
]
