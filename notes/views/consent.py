"""The contributor's own page: by personal link, without an account. Opening it changes nothing (R14)."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from cop.lib.markdown import render_markdown
from cop.lib.signing import read_personal_token
from notes.actions.consenting import Choice, own_notes, person_asked, save_choices
from notes.actions.refusals import Refused
from notes.drafting import Known, look_hash, section_of, section_titles, standing_consent
from notes.models.drafts import ConsentRequest, Note
from notes.rules.redaction import attribution_phrase, text_hash
from notes.rules.vocabulary import Attribution, Participant

OUT = "out"
# Longer than any deadline and any retention period together.
LINK_LIVES_FOR = timedelta(days=430)
NAMES = {
    Attribution.NONE: gettext_lazy("Not attributed"),
    Attribution.SECTOR: gettext_lazy("As my sector"),
    Attribution.ORGANISATION: gettext_lazy("As my organisation"),
    Attribution.NAME: gettext_lazy("By name"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way an item may appear, with the exact words set beside it."""

    value: str
    name: str
    attribution: str
    caution: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One item and everything its contributor may say about it."""

    note: Note
    html: SafeString
    section: str
    text_hash: str
    look: str
    options: list[Option]
    left_out: bool
    other_words: str


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """Show the person's own items; take their choices."""
    asked = _request_or_404(token)
    person = person_asked(asked)
    if person is None:
        raise Http404
    notes = own_notes(asked)
    if request.method == "POST":
        try:
            complete = save_choices(asked, _choices(request, notes), at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            _answer(request, complete=complete)
            return redirect("notes:consent", token)
    meeting = asked.notebook.meeting
    context = {
        "network": meeting.network,
        "meeting": meeting,
        "notebook": asked.notebook,
        "person": person,
        "offers": _offers(request, asked, person, notes),
        "answered": asked.answered,
        "overdue": asked.notebook.is_overdue(timezone.now()),
        "out": OUT,
    }
    return render(request, "notes/consent.html", context)


def _request_or_404(token: str) -> ConsentRequest:
    rows = ConsentRequest.objects.select_related("notebook__meeting__network")
    return get_object_or_404(rows, pk=read_personal_token(token, "consent", LINK_LIVES_FOR))


def _answer(request: HttpRequest, *, complete: bool) -> None:
    if complete:
        messages.success(request, _("Your choices are saved. You can come back and change them."))
    else:
        messages.warning(
            request,
            _("One of your points was reworded while you chose. The others are saved; please look at it again."),
        )


def _choices(request: HttpRequest, notes: list[Note]) -> dict[int, Choice]:
    """What was pressed. An item that nothing was pressed for is unattributed: silence is no consent (R1)."""
    return {
        note.pk: Choice(
            level=_level(request.POST.get(f"level-{note.pk}", "")),
            leave_out=request.POST.get(f"level-{note.pk}") == OUT,
            text_hash=request.POST.get(f"seen-{note.pk}", ""),
            look=request.POST.get(f"look-{note.pk}", ""),
            other_words=request.POST.get(f"words-{note.pk}", ""),
        )
        for note in notes
    }


def _level(value: str) -> Attribution:
    known = {str(int(level)): level for level in Attribution}
    return known.get(value, Attribution.NONE)


def _offers(request: HttpRequest, asked: ConsentRequest, person: Known, notes: list[Note]) -> list[Offer]:
    meeting = asked.notebook.meeting
    titles = section_titles(meeting)
    crowd = _colleagues(asked, person.participant)
    offers = []
    for note in notes:
        standing = standing_consent(note, person.participant)
        stands = OUT if note.left_out else str(int(standing.level if standing else Attribution.NONE))
        chosen = request.POST.get(f"level-{note.pk}", stands)
        offers.append(
            Offer(
                note=note,
                html=render_markdown(note.text),
                section=section_of(note, titles),
                text_hash=text_hash(note.text),
                look=look_hash(note.text),
                options=_options(person.participant, Attribution(meeting.attribution_cap), crowd, chosen),
                left_out=chosen == OUT,
                other_words=request.POST.get(f"words-{note.pk}", note.suggested_text or ""),
            )
        )
    return offers


def _options(person: Participant, cap: Attribution, crowd: int, chosen: str) -> list[Option]:
    cautions = {
        Attribution.SECTOR: _("Shown only if enough people of your sector came; otherwise not attributed."),
        Attribution.ORGANISATION: _("You were the only one from there, so this points to you.") if crowd == 1 else "",
    }
    return [
        Option(
            value=str(int(level)),
            name=str(name),
            attribution=attribution_phrase(person, level),
            caution=cautions.get(level, ""),
            chosen=chosen == str(int(level)),
        )
        for level, name in NAMES.items()
        if level <= cap and (level == Attribution.NONE or attribution_phrase(person, level))
    ]


def _colleagues(asked: ConsentRequest, person: Participant) -> int:
    """How many people of the same organisation were there, the person among them."""
    rows = asked.notebook.meeting.registrations.filter(state="attended")
    same = sum(row.organisation.casefold() == person.organisation.casefold() for row in rows)
    return max(same, 1)
