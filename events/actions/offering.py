"""Short talks for a meeting: calling for them, offering one, taking or declining it (B70)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from events.models import AgendaItem, Meeting, Speaker, TalkCall, TalkOffer
from events.rules.talks import KEEP_OFFERS, Unfit, place_of_talk, why_unfit
from members.actions.limiting import is_within
from members.actions.mailing import Recipient, send_letter, write_to_organisers
from members.models import Network, User

# One at a time; each is a letter to the organisers.
MOST_A_DAY = 3
State = TalkOffer.State
SENTENCES: dict[Unfit, Promise] = {
    Unfit.EMPTY: gettext_lazy("Give the talk a title, and say in a sentence or two what it is about."),
    Unfit.LONG: gettext_lazy("This is too long. A title fits in 150 characters, what it is about in 500."),
    Unfit.HIDDEN: gettext_lazy("The text holds marks that cannot be seen. Type it again without them."),
}


class OfferingRefused(Exception):
    """The message is for whoever pressed, and says what to do."""


def open_call(meeting: Meeting, *, at: datetime) -> TalkCall | None:
    """The meeting's call for talks, while one can answer it."""
    ahead = meeting.state == Meeting.State.PUBLISHED and at < meeting.starts_at
    takes = ahead and not meeting.network.is_resting
    return TalkCall.objects.filter(meeting=meeting, closes_at__gt=at).first() if takes else None


@transaction.atomic
def call_for_talks(meeting: Meeting, *, closes_at: datetime, minutes: int) -> TalkCall:
    """Let members offer talks until then; nobody is written to. Calling again changes the day and the length."""
    wanted = {"closes_at": closes_at, "minutes": minutes}
    return TalkCall.objects.update_or_create(meeting=meeting, defaults=wanted)[0]


def end_call(meeting: Meeting) -> None:
    """Take no more offers; those made stay to be answered."""
    TalkCall.objects.filter(meeting=meeting).delete()


@transaction.atomic
def offer_talk(meeting: Meeting, user: User, *, title: str, text: str, name_seen_by: str, at: datetime) -> TalkOffer:
    """Offer one talk for this meeting; organisers are told that there is one. Raises `OfferingRefused`."""
    held = Meeting.objects.select_for_update(of=("self",)).select_related("network").get(pk=meeting.pk)
    title, text = " ".join(title.split()), text.strip()
    if open_call(held, at=at) is None:
        raise OfferingRefused(_("Talks can no longer be offered for this meeting."))
    unfit = why_unfit(title, text)
    if unfit is not None:
        raise OfferingRefused(str(SENTENCES[unfit]))
    if held.talk_offers.filter(user=user).exists():
        raise OfferingRefused(_("You have offered a talk for this meeting. Take it back first to offer another."))
    if not is_within("offer a talk", f"{held.pk} {user.pk}", most=MOST_A_DAY, every=timedelta(days=1)):
        raise OfferingRefused(
            _("You have offered talks for this meeting often enough today. Try tomorrow, or write to the organisers.")
        )
    made = held.talk_offers.create(user=user, title=title, text=text, name_seen_by=name_seen_by)
    write_to_organisers("events/talk_offered", held.network, about_id=held.pk)
    return made


@transaction.atomic
def take_offer_back(meeting: Meeting, user: User) -> None:
    """As if it had not been made; what is answered stays answered. Raises `OfferingRefused`."""
    offer = TalkOffer.objects.select_for_update().filter(meeting=meeting, user=user).first()
    if offer is not None and offer.state != State.OFFERED:
        raise OfferingRefused(_("The organisers have answered your offer. Write to them if you cannot speak."))
    if offer is not None:
        offer.delete()


@transaction.atomic
def accept_talk(offer: TalkOffer, *, by: User) -> AgendaItem | None:
    """Put it into the agenda after the other talks, with its speaker as they wish to be seen, and tell them.

    None where it was answered before.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("network").get(pk=offer.meeting_id)
    held = _waiting(offer)
    if held is None:
        return None
    item = _put_into_agenda(meeting, held)
    speaker = held.user
    Speaker.objects.create(
        agenda_item=item,
        user=speaker,
        name=speaker.name,
        role=speaker.job_title,
        organisation=speaker.organisation,
        name_seen_by=held.name_seen_by,
    )
    held.state, held.agenda_item = State.ACCEPTED, item
    held.save(update_fields=["state", "agenda_item"])
    _tell("events/talk_accepted", held, meeting.network, by)
    return item


@transaction.atomic
def decline_talk(offer: TalkOffer, *, words: str, by: User) -> bool:
    """Say no, kindly, with the organisers' own `words` where they have some; whether it was still to be answered."""
    held = _waiting(offer)
    if held is None:
        return False
    held.state, held.answer = State.DECLINED, words.strip()
    held.save(update_fields=["state", "answer"])
    _tell("events/talk_declined", held, held.meeting.network, by)
    return True


def forget_offers(at: datetime) -> int:
    """Delete offers and calls of meetings that were over a month ago; how many rows. Safe to run at any time."""
    over = {"meeting__ends_at__lte": at - KEEP_OFFERS}
    return sum(rows.filter(**over).delete()[0] for rows in (TalkOffer.objects, TalkCall.objects))


def _waiting(offer: TalkOffer) -> TalkOffer | None:
    rows = TalkOffer.objects.select_for_update(of=("self",)).select_related("user", "meeting__network")
    return rows.filter(pk=offer.pk, state=State.OFFERED).first()


def _put_into_agenda(meeting: Meeting, offer: TalkOffer) -> AgendaItem:
    items = list(meeting.agenda.all())
    call = TalkCall.objects.filter(meeting=meeting).first()
    place = place_of_talk([item.kind for item in items])
    made = AgendaItem(
        meeting=meeting,
        kind=AgendaItem.Kind.TALK,
        basis=AgendaItem.Basis.RECORD,
        title=offer.title,
        description=offer.text,
        minutes=call.minutes if call else None,
    )
    for position, item in enumerate([*items[:place], made, *items[place:]], start=1):
        item.position = position
        item.save()
    return made


def _tell(letter: str, offer: TalkOffer, network: Network, by: User) -> None:
    to = [Recipient(offer.user.email, offer.user.name, offer.user, offer.pk)]
    send_letter(letter, to, network=network, about_id=offer.pk, created_by=by)
