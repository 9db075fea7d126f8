"""The panel's page about what was deleted, for the site's owner (B93)."""

from django.contrib import admin

from members.admin.scoping import ReadOnly
from members.models import Deletion


@admin.register(Deletion)
class DeletionAdmin(ReadOnly, admin.ModelAdmin[Deletion]):
    list_display = ("day", "kind", "count")
    list_filter = ("kind",)
    fields = ("day", "kind", "count")
