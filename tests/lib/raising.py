"""Pages that go wrong, with secrets in what they say."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from members.models import User

EMAIL = "canary@quokka.example"


def twice(request: HttpRequest, token: str) -> HttpResponse:
    """Raises as the database does, which quotes the row."""
    draft_text = "Quokka said so."
    try:
        raise ValueError(f"{draft_text} {EMAIL} {token}")
    except ValueError:
        User.objects.create(email=EMAIL)
        User.objects.create(email=EMAIL.upper())
    return HttpResponse()


urlpatterns = [path("p/<str:token>/twice/", twice), path("", include("cop.urls"))]
