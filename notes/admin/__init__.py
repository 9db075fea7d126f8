"""Notes in the panel: the list of notebooks, and the pages of the work on each. Items are not in the admin at all,
so that none of their words can end in its history (R15)."""

from collections.abc import Callable

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from members.admin.scoping import network_ids, owns_site
from members.models import Network, User
from members.rules.roles import Duty
from notes.models import Notebook
from notes.views import bringing, certificates, contributors, correcting, desk, jotting, publishing, review


@admin.register(Notebook)
class NotebookAdmin(admin.ModelAdmin[Notebook]):
    list_display = ["links", "state", "consent_due_at", "look"]
    list_filter = ["state", "needs_a_look"]
    list_select_related = ["meeting__network"]
    list_display_links = None
    ordering = ["-meeting__starts_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notebook]:
        user = request.user
        networks = Network.objects.open_to(user, Duty.NOTES) if isinstance(user, User) else Network.objects.none()
        return super().get_queryset(request).filter(meeting__network__in=networks)

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(view), name=f"notes_notebook_{name}")

        own = [
            page("<int:meeting_id>/desk/", desk.desk, "desk"),
            page("<int:meeting_id>/desk/<int:note_id>/", desk.item, "item"),
            page("<int:meeting_id>/desk/<int:note_id>/strike/", desk.strike, "strike"),
            page("<int:meeting_id>/desk/<int:note_id>/move/", desk.move, "move"),
            page("<int:meeting_id>/desk/items/", jotting.items, "items"),
            page("<int:meeting_id>/desk/keep/", jotting.keep, "keep"),
            page("<int:meeting_id>/order/", desk.arrange, "arrange"),
            page("<int:meeting_id>/bring/", bringing.bring, "bring"),
            page("<int:meeting_id>/ask/", desk.ask, "ask"),
            page("<int:meeting_id>/asked/", contributors.asked, "asked"),
            page("<int:meeting_id>/desk/<int:note_id>/words/", contributors.words, "words"),
            page("<int:meeting_id>/desk/<int:note_id>/agreed/", contributors.agreed, "agreed"),
            page("<int:meeting_id>/certificate/", certificates.certificate, "certificate"),
            page("<int:meeting_id>/certificate/<slug:form>/", certificates.download, "certificate_file"),
            page("<int:meeting_id>/review/", review.review, "review"),
            page("<int:meeting_id>/review/answer/", review.answer, "answer"),
            page("<int:meeting_id>/review/make/", review.make, "make"),
            page("<int:meeting_id>/circulate/", review.circulate, "circulate"),
            page("<int:meeting_id>/circulate/approve/", review.approve, "approve"),
            page("<int:meeting_id>/circulate/withdraw/", review.withdraw, "withdraw"),
            page("<int:meeting_id>/write-up/", publishing.write_up, "write_up"),
            page("<int:meeting_id>/write-up/act/", publishing.act, "publish"),
            page("<int:meeting_id>/corrections/", correcting.corrections, "corrections"),
            page("<int:meeting_id>/corrections/<int:correction_id>/word/", correcting.word, "word"),
            page("<int:meeting_id>/corrections/<int:correction_id>/confirm/", correcting.confirm, "confirm"),
            page("<int:meeting_id>/corrections/<int:correction_id>/decline/", correcting.decline, "decline"),
        ]
        return [*own, *super().get_urls()]

    @admin.display(description=_("notes"), ordering="-meeting__starts_at")
    def links(self, notebook: Notebook) -> SafeString:
        """The meeting, and the pages of the work on its notes; of forgotten drafts there is a certificate."""
        pages = [("desk", _("Note desk")), ("review", _("Review"))]
        if notebook.state == Notebook.State.FORGOTTEN:
            pages = [("circulate", _("Circulated")), ("certificate", _("Certificate of forgetting"))]
        links = ((reverse(f"admin:notes_notebook_{page}", args=[notebook.meeting_id]), name) for page, name in pages)
        return format_html("{}<br>{}", notebook.meeting, format_html_join(" · ", '<a href="{}">{}</a>', links))

    @admin.display(description=_("to do"))
    def look(self, notebook: Notebook) -> str:
        return str(_("Please look again: somebody has become known by more")) if notebook.needs_a_look else ""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return owns_site(request) or bool(network_ids(request, Duty.NOTES))

    def has_view_permission(self, request: HttpRequest, obj: Notebook | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Notebook | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Notebook | None = None) -> bool:
        return False
