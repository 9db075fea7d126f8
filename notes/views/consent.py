"""The contributor's own page: by personal link, without an account. Opening it changes nothing (R14)."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from cop.lib.markdown import render_markdown
from cop.lib.signing import read_personal_token
from notes.actions.consenting import Choice, own_notes, person_asked, save_choices, shown_without_consent
from notes.actions.preferring import usual_attribution
from notes.actions.refusals import Refused
from notes.drafting import Known, offer_hash, participants, section_of, section_titles, standing_consent
from notes.models.drafts import Consent, ConsentRequest, Note
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution, Audience, Consent as StandingConsent
from notes.views.choices import Option, caution_of_organisation, level_from, offered_levels, options_for, preselected

OUT = "out"
# Longer than any deadline and any retention period together.
LINK_LIVES_FOR = timedelta(days=430)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One item and everything its contributor may say about it.

    `reworded` is whether it was chosen about and has changed since; `recorded` is what an organiser wrote down about
    it; `shown` is what stands beside it in the edition that is out, where that is more than is agreed to now.
    """

    note: Note
    html: SafeString
    section: str
    text_hash: str
    look: str
    options: list[Option]
    left_out: bool
    may_be_public: bool
    public: bool
    other_words: str
    is_for_other_words: bool
    reworded: bool
    recorded: str
    shown: str


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
    status = 200
    if request.method == "POST":
        try:
            complete = save_choices(asked, _choices(request, notes), at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            status = 422
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
    return render(request, "notes/consent.html", context, status=status)


def _request_or_404(token: str) -> ConsentRequest:
    rows = ConsentRequest.objects.select_related("notebook__meeting__network")
    return get_object_or_404(rows, pk=read_personal_token(token, "consent", LINK_LIVES_FOR))


def _answer(request: HttpRequest, *, complete: bool) -> None:
    if complete:
        messages.success(request, _("Your choices are saved. You can come back and change them."))
    else:
        messages.warning(
            request,
            _("One of your points was changed while you chose. The others are saved; please look at it again."),
        )


def _choices(request: HttpRequest, notes: list[Note]) -> dict[int, Choice]:
    """What was pressed. An item that nothing was pressed for is unattributed: silence is no consent (R1)."""
    return {
        note.pk: Choice(
            level=level_from(request.POST.get(f"level-{note.pk}", "")),
            leave_out=request.POST.get(f"level-{note.pk}") == OUT,
            text_hash=request.POST.get(f"seen-{note.pk}", ""),
            look=request.POST.get(f"look-{note.pk}", ""),
            audience=Audience.PUBLIC if f"public-{note.pk}" in request.POST else Audience.NETWORK,
            other_words=request.POST.get(f"words-{note.pk}", ""),
            is_for_other_words=f"keep-{note.pk}" in request.POST,
        )
        for note in notes
    }


def _offers(request: HttpRequest, asked: ConsentRequest, person: Known, notes: list[Note]) -> list[Offer]:
    """Each item as it may be chosen about: as it stands, or as it was just sent and not taken."""
    meeting, one = asked.notebook.meeting, person.participant
    titles, caution = section_titles(meeting), caution_of_organisation(person, participants(meeting))
    usual, shown = usual_attribution(person.user, meeting.network), shown_without_consent(asked, person, notes)
    sent = request.POST if request.method == "POST" else None
    offers = []
    for note in notes:
        given: Consent | None = getattr(note, "consent", None)
        standing = standing_consent(note, one)
        stands = _stands(note, given, standing, person, usual)
        chosen = sent.get(f"level-{note.pk}", stands) if sent else stands
        is_public = standing is not None and standing.audience == Audience.PUBLIC
        offers.append(
            Offer(
                note=note,
                html=render_markdown(note.text),
                section=section_of(note, titles),
                text_hash=text_hash(note.text),
                look=offer_hash(note, one),
                options=options_for(one, Attribution(meeting.attribution_cap), chosen, caution=caution),
                left_out=chosen == OUT,
                may_be_public=meeting.network.publishes_write_ups and (asked.notebook.is_open or is_public),
                public=f"public-{note.pk}" in sent if sent else is_public,
                other_words=sent.get(f"words-{note.pk}", "") if sent else note.suggested_text,
                is_for_other_words=f"keep-{note.pk}" in sent if sent else bool(given and given.digest_of_other_words),
                reworded=given is not None and standing is None and asked.notebook.is_open,
                recorded=given.remark if given and standing and given.was_given_in_the_meeting else "",
                shown=shown.get(note.pk, ""),
            )
        )
    return offers


def _stands(
    note: Note, given: Consent | None, standing: StandingConsent | None, person: Known, usual: Attribution
) -> str:
    """What is chosen before anything is pressed: what stands; else, where nothing was ever said about it and the notes
    are not out, what the person usually wants. It counts only once they save it (R1)."""
    if note.left_out:
        return OUT
    wanted = usual if given is None and note.notebook.is_open else Attribution.NONE
    cap = Attribution(note.notebook.meeting.attribution_cap)
    offered = offered_levels(person.participant, cap)
    return str(int(preselected(standing.level if standing else wanted, offered)))
