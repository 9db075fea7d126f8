"""Letters to members about a meeting they have not registered for."""

from django.urls import reverse
from django.utils import timezone

from cop.lib.mail import Letter, render_letter
from cop.lib.signing import absolute_url, personal_token
from events.entries import cannot_come_link, cannot_come_token, meeting_link
from events.letters.about import about
from events.models import Meeting, Registration, Suggestion
from members.audiences import occasion_in
from members.letters import own_words
from members.models import Circular, Delivery, Kind, Mailing
from members.writing import Blanks, called, form_letter


@form_letter("events/topic_taken_up", kind=Kind.INVITATIONS, unlisted=True)
def topic_taken_up(mailing: Mailing, blanks: Blanks) -> Letter:
    """To members who wanted a topic: there is a meeting about it (B67). Nobody else is to know who they are."""
    known = Suggestion.objects.select_related("meeting__network", "network")
    topic = known.get(pk=mailing.about_id or 0, state=Suggestion.State.TAKEN_UP, meeting__state=Meeting.State.PUBLISHED)
    meeting = topic.meeting
    if meeting is None or meeting.is_over(timezone.now()):
        raise Suggestion.DoesNotExist
    words = {"topic": topic, "meeting": meeting, "network": topic.network, "link": meeting_link(meeting)}

    def decline_token(delivery: Delivery) -> str:
        return cannot_come_token(meeting.pk, delivery.user_id or 0)

    declining = cannot_come_link(meeting, blanks.leave(decline_token))
    own = {"name": blanks.leave(called), "stop": blanks.stop_link(), "cannot_come": declining}
    written = render_letter("events/topic_taken_up", {**words, **own})
    return about(meeting, written)


@form_letter("events/invitation", kind=Kind.INVITATIONS)
def invitation(mailing: Mailing, blanks: Blanks) -> Letter:
    """Organisers' own words to members who have not registered, with a button that registers them (B29)."""
    circular = Circular.objects.select_related("network").get(pk=mailing.about_id or 0)
    known = Meeting.objects.published().select_related("network", "series")
    meeting = known.get(pk=occasion_in(circular.audience), network=circular.network, ends_at__gt=timezone.now())
    context = {
        **own_words(circular, name=blanks.leave(called)),
        "meeting": meeting,
        "network": circular.network,
        "meeting_link": meeting_link(meeting),
        "register_link": absolute_url(reverse("events:register_by_link", args=[blanks.leave(_invited_token)])),
        "stop": blanks.stop_link(),
    }
    return about(meeting, render_letter("events/invitation", context))


def _invited_token(delivery: Delivery) -> str:
    """The key to registering whoever the letter goes to; there is no letter to whoever has registered since."""
    whose = Registration.objects.filter(user=delivery.user_id, meeting=_meeting_of(delivery.mailing))
    if delivery.user_id is None or whose.exists():
        raise Registration.DoesNotExist
    return personal_token("invited", delivery.pk)


def _meeting_of(mailing: Mailing) -> int:
    circular = Circular.objects.values_list("audience", flat=True).get(pk=mailing.about_id or 0)
    return occasion_in(circular)
