"""What speakers choose, and what follows from it."""

from events.models import Material, Speaker
from events.rules.visibility import EVERYBODY, MEMBERS, NOBODY


def hide_what_they_refused(speaker: Speaker) -> None:
    """Take what this speaker keeps out of sight away from readers in the material itself, before the speaker goes."""
    talk = Material.objects.filter(agenda_item=speaker.agenda_item_id)
    chosen = {Material.Kind.RECORDING: speaker.recording_seen_by, Material.Kind.SLIDES: speaker.slides_seen_by}
    for kind, choice in chosen.items():
        if choice == MEMBERS:
            talk.filter(kind=kind, visibility=EVERYBODY).update(visibility=MEMBERS)
        elif choice != EVERYBODY:
            talk.filter(kind=kind).update(visibility=NOBODY)
