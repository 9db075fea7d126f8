"""The one screen of a meeting (B73): how it stands, what it needs, each thing with its press; on a phone too (B81)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from cop.runsheet import notes
from cop.runsheet.checklist import checklist_of, meeting_page
from cop.runsheet.messages import messages_of
from cop.runsheet.numbers import numbers_of, people_page
from events.access import meeting_of_duty_or_404
from events.actions.linking import set_link
from events.actions.preparing import mark_tried, name_hosts, trial_of
from events.actions.reminding import keep_plan
from events.admin.acts import ACTS
from events.admin.inviting import may_be_invited_to
from events.admin.telling import may_be_told, untold
from events.models import Material, Meeting
from events.models.reminding import STEPS, steps_for
from events.rules.reminding import in_order
from events.talks import WORDS, missing_of, speakers_of, waiting_recordings, wanting_of
from members.access import duties_in
from members.admin.history import remember_change
from members.models import Membership, User
from members.rules.roles import Duty, roles_with
from notes.models import Notebook


class LinkForm(forms.Form):
    """Where the call is. What is typed is kept as it is, and opened by nobody but people."""

    video_link = forms.URLField(
        label=gettext_lazy("Link to the call"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": gettext_lazy("This is not a web address. Copy the whole of it: https://…")},
    )


class MoveForm(forms.Form):
    """Another time for one planned reminder; none takes it out of the plan."""

    step = forms.ChoiceField(choices=[(step.value, words) for step, words in STEPS.items()])
    to = forms.ChoiceField(
        required=False,
        choices=[*((step.value, words) for step, words in STEPS.items()), ("", gettext_lazy("not at all"))],
    )


class People(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # of Django it takes none when it runs
    """Each by their name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class HostsForm(forms.Form):
    """Who hosts a meeting: of those who may have the link to its call."""

    hosts = People(
        label=gettext_lazy("Who hosts it"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"invalid_choice": gettext_lazy("Somebody you chose does not run the network any more.")},
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"hosts": meeting.hosts.values_list("user", flat=True)}})
        able = Membership.objects.active().filter(network=meeting.network_id, role__in=roles_with(Duty.BACKSTAGE))
        people = User.objects.filter(pk__in=able.values("user")).order_by("name", "pk")
        cast("People", self.fields["hosts"]).queryset = people


@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Everything about one meeting, each part for those whose duty it is; organisers change it here."""
    meeting, user = meeting_of_duty_or_404(request.user, meeting_id, Duty.LOOK)
    duties = duties_in(user, meeting.network)
    may_change, form = Duty.ORGANISE in duties, LinkForm(initial={"video_link": meeting.video_link})
    if request.method == "POST":
        if not may_change:
            raise Http404
        for name, press in PRESSES.items():
            if name in request.POST:
                return press(request, meeting)
        form = LinkForm(request.POST)
        if form.is_valid():
            return _keep_link(request, meeting, form.cleaned_data["video_link"])
    page = {"network": meeting.network, "meeting": meeting, "may_change": may_change, "form": form}
    page |= {"duties": {duty.value: duty in duties for duty in Duty}}
    return render(
        request, "admin/events/meeting/screen.html", {**page, **_shown(meeting, timezone.now(), may_change=may_change)}
    )


def _keep_link(request: HttpRequest, meeting: Meeting, link: str) -> HttpResponse:
    set_link(meeting, link)
    messages.success(request, _("Saved. Everybody's own way in leads there now; nobody needs a new letter."))
    remember_change(request, meeting, _("Link to the call"))
    return redirect(meeting_page(meeting))


def _move_reminder(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Keep a plan of the meeting's own with this reminder at its new time."""
    form = MoveForm(request.POST)
    if form.is_valid():
        kept = {step.value for step in steps_for(meeting)} - {form.cleaned_data["step"]} | {form.cleaned_data["to"]}
        keep_plan(meeting, [step.value for step in in_order(kept)])
        messages.success(request, _("Saved, for this meeting only. Nobody has been written to."))
        remember_change(request, meeting, _("Plan of reminders"))
    else:
        messages.warning(request, _("There is no such time. Choose one of the list."))
    return redirect(f"{meeting_page(meeting)}#messages")


def _mark_tried(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Somebody has opened the link themselves: the server opens none (docs/decisions/0057)."""
    if isinstance(request.user, User) and mark_tried(meeting, by=request.user, at=timezone.now()):
        messages.success(request, _("Kept: you have tried the link. With another link the mark is gone."))
    else:
        messages.warning(request, _("There is no link to try yet. Set it first."))
    return redirect(meeting_page(meeting))


def _name_hosts(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = HostsForm(request.POST, meeting=meeting)
    if form.is_valid():
        name_hosts(meeting, form.cleaned_data["hosts"])
        messages.success(request, _("Saved. Nobody has been written to."))
        remember_change(request, meeting, _("Hosts"))
    else:
        messages.warning(request, " ".join(str(one) for one in form.errors.get("hosts", [])))
    return redirect(f"{meeting_page(meeting)}#hosts")


PRESSES: dict[str, Callable[[HttpRequest, Meeting], HttpResponse]] = {
    "step": _move_reminder,
    "tried": _mark_tried,
    "name_hosts": _name_hosts,
}


def _shown(meeting: Meeting, at: datetime, *, may_change: bool) -> dict[str, object]:
    notebook = Notebook.objects.filter(meeting=meeting).first()
    return {
        "state": state_of(meeting, at),
        "acts": [act for act in ACTS.values() if may_change and act.offered(meeting)],
        "may_invite": may_change and may_be_invited_to(meeting),
        "may_tell": may_change and may_be_told(meeting),
        "untold": untold(meeting) if may_change else [],
        "checklist": checklist_of(meeting, at),
        "numbers": numbers_of(meeting, at),
        "people": people_page(meeting),
        "message": _message_page(meeting) if meeting.state != Meeting.State.DRAFT else "",
        "speakers": [(one, [WORDS[item] for item in missing_of(one)]) for one in speakers_of(meeting)],
        "without_speaker": wanting_of(meeting).talks,
        "messages_in_time": messages_of(meeting, at),
        "now": at.astimezone(meeting.zone),
        "is_past": meeting.is_over(at),
        "steps": [(step.value, words) for step, words in STEPS.items()],
        "hosts": [one.user.name for one in meeting.hosts.select_related("user")],
        "hosts_form": HostsForm(meeting=meeting) if may_change else None,
        "trial": _trial(meeting),
        "notebook": notebook,
        "notes_work": notes.of_meeting(meeting, notebook, at) if meeting.starts_at <= at else None,
        "recordings": _recordings(meeting),
    }


def _trial(meeting: Meeting) -> dict[str, object] | None:
    """Who tried the link a meeting has now, and when, on its clock."""
    trial = trial_of(meeting)
    return {"by": trial.tried_by, "at": trial.tried_at.astimezone(meeting.zone)} if trial else None


def _message_page(meeting: Meeting) -> str:
    """A new letter to those with a place, which is looked at and counted before it goes."""
    to = urlencode({"to": f"{meeting.network_id} events/registered {meeting.pk}"})
    return f"{reverse('admin:members_circular_add')}?{to}"


def _recordings(meeting: Meeting) -> list[tuple[Material, bool]]:
    """Each with whether it waits for a speaker's yes."""
    waiting = {one.pk for one in waiting_recordings(meeting)}
    recordings = meeting.materials.filter(kind=Material.Kind.RECORDING)
    return [(one, one.pk in waiting) for one in recordings]


def state_of(meeting: Meeting, at: datetime) -> str:
    """How a meeting stands, in a sentence."""
    if meeting.state == Meeting.State.CANCELLED:
        return _("Cancelled. Its page says so.")
    if meeting.is_over(at):
        return _("It is over.") if meeting.state == Meeting.State.PUBLISHED else _("A draft of a day that has passed.")
    if meeting.state == Meeting.State.DRAFT:
        return _("A draft: nobody but you who run the network can see it.")
    if meeting.is_live(at):
        return _("Published, and on now.")
    return _("Published. %s") % _how_soon((meeting.local_start.date() - meeting.day_of(at)).days)


def _how_soon(days: int) -> str:
    if days == 0:
        return _("It is today.")
    if days == 1:
        return _("It is tomorrow.")
    return ngettext("It begins in %d day.", "It begins in %d days.", days) % days
