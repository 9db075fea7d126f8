"""What is searched: a copy, as plain words, of what pages show. Who may read a passage is asked anew each time."""

from django.db import models
from django.db.models import Q

from cop.search.rules.asking import Term
from events.models import Material, Meeting
from members.access import Visitor, is_member
from members.models import Network, User
from notes.models.editions import Edition, EditionQuerySet


class PassageQuerySet(models.QuerySet["Passage"]):
    def readable(self, network: Network, reader: Visitor) -> "PassageQuerySet":
        """What this reader finds on the network's pages, by the querysets that the pages use (R12, threat 30)."""
        materials = Material.objects.visible_to(is_member=is_member(reader, network))
        return self.filter(
            Q(material=None) | Q(material__in=materials),
            Q(edition=None) | Q(edition__in=readable_notes(reader)),
            meeting__in=Meeting.objects.of(network).public(),
        )

    def saying(self, term: Term) -> "PassageQuerySet":
        return self._with(term, "words")

    def headed(self, term: Term) -> "PassageQuerySet":
        """Those that say the term in their heading, or in who presented."""
        return self._with(term, "heading_words")

    def _with(self, term: Term, column: str) -> "PassageQuerySet":
        ways = Q()
        for way in term.ways:
            ways |= Q(**{f"{column}__contains": way})
        return self.filter(ways)


def readable_notes(reader: Visitor) -> EditionQuerySet:
    return Edition.objects.readable_by(reader) if isinstance(reader, User) else Edition.objects.none()


class Passage(models.Model):
    """One part of what can be read about a meeting: the announcement, a talk, a material, the notes.

    It goes with what it is a copy of: where an edition is deleted, the database deletes its passage too (R9, R10).
    """

    class Kind(models.TextChoices):
        """In the order in which a page of results has them."""

        MEETING = "meeting"
        TALK = "talk"
        NOTES = "notes"
        MATERIAL = "material"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    material = models.ForeignKey(Material, on_delete=models.CASCADE, null=True, related_name="+")
    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    heading = models.TextField()
    byline = models.TextField()
    # As `cop.search.rules.words.compared` has them; the second holds the first. Before the text, which is only read
    # where something was found: SQLite walks through a row's columns from the first.
    heading_words = models.TextField()
    words = models.TextField()
    text = models.TextField()

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Passage {self.pk}"
