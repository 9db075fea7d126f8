"""Letters about talks that members offer, and about being introduced to one another."""

from django.urls import reverse

from cop.lib.mail import Letter, render_letter
from cop.lib.signing import absolute_url
from events.entries import meeting_link
from events.letters.about import about
from events.models import Introduction, Meeting, TalkOffer
from events.rules.introductions import Answer
from members.models import Delivery
from members.writing import called, letter


@letter("events/talk_offered")
def talk_offered(delivery: Delivery) -> Letter:
    """To an organiser: somebody offers a talk. Who, they see in the panel."""
    meeting = Meeting.objects.select_related("network", "series").get(pk=delivery.mailing.about_id or 0)
    link = absolute_url(reverse("admin:events_meeting_talks", args=[meeting.pk]))
    words = {"meeting": meeting, "network": meeting.network, "link": link}
    return about(meeting, render_letter("events/talk_offered", words))


@letter("events/talk_accepted")
def talk_accepted(delivery: Delivery) -> Letter:
    """To whoever offered a talk: it is in the agenda (B70)."""
    return _about_talk("events/talk_accepted", delivery, TalkOffer.State.ACCEPTED)


@letter("events/talk_declined")
def talk_declined(delivery: Delivery) -> Letter:
    """To whoever offered a talk: not this time, with the organisers' own words where they had some."""
    return _about_talk("events/talk_declined", delivery, TalkOffer.State.DECLINED)


@letter("events/introduction_asked", unlisted=True)
def introduction_asked(delivery: Delivery) -> Letter:
    """To a member who lets others see them: somebody would like to meet them. Who, they see behind sign-in (B71)."""
    found = _introduction(delivery, Answer.NOTHING)
    words = {"name": called(delivery), "me": absolute_url(reverse("members:me")), **_introductions_page(found)}
    return render_letter("events/introduction_asked", words)


@letter("events/introduced", unlisted=True)
def introduced(delivery: Delivery) -> Letter:
    """To each of two who both said yes: the other's name and address."""
    found = _introduction(delivery, Answer.YES)
    other = found.asked if delivery.user_id == found.asker_id else found.asker
    words = {"name": called(delivery), "other": other.name, "address": other.email, **_introductions_page(found)}
    return render_letter("events/introduced", words)


def _introduction(delivery: Delivery, answer: Answer) -> Introduction:
    known = Introduction.objects.select_related("network", "asker", "asked").filter(is_taken_back=False)
    found = known.get(pk=delivery.about_id or 0)
    if found.answer != answer:
        raise Introduction.DoesNotExist
    return found


def _introductions_page(introduction: Introduction) -> dict[str, object]:
    network = introduction.network
    return {"network": network, "link": absolute_url(reverse("events:introductions", args=[network.slug]))}


def _about_talk(name: str, delivery: Delivery, state: TalkOffer.State) -> Letter:
    known = TalkOffer.objects.select_related("user", "meeting__network", "meeting__series")
    offer = known.get(pk=delivery.about_id or 0, state=state)
    words = {
        "meeting": offer.meeting,
        "network": offer.meeting.network,
        "name": called(delivery),
        "talk": offer.title,
        "words": offer.answer,
        "link": meeting_link(offer.meeting),
    }
    return about(offer.meeting, render_letter(name, words))
