"""What anybody finds where a network at rest took people in before (B100)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from members.models import Network


def at_rest(request: HttpRequest, network: Network) -> HttpResponse:
    """The page that says so; whatever was sent changes nothing."""
    status = 409 if request.method == "POST" else 200
    return render(request, "members/resting.html", {"network": network}, status=status)
