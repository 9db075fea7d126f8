"""Where a member answers whether they move along."""

from django.urls import path

from cop.ending import views

app_name = "ending"

urlpatterns = [path("p/<str:token>/move/", views.move, name="move")]
