"""A speaker's own page, without an account (B44). Opening it changes nothing; the button does."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from cop.lib.http import is_too_large
from events.actions.speaking import AddressIsTaken, TalkHasChanged, save_talk, send_another_link
from events.forms.speakers import TalkForm
from events.media import FOR_ITS_OWNERS, address_for
from events.models import Meeting, Speaker
from events.talks import LINK_LIVES_FOR, WORDS, LinkIsTooOld, missing_of, speaker_by_token
from members.actions.limiting import is_within

LARGEST_REQUEST = 50_000_000
FILES_AN_HOUR = 20


@csrf_exempt  # checked below: the check reads the files, and how large they are has to be asked first
def talk(request: HttpRequest, token: str) -> HttpResponse:
    """The page, unless what is sent to it is larger than any files it takes."""
    if is_too_large(request, most_bytes=LARGEST_REQUEST):
        messages.error(
            request, _("These files are too large together. Send one after the other, or make them smaller.")
        )
        return redirect("events:talk", token)
    return _talk(request, token)


@csrf_protect
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def _talk(request: HttpRequest, token: str) -> HttpResponse:
    """What the speaker has given so far, to be changed, and who may see what."""
    try:
        speaker = speaker_by_token(token)
    except LinkIsTooOld as old:
        page = {"network": old.speaker.agenda_item.meeting.network, "token": token, "days": LINK_LIVES_FOR.days}
        return render(request, "events/talk_link_too_old.html", page)
    form = TalkForm(request.POST or None, files_of(request, speaker), speaker=speaker)
    if form.is_valid():
        try:
            save_talk(speaker, form.said(), at=timezone.now(), files=form.cleaned_files())
        except TalkHasChanged:
            form.show_what_stands_now()
        except AddressIsTaken:
            form.add_error("slides_url", _("The meeting’s page leads to this address already, as something else."))
        else:
            messages.success(request, _("Saved. It holds from now on, on every page."))
            return redirect("events:talk", token)
    return render(request, "events/talk.html", page_of(speaker, form), status=422 if form.errors else 200)


def files_of(request: HttpRequest, speaker: Speaker) -> MultiValueDict[str, Any] | None:
    """The files that came along, while there are not too many in an hour: each is work."""
    if not request.FILES:
        return None
    within = is_within("files of a talk", str(speaker.pk), most=FILES_AN_HOUR, every=timedelta(hours=1))
    if not within:
        messages.error(
            request, _("That were many files in a short time. What you typed is kept; send files in an hour.")
        )
    return request.FILES if within else None


def page_of(speaker: Speaker, form: TalkForm) -> dict[str, object]:
    meeting = speaker.agenda_item.meeting
    return {
        "network": meeting.network,
        "meeting": meeting,
        "is_announced": meeting.state != Meeting.State.DRAFT,
        "speaker": speaker,
        "form": form,
        "with_others": speaker.agenda_item.speakers.exclude(pk=speaker.pk).exists(),
        "files": {one.kind: address_for(one, FOR_ITS_OWNERS) for one in speaker.uploads.all()},
        "missing": [WORDS[item] for item in missing_of(speaker)],
    }


@require_POST
def another_link(request: HttpRequest, token: str) -> HttpResponse:
    """From a link that is too old: a new one goes to the speaker's own mailbox, and nowhere else."""
    try:
        speaker_by_token(token)
    except LinkIsTooOld as old:
        if send_another_link(old.speaker):
            messages.success(request, _("We have written to you. Look into your mailbox."))
        else:
            messages.error(request, _("We could not write to you just now. Try again tomorrow, or ask the organisers."))
    return redirect("events:talk", token)
