"""The notes' letters. They carry a link and not a word of the notes (R14)."""

from django.urls import reverse

from cop.lib.mail import Letter, render_letter
from cop.lib.signing import absolute_url, personal_token
from events.letters.about import about as about_meeting
from events.models import Meeting
from members.models import Delivery, Kind, Mailing
from members.writing import Blanks, called, form_letter, letter
from notes.models.editions import Edition
from notes.rules.vocabulary import Audience


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


@form_letter("notes/circulated", kind=Kind.NOTES)
def circulated(mailing: Mailing, blanks: Blanks) -> Letter:
    """To a member: that new notes are there to read, behind sign-in. Of notes withdrawn meanwhile nobody is told."""
    out = Edition.objects.newest().circulated().select_related("meeting__network")
    edition = out.get(meeting=mailing.about_id, audience=Audience.NETWORK)
    meeting, link = edition.meeting, absolute_url(edition.get_absolute_url())
    words = {"name": blanks.leave(called), "network": meeting.network, "meeting": meeting, "link": link}
    written = render_letter("notes/circulated", {**words, "stop": blanks.stop_link()})
    return about_meeting(meeting, written)


@letter("notes/needs_a_look", at_rest=True)
def needs_a_look(delivery: Delivery) -> Letter:
    """To an organiser: that what is out gives somebody away who is to be named no more; whom is said nowhere."""
    return _to_the_panel("notes/needs_a_look", delivery, page="circulate")


@letter("notes/look_again", at_rest=True)
def look_again(delivery: Delivery) -> Letter:
    """To an organiser: that circulated notes may give somebody away now; where and whom is said behind sign-in."""
    return _to_the_panel("notes/look_again", delivery, page="review")


@letter("notes/second")
def second(delivery: Delivery) -> Letter:
    """To whoever may approve: that notes wait for a second person; which findings stand, and why, is said there."""
    return _to_the_panel("notes/second", delivery, page="circulate")


@letter("notes/correction")
def correction(delivery: Delivery) -> Letter:
    """To an organiser: that a member suggests a correction; which, is said behind sign-in."""
    return _to_the_panel("notes/correction", delivery, page="corrections")


def _with_own_page(name: str, delivery: Delivery) -> Letter:
    """A letter with the link to the recipient's own page."""
    token = personal_token("consent", delivery.about_id or 0)
    return _with_link(name, delivery, reverse("notes:consent", args=[token]))


def _to_the_panel(name: str, delivery: Delivery, *, page: str) -> Letter:
    """A letter with the link to a page of the work on these notes."""
    return _with_link(name, delivery, reverse(f"admin:notes_notebook_{page}", args=[delivery.mailing.about_id]))


def _with_link(name: str, delivery: Delivery, path: str) -> Letter:
    meeting = _meeting(delivery)
    words = {"name": delivery.name, "network": meeting.network, "meeting": meeting, "link": absolute_url(path)}
    return about_meeting(meeting, render_letter(name, words))


def _meeting(delivery: Delivery) -> Meeting:
    return Meeting.objects.select_related("network").get(pk=delivery.mailing.about_id or 0)
