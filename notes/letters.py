"""The notes' letters. They carry a link and not a word of the notes (R14)."""

from django.urls import reverse

from cop.lib.mail import Letter, render_letter
from cop.lib.signing import absolute_url, personal_token
from events.models import Meeting
from members.letters import about, letter
from members.models import Delivery


@letter("notes/choose", private=True)
def choose(delivery: Delivery) -> Letter:
    """To a contributor: where to choose how each of their points may appear."""
    return _with_own_page("notes/choose", delivery)


@letter("notes/reminder", private=True)
def reminder(delivery: Delivery) -> Letter:
    """To a contributor who has not answered, once: that they may, and that nothing happens if they do not."""
    return _with_own_page("notes/reminder", delivery)


@letter("notes/recorded", private=True)
def recorded(delivery: Delivery) -> Letter:
    """To a contributor who was asked already: an organiser has written down what they said in the meeting."""
    return _with_own_page("notes/recorded", delivery)


def _with_own_page(name: str, delivery: Delivery) -> Letter:
    """A letter with the link to the recipient's own page."""
    meeting = Meeting.objects.select_related("network").get(pk=delivery.mailing.about_id or 0)
    token = personal_token("consent", delivery.about_id or 0)
    return render_letter(
        name,
        {
            "name": delivery.name,
            "network": meeting.network,
            "meeting": meeting,
            "link": absolute_url(reverse("notes:consent", args=[token])),
        },
    )


@letter("notes/circulated")
def circulated(delivery: Delivery) -> Letter:
    """To a member: that new notes are there to read, behind sign-in."""
    meeting = Meeting.objects.select_related("network").get(pk=about(delivery))
    return render_letter(
        "notes/circulated",
        {
            "name": delivery.name,
            "network": meeting.network,
            "meeting": meeting,
            "link": absolute_url(reverse("notes:edition", args=[meeting.network.slug, meeting.slug])),
        },
    )


@letter("notes/needs_a_look")
def needs_a_look(delivery: Delivery) -> Letter:
    """To an organiser: that what is out gives somebody away who is to be named no more; whom is said nowhere."""
    meeting = Meeting.objects.select_related("network").get(pk=about(delivery))
    return render_letter(
        "notes/needs_a_look",
        {
            "name": delivery.name,
            "network": meeting.network,
            "meeting": meeting,
            "link": absolute_url(reverse("admin:notes_notebook_circulate", args=[meeting.pk])),
        },
    )


@letter("notes/look_again")
def look_again(delivery: Delivery) -> Letter:
    """To an organiser: that circulated notes may give somebody away now; where and whom is said behind sign-in."""
    meeting = Meeting.objects.select_related("network").get(pk=about(delivery))
    return render_letter(
        "notes/look_again",
        {
            "name": delivery.name,
            "network": meeting.network,
            "meeting": meeting,
            "link": absolute_url(reverse("admin:notes_notebook_review", args=[meeting.pk])),
        },
    )


@letter("notes/second")
def second(delivery: Delivery) -> Letter:
    """To whoever may approve: that notes wait for a second person; which findings stand, and why, is said there."""
    meeting = Meeting.objects.select_related("network").get(pk=about(delivery))
    return render_letter(
        "notes/second",
        {
            "name": delivery.name,
            "network": meeting.network,
            "meeting": meeting,
            "link": absolute_url(reverse("admin:notes_notebook_circulate", args=[meeting.pk])),
        },
    )


@letter("notes/correction")
def correction(delivery: Delivery) -> Letter:
    """To an organiser: that a member suggests a correction; which, is said behind sign-in."""
    meeting = Meeting.objects.select_related("network").get(pk=about(delivery))
    return render_letter(
        "notes/correction",
        {
            "name": delivery.name,
            "network": meeting.network,
            "meeting": meeting,
            "link": absolute_url(reverse("admin:notes_notebook_corrections", args=[meeting.pk])),
        },
    )
