"""When search does something by itself: when something was written that can be found, and each minute.

What a higher row takes with it when it is deleted (a network its meetings, a meeting its agenda) asks for nothing:
its passages go the same way.
"""

from typing import cast

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from cop.search.indexing import index_edition, index_missing, outdate
from events.models import AgendaItem, Material, Meeting, Speaker, Topic
from members.signals import ticked
from notes.models.editions import Circulation

Part = AgendaItem | Material


@receiver(post_save, sender=Meeting)
def meeting_written(instance: Meeting, **_: object) -> None:
    outdate(instance.pk)


@receiver(post_save, sender=AgendaItem)
@receiver(post_save, sender=Material)
def part_written(instance: Part, **_: object) -> None:
    outdate(instance.meeting_id)


@receiver(post_delete, sender=AgendaItem)
@receiver(post_delete, sender=Material)
def part_deleted(sender: type[Part], instance: Part, origin: object, **_: object) -> None:
    if is_by_itself(sender, origin):
        outdate(instance.meeting_id)


@receiver(post_save, sender=Speaker)
def speaker_written(instance: Speaker, **_: object) -> None:
    outdate(instance.agenda_item.meeting_id)


@receiver(post_delete, sender=Speaker)
def speaker_deleted(sender: type[Speaker], instance: Speaker, origin: object, **_: object) -> None:
    if is_by_itself(sender, origin):
        outdate(instance.agenda_item.meeting_id)


@receiver(post_save, sender=Topic)
def topic_written(instance: Topic, **_: object) -> None:
    for meeting_id in Meeting.objects.filter(topics=instance).values_list("pk", flat=True):
        outdate(meeting_id)


@receiver(post_delete, sender=Topic)
def topic_deleted(sender: type[Topic], instance: Topic, origin: object, **_: object) -> None:
    """Which meetings were about it nobody knows any more."""
    if is_by_itself(sender, origin):
        for meeting_id in Meeting.objects.filter(network=instance.network_id).values_list("pk", flat=True):
            outdate(meeting_id)


@receiver(m2m_changed, sender=Meeting.topics.through)
def topics_chosen(action: str, instance: Meeting | Topic, pk_set: set[int] | None, **_: object) -> None:
    if action.startswith("post_"):
        for meeting_id in [instance.pk] if isinstance(instance, Meeting) else pk_set or set():
            outdate(meeting_id)


@receiver(post_save, sender=Circulation)
def notes_circulated(instance: Circulation, **_: object) -> None:
    if instance.edition.audience == 0:
        index_edition(instance.edition)


@receiver(ticked)
def catch_up(**_: object) -> None:
    index_missing()


def is_by_itself(sender: type[Model], origin: object) -> bool:
    """Whether rows of `sender` are what somebody deleted, one or several, and not what went with others."""
    return isinstance(origin, sender) or cast("type[Model] | None", getattr(origin, "model", None)) is sender
