"""Joining a network: the form, "look into your mailbox", and the button behind the link."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cop.lib.http import network_address
from cop.lib.signing import claimed_subject, read_personal_token
from members.access import is_member, network_or_404
from members.actions.joining import CONFIRM_WITHIN, Confirmed, Person, ask_to_join, confirm as confirm_sign_up
from members.actions.limiting import is_within
from members.forms import JoinForm
from members.letters import confirm_purpose
from members.models import Membership, Network, SignUp, User
from members.views.resting import at_rest
from members.views.signing_in import gone, sign_in

HOUR = timedelta(hours=1)
TOO_MANY_TO = gettext_lazy(
    "We have sent this address three letters within the hour. Look for them, also among junk mail."
)
TOO_MANY_FROM = gettext_lazy("Many people have joined from your office within the hour. Please try again in an hour.")


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, network: str) -> HttpResponse:
    """The form. Known and unknown addresses get the same answer (B17)."""
    where = network_or_404(network)
    if where.is_resting:
        return at_rest(request, where)
    form = JoinForm(request.POST if request.method == "POST" else None, initial=_known_of(request))
    if form.is_valid() and _is_within_limits(request, form, where):
        said = form.cleaned_data
        person = Person(name=said["name"], organisation=said["organisation"], sector=said["sector"])
        ask_to_join(where, email=said["email"], person=person)
        return redirect("members:join_sent", where.slug)
    page = {"network": where, "form": form, "is_member": is_member(request.user, where)}
    return render(request, "members/join.html", page, status=_status(form))


def _status(form: JoinForm) -> int:
    if form.has_error(NON_FIELD_ERRORS, "too_many"):
        return 429
    return 422 if form.errors else 200


def _is_within_limits(request: HttpRequest, form: JoinForm, network: Network) -> bool:
    """Whether a letter may go out: three an hour to one address, thirty from one place; otherwise the form says so."""
    to = f"{network.pk} {form.cleaned_data['email'].lower()}"
    if not is_within("join from", network_address(request), most=30, every=HOUR):
        form.add_error(None, ValidationError(TOO_MANY_FROM, "too_many"))
    elif not is_within("join to", to, most=3, every=HOUR):
        form.add_error(None, ValidationError(TOO_MANY_TO, "too_many"))
    return form.is_valid()


@require_GET
def sent(request: HttpRequest, network: str) -> HttpResponse:
    """What to do next, whoever asked."""
    where = network_or_404(network)
    if where.is_resting:
        return at_rest(request, where)
    return render(request, "members/join_sent.html", {"network": where})


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link shows what was typed and changes nothing (B16); the button makes a member."""
    try:
        sign_up = _sign_up_behind(token)
    except Http404:
        return gone(request)
    if sign_up.network.is_resting:
        return at_rest(request, sign_up.network)
    if request.method == "POST":
        return _after(request, confirm_sign_up(sign_up))
    return render(request, "members/confirm.html", {"network": sign_up.network, "sign_up": sign_up})


def _after(request: HttpRequest, confirmed: Confirmed) -> HttpResponse:
    """On to the network. The first press signs in, unless somebody is signed in already; later ones do not."""
    membership = confirmed.membership
    messages.success(request, _said_to(membership))
    home = membership.network.get_absolute_url()
    if confirmed.changed and not request.user.is_authenticated:
        return sign_in(request, membership.user, then=home)
    return redirect(home)


def _said_to(membership: Membership) -> str:
    if membership.state == Membership.State.PENDING:
        return _("Thank you. An organiser will look at your request, and we will write to you either way.")
    return _("You are a member of this network. Welcome.")


def _sign_up_behind(token: str) -> SignUp:
    sign_up = SignUp.objects.select_related("network").filter(pk=claimed_subject(token)).first()
    if sign_up is None:
        raise Http404
    read_personal_token(token, confirm_purpose(sign_up), CONFIRM_WITHIN)
    return sign_up


def _known_of(request: HttpRequest) -> dict[str, str]:
    """What somebody who is signed in need not type again."""
    user = request.user
    if not isinstance(user, User):
        return {}
    return {"email": user.email, "name": user.name, "organisation": user.organisation, "sector": user.sector}
