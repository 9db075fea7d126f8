"""Letters in organisers' own words, begun for them: inviting to a meeting (B29), asking for answers (B69)."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cop.lib.markdown import as_markdown
from cop.lib.signing import absolute_url
from events.access import hidden_from, readable
from events.models import Meeting, Survey
from events.rendering import when
from members.models import Circular

LONGEST_SUBJECT = 150


def begin_invitation(meeting: Meeting) -> Circular:
    """A draft to members who have not registered, or the one that was begun before and has not been set off."""
    word = f"events/not-registered {meeting.pk}"
    begun = Circular.objects.filter(network=meeting.network_id, audience=word, mailing=None).first()
    if begun:
        return begun
    # Letters are passed on, so this one says no more than strangers may read.
    summary = readable(meeting.summary, meeting, hidden_from([meeting], is_member=False)[meeting.pk])
    words = [
        _("Dear {name},"),
        _("our next meeting is about **%(title)s**: %(when)s.")
        % {"title": as_markdown(meeting.shown_title), "when": when(meeting)},
        as_markdown(summary) if summary else "",
        _("It would be good to have you there."),
    ]
    day = date_format(meeting.local_start, "j F")
    subject = _("You are invited: %(title)s, %(day)s") % {"title": meeting.shown_title, "day": day}
    return Circular.objects.create(
        network=meeting.network,
        audience=word,
        subject=subject[:LONGEST_SUBJECT],
        text="\n\n".join(filter(None, words)),
    )


def begin_asking(survey: Survey) -> Circular:
    """A draft that asks members to answer a survey, as news; or the one begun before that has not been set off."""
    link = absolute_url(reverse("events:survey", args=[survey.network.slug, survey.pk]))
    drafts = Circular.objects.filter(network=survey.network_id, audience="members/news", mailing=None)
    if begun := drafts.filter(text__contains=link).first():
        return begun
    words = [
        _("Dear {name},"),
        _("we would like to know what you think: **%s**.") % as_markdown(survey.title),
        f"[{_('Answer in a minute or two')}]({link})",
        _("Nobody can tell whose an answer is, the organisers included."),
    ]
    subject = _("What do you think? %s") % survey.title
    return Circular.objects.create(
        network=survey.network, audience="members/news", subject=subject[:LONGEST_SUBJECT], text="\n\n".join(words)
    )
