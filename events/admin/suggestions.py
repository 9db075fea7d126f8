"""Topics that members want: organisers answer and merge them, and tell those who wanted one (B66, B67)."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from events.actions.suggesting import may_tell, merge, tell_supporters, to_tell
from events.admin.organised import OrganisedAdmin
from events.models import Meeting, Suggestion
from members.models import User

State = Suggestion.State
ANSWERS = [
    (State.WANTED, State.WANTED.label),
    (State.TAKEN_UP, State.TAKEN_UP.label),
    (State.NOT_NOW, State.NOT_NOW.label),
]


class AnswerForm(forms.ModelForm[Suggestion]):
    """What came of it: a no needs a reason, a yes a meeting or words."""

    state = forms.ChoiceField(label=gettext_lazy("state"), choices=ANSWERS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "meeting" in self.fields:
            field = self.fields["meeting"]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for mypy
            field.queryset = Meeting.objects.filter(network=self.instance.network_id).select_related("network")

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or self.cleaned_data
        answered = bool(said.get("answer", "").strip())
        if said.get("state") == State.NOT_NOW and not answered:
            self.add_error("answer", _("Say why not, or when perhaps: whoever wanted it reads this."))
        if said.get("state") == State.TAKEN_UP and not (answered or said.get("meeting")):
            self.add_error("answer", _("Choose the meeting about it, or say what you did."))
        return said


@admin.register(Suggestion)
class SuggestionAdmin(OrganisedAdmin):
    """Members suggest on their page. Who suggests or wants something is in no list, and in no file, of the panel."""

    form = AnswerForm
    list_display = ("title", "network", "supports", "state", "meeting")
    list_filter = ("state", ("network", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("network", "meeting")
    search_fields = ("title", "text")
    fields = ("network", "title", "text", "supports", "state", "meeting", "answer")
    readonly_fields = ("network", "supports")
    actions = ("merge_chosen",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.counted()  # type: ignore[attr-defined, no-any-return]  # Django's stubs forget whose manager it is

    @admin.display(description=gettext_lazy("members who want it"))
    def supports(self, suggestion: Any) -> int:
        return int(suggestion.supports)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Suggesting is every member's own press."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What was merged into another is answered there."""
        merged = obj is not None and obj.state == State.MERGED
        return (
            ("network", "title", "text", "supports", "state", "meeting", "answer") if merged else self.readonly_fields
        )

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        one = self.get_object(request, object_id) if object_id else None
        may = one is not None and self.has_change_permission(request, one) and may_tell(one, at=timezone.now())
        return super().changeform_view(request, object_id, form_url, {"may_tell": may, **(extra_context or {})})

    @admin.action(description=gettext_lazy("Merge into the one most wanted"), permissions=["change"])
    def merge_chosen(self, request: HttpRequest, chosen: QuerySet[Suggestion]) -> None:
        theirs = [one for one in chosen if self.has_change_permission(request, one)]
        into = merge(theirs)
        if into is None:
            self.message_user(request, _("Choose two or more topics that are wanted, of one network."), "WARNING")
            return
        self.log_change(request, into, [{"changed": {"name": str(_("merged")), "object": "…", "fields": ["supports"]}}])
        self.message_user(request, _("They are one topic now. Whoever wanted one of them is counted once."))

    def get_urls(self) -> list[URLPattern]:
        tell = path("<int:suggestion_id>/tell/", self.admin_site.admin_view(self.tell), name="events_suggestion_tell")
        return [tell, *super().get_urls()]

    def tell(self, request: HttpRequest, suggestion_id: int) -> HttpResponse:
        """How many would be written to, and a button."""
        one = self.get_queryset(request).select_related("network", "meeting").filter(pk=suggestion_id).first()
        if one is None:
            raise Http404
        if not self.has_change_permission(request, one) or not isinstance(request.user, User):
            raise PermissionDenied
        if request.method == "POST":
            count = tell_supporters(one, by=request.user, at=timezone.now())
            said = ngettext("A letter is on its way to %d member.", "A letter is on its way to %d members.", count)
            self.message_user(request, said % count)
            self.log_change(request, one, [{"changed": {"fields": ["told_at"]}}])
            return redirect("admin:events_suggestion_change", one.pk)
        page = {
            **self.admin_site.each_context(request),
            "title": _("Tell those who wanted it"),
            "opts": self.opts,
            "topic": one,
            "may_tell": may_tell(one, at=timezone.now()),
            "people": len(to_tell(one)),
        }
        return TemplateResponse(request, "admin/events/suggestion/tell.html", page)
