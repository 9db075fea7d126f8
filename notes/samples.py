"""What the notes' letters are filled with where an organiser looks at them: they carry no word of any notes."""

from cop.lib.signing import absolute_url
from events.samples import sample_meeting
from members.models import Network
from members.samples import LINK, Words, fill_with


def _of_notes(network: Network) -> Words:
    return {"name": "Robin Sample", "meeting": sample_meeting(network), "link": absolute_url(LINK)}


fill_with("notes", _of_notes)
