"""The page behind the letter about a move."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop.ending.letters import PURPOSE
from cop.ending.models import Answer
from cop.ending.moving import answer
from cop.lib.signing import read_personal_token
from members.models import Membership
from members.views.signing_in import gone


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing (B16); a press says yes or no, and can be changed."""
    try:
        given = _answer_behind(token)
    except Http404:
        return gone(request)
    said = request.POST.keys() & {"yes", "no"}
    if request.method == "POST" and len(said) == 1:
        answer(given, agrees="yes" in said, at=timezone.now())
        messages.success(request, _("Thank you. We have written down what you said."))
        return redirect(request.path)
    context = {"network": given.move.network, "move": given.move, "given": given, "person": given.membership.user}
    return render(request, "ending/move.html", context)


def _answer_behind(token: str) -> Answer:
    known = Answer.objects.select_related("move__network", "membership__user")
    standing = known.exclude(membership__state=Membership.State.LEFT)
    return get_object_or_404(standing, pk=read_personal_token(token, PURPOSE, None))
