"""How well everybody can use this site, what cannot be used well, and whom to tell (B8)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.models import Network


@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    reachable = Network.objects.public().exclude(contact="").order_by("name")
    return render(request, "members/accessibility.html", {"reachable": reachable})
