"""The pages on which a real installation begins, for whoever has the key from its terminal (B90)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cop.lib.http import network_address, number_in
from cop.lib.mail import sender_domain
from cop.starting import setting_up
from cop.starting.forms import CodeForm, KeyForm, NetworkForm, OwnerForm
from cop.starting.rules.domains import records_for
from cop.starting.setting_up import SomebodyElseWasFaster
from cop.starting.trying_mail import WentWrong, post, send_code_to
from cop.starting.words import SENTENCES
from members.actions.limiting import is_within
from members.models import User
from members.views.signing_in import sign_in

HOUR = timedelta(hours=1)
HAS_THE_KEY = "has the key to setting up"
# Longer ago than this, and the worker that ticks each minute has stopped.
WORKER_IS_THERE_FOR = timedelta(minutes=3)
MEANWHILE = gettext_lazy(
    "Somebody else who has the key saved a step while you typed. It says below what is kept now. Save once more if "
    "yours is what should stand."
)
View = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Step:
    """One of the pages: whether what it asks is kept, and whether it can be opened yet."""

    name: str
    title: Promise
    is_done: bool
    is_open: bool


def with_the_key(view: View) -> View:
    """Open only while there is something to set up, and only to who gave the key in this browser."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not setting_up.is_open():
            raise Http404
        return view(request) if request.session.get(HAS_THE_KEY) else redirect("starting:key")

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
def key(request: HttpRequest) -> HttpResponse:
    """Ask for the key; whoever has given it is led to the first step that is not done."""
    if not setting_up.is_open():
        raise Http404
    if request.session.get(HAS_THE_KEY):
        undone = next((one for one in steps() if not one.is_done), steps()[-1])
        return redirect(f"starting:{undone.name}")
    form = KeyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not is_within("key to setting up from", network_address(request), most=20, every=HOUR):
        form.add_error(
            None, _("That was tried often enough within the hour. Look at the terminal, and try in an hour.")
        )
        return render(request, "starting/key.html", {"form": form}, status=429)
    if form.is_valid():
        request.session.cycle_key()
        request.session[HAS_THE_KEY] = True
        return redirect("starting:key")
    return render(request, "starting/key.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@with_the_key
def owner(request: HttpRequest) -> HttpResponse:
    known = setting_up.owner()
    said = {"name": known.name, "email": known.email} if known else {}
    form = OwnerForm(request.POST if request.method == "POST" else None, initial=said, known=known)

    def keep(version: int) -> object:
        return setting_up.name_owner(**form.cleaned_data, version=version)

    if form.is_valid() and was_kept(request, form, keep):
        return redirect("starting:network")
    return page(request, "owner", form)


@require_http_methods(["GET", "HEAD", "POST"])
@with_the_key
def network(request: HttpRequest) -> HttpResponse:
    by = setting_up.owner()
    if by is None:
        return redirect("starting:owner")
    known = setting_up.first_network()
    initial = {} if known else {"contact": by.email}
    form = NetworkForm(request.POST if request.method == "POST" else None, instance=known, initial=initial)

    def keep(version: int) -> object:
        return setting_up.make_network(form.instance, by=by, version=version)

    if form.is_valid() and was_kept(request, form, keep):
        return redirect("starting:mail")
    return page(request, "network", form)


@require_http_methods(["GET", "HEAD", "POST"])
@with_the_key
def mail(request: HttpRequest) -> HttpResponse:
    """How letters go out, and the code from one that arrived."""
    person = setting_up.owner()
    if person is None:
        return redirect("starting:owner")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not is_within("code of setting up", "", most=30, every=HOUR):
            form.add_error("code", _("That was tried often enough within the hour. Wait, or go on without."))
        elif setting_up.take_code(form.cleaned_data["code"], at=timezone.now()):
            messages.success(request, _("Letters arrive. That mailbox is known to be yours."))
            return redirect("starting:mail")
        else:
            form.add_error("code", _("This is not the code in the newest letter. Look again, or send another."))
    return mail_page(request, person, form)


@require_POST
@with_the_key
def letter(request: HttpRequest) -> HttpResponse:
    """Send the owner a letter now, and say at once what went wrong."""
    person = setting_up.owner()
    if person is None:
        return redirect("starting:owner")
    if not is_within("letter of setting up", "", most=20, every=HOUR):
        messages.warning(request, _("Twenty letters within the hour are enough. Look for them among junk mail."))
        return redirect("starting:mail")
    wrong = send_code_to(person)
    if wrong is not None:
        return mail_page(request, person, CodeForm(), wrong=wrong)
    messages.success(request, _("The letter is on its way. It holds a code: type it below."))
    return redirect("starting:mail")


@require_POST
@with_the_key
def finish(request: HttpRequest) -> HttpResponse:
    """Close the door for good, and let the owner in."""
    person = setting_up.owner()
    if person is None or not setting_up.finish(at=timezone.now()):
        return redirect("starting:key")
    messages.success(request, _("Everything is set up. Next: a series, or a first meeting."))
    return sign_in(request, person, then="/admin/")


def was_kept(request: HttpRequest, form: forms.BaseForm, keep: Callable[[int], object]) -> bool:
    """Whether a step was kept; where somebody else was faster the form says so, with what was typed still in it."""
    version = number_in(request.POST.get("version", ""))
    try:
        keep(-1 if version is None else version)
    except SomebodyElseWasFaster:
        form.add_error(None, MEANWHILE)
        return False
    return True


def mail_page(request: HttpRequest, person: User, form: CodeForm, wrong: WentWrong | None = None) -> HttpResponse:
    how = post()
    seen = setting_up.standing().worker_seen_at
    more = {
        "person": person,
        "post": how,
        "domain": sender_domain(),
        "records": records_for(sender_domain(), server=how.host if how.is_smtp else "", reports_to=person.email),
        "has_worker": seen is not None and seen > timezone.now() - WORKER_IS_THERE_FOR,
        "wrong": wrong,
        "trouble": wrong and SENTENCES[wrong.trouble],
    }
    return page(request, "mail", form, status=422 if wrong else None, **more)


def page(
    request: HttpRequest, step: str, form: forms.BaseForm, *, status: int | None = None, **more: object
) -> HttpResponse:
    standing = setting_up.standing()
    context = {
        "form": form,
        "step": step,
        "steps": steps(),
        "version": standing.version,
        "mail_arrived": standing.mail_arrived_at is not None,
        "owner": setting_up.owner(),
        "made": setting_up.first_network(),
        **more,
    }
    return render(request, f"starting/{step}.html", context, status=status or (422 if form.errors else 200))


def steps() -> list[Step]:
    has_owner, has_network = setting_up.owner() is not None, setting_up.first_network() is not None
    arrived = setting_up.standing().mail_arrived_at is not None
    return [
        Step("owner", gettext_lazy("You"), has_owner, is_open=True),
        Step("network", gettext_lazy("Your network"), has_network, is_open=has_owner),
        Step("mail", gettext_lazy("Letters"), arrived, is_open=has_owner and has_network),
    ]
