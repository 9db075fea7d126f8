"""Which members say that they are one: nobody, unless they chose it (B27)."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.access import membership_of, network_or_404
from members.models import Membership


@require_safe
@login_required
def people(request: HttpRequest, network: str) -> HttpResponse:
    """For members only. How many there are besides is said nowhere."""
    where = network_or_404(network)
    own = membership_of(request.user, where)
    if own is None or own.state != Membership.State.ACTIVE:
        raise Http404
    listed = Membership.objects.active().filter(network=where, is_listed=True).exclude(user__name="")
    page = {"network": where, "people": listed.select_related("user"), "is_listed": own.is_listed}
    return render(request, "members/people.html", page)
