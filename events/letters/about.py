"""What every letter about a meeting has in common."""

from dataclasses import replace

from django.utils.formats import date_format

from cop.lib.mail import Letter
from events.models import Meeting


def about(meeting: Meeting, written: Letter) -> Letter:
    """`written`, with what covering texts may say of its meeting; it stands with the meeting's other letters."""
    words = {"meeting": meeting.shown_title, "date": date_format(meeting.local_start, "l j F Y")}
    return replace(written, words=words, thread=f"meeting-{meeting.calendar_uid}")
