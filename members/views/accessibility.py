"""How well everybody can use this site, what cannot be used well, and whom to tell (B8)."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.models import Network

# When this page was last held against what the tests check.
CHECKED_ON = date(2026, 11, 23)


@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    reachable = Network.objects.public().exclude(contact="").order_by("name")
    return render(request, "members/accessibility.html", {"reachable": reachable, "checked_on": CHECKED_ON})
