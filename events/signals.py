"""What the programme asks of the storeys above, which it cannot know."""

from django.dispatch import Signal

# Asked with `meeting_ids` (a set of int). A receiver answers with the ids of those meetings whose notes have been
# circulated and not withdrawn (a set of int). Whether there are notes is no secret; what they say is for members.
gathering_noted_meetings = Signal()

# Asked like the one above; answered with the ids of those meetings of which there is a write-up for everybody.
gathering_written_up_meetings = Signal()

# Somebody is about to say something else of themselves, with `meeting`; sent in the transaction, before any of their
# rows is held. A receiver with rows to hold for `wishes_changed` holds them now: everybody takes locks in one order.
changing_wishes = Signal()

# Somebody said whether their comments may be noted, with `meeting`. What was noted before is taken out as well.
wishes_changed = Signal()

# A question has been answered in the meeting, with `meeting`, `text` (plain, and nobody's) and `agenda_item` (or none).
# Sent inside the transaction. A receiver that cannot take it raises `HostingRefused`: then the question stays.
question_answered = Signal()
