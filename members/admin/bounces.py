"""Mailboxes that letters come back from: whose, why, and what to do (B77)."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, Model, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from members.actions.bouncing import try_again
from members.admin.history import remember_change
from members.admin.scoping import NetworkScopedAdmin, ReadOnly, owns_site
from members.mailboxes import guests_left_alone
from members.models import Delivery, Mailbox, Membership
from members.writing import unlisted_letters

WHAT_TO_DO = {
    Mailbox.Why.HARD: gettext_lazy("Ask them another way for an address that works. They change it on their page."),
    Mailbox.Why.PASSING: gettext_lazy("Wait some days, then try again. Their mailbox may be full."),
}
WITH_A_GUEST = {
    Mailbox.Why.HARD: gettext_lazy(
        "They have no page to change it on. If it looks mistyped, register them again with the right address."
    ),
    Mailbox.Why.PASSING: WHAT_TO_DO[Mailbox.Why.PASSING],
}


@admin.register(Mailbox)
class MailboxAdmin(ReadOnly, NetworkScopedAdmin):
    """Of people in one's own networks only, and of guests whom these networks wrote to."""

    list_display = ("person", "address", "why", "since", "what_to_do", "press")
    list_display_links = None
    list_filter = ("why",)
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email")
    fields = ("person", "address", "why", "days", "last_at", "paused_at", "what_to_do")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        # Whoever asked to join, and never confirmed, is nobody's guest: anybody may have typed that address.
        letters = Delivery.objects.exclude(mailing__letter__in=[*unlisted_letters(), "confirm"])
        people = Membership.objects.exclude(state=Membership.State.LEFT)
        if not owns_site(request):
            letters = letters.filter(mailing__network__in=self.open_networks(request))
            people = people.filter(network__in=self.open_networks(request))
        theirs = Q(user__isnull=False) if owns_site(request) else Q(user__in=people.values("user"))
        guests = guests_left_alone(letters.filter(mailing__network__isnull=False))
        addresses = Case(
            *(When(digest=digest, then=Value(address)) for digest, address in guests.items()), default=Value("")
        )
        paused = Mailbox.objects.paused().filter(theirs | Q(user=None, digest__in=guests))
        return paused.annotate(guest_address=addresses).order_by("-paused_at", "-pk")

    def may(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if obj is None or owns_site(request):
            return owns_site(request) or bool(self.open_networks(request))
        return self.get_queryset(request).filter(pk=obj.pk).exists()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        title = _("Mailboxes that letters come back from")
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(self.again)
        return [path("<int:mailbox_id>/again/", again, name="members_mailbox_again"), *super().get_urls()]

    def again(self, request: HttpRequest, mailbox_id: int) -> HttpResponse:
        """Write to this mailbox again."""
        mailbox = self.get_queryset(request).filter(pk=mailbox_id).first()
        if mailbox is None:
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if try_again(mailbox):
            remember_change(request, mailbox, _("Tried again"))
        self.message_user(request, _("The next letter goes there again. If it comes back too, you find it here."))
        return redirect("admin:members_mailbox_changelist")

    @admin.display(description=gettext_lazy("name"), ordering="user__name")
    def person(self, mailbox: Mailbox) -> str:
        return mailbox.user.name if mailbox.user else _("A guest, without an account")

    @admin.display(description=gettext_lazy("e-mail address"), ordering="user__email")
    def address(self, mailbox: Any) -> str:
        return str(mailbox.user.email if mailbox.user else mailbox.guest_address)

    @admin.display(description=gettext_lazy("no letters since"), ordering="paused_at")
    def since(self, mailbox: Mailbox) -> str:
        return date_format(timezone.localtime(mailbox.paused_at), "j M Y") if mailbox.paused_at else ""

    @admin.display(description=gettext_lazy("what to do"))
    def what_to_do(self, mailbox: Mailbox) -> str:
        return str((WHAT_TO_DO if mailbox.user else WITH_A_GUEST)[Mailbox.Why(mailbox.why)])

    @admin.display(description=gettext_lazy("or"))
    def press(self, mailbox: Mailbox) -> SafeString:
        """One press, in the form that Django puts around the list."""
        return format_html(
            '<button class="button quiet" type="submit" formaction="{}">{}</button>',
            reverse("admin:members_mailbox_again", args=[mailbox.pk]),
            _("Try again"),
        )
