"""Files that speakers give: kept apart from what the web server serves, under names that nobody can guess."""

import uuid

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.speakers import Speaker


def kept_files() -> Storage:
    """A private folder, or whatever else `STORAGES` says; nothing in it has an address of its own."""
    return storages["kept"]


class Upload(models.Model):
    """A photo (JPEG) or slides (PDF), written anew by us. Who may see it is asked each time; its file goes with it."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("photo")
        SLIDES = "slides", _("slides")

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="uploads")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    stored_as = models.CharField(max_length=200, editable=False)  # in `kept_files`; nothing of the name it came under
    size = models.PositiveIntegerField(_("bytes"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["speaker", "kind"], name="one_upload_of_a_kind"),
            models.CheckConstraint(condition=models.Q(kind__in=["photo", "slides"]), name="upload_kind"),
        ]

    def __str__(self) -> str:
        return f"Upload {self.pk}"

    @property
    def media_type(self) -> str:
        return "image/jpeg" if self.kind == Upload.Kind.PHOTO else "application/pdf"
