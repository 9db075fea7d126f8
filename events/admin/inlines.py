"""What is on a meeting's own page: its agenda, who presents, and what can be watched or read afterwards."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.checks import InlineModelAdminChecks
from django.contrib.admin.options import InlineModelAdmin
from django.core.checks import CheckMessage
from django.db.models import ForeignKey, QuerySet
from django.forms import BaseInlineFormSet, BaseModelFormSet, ModelChoiceField, modelformset_factory
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from events.models import AgendaItem, Material, Meeting, Speaker
from events.rules.visibility import is_wider
from members.admin.scoping import ScopedInline, network_ids, owns_site
from members.models import User
from members.rules.roles import Duty


class OrganisedInline(ScopedInline):
    """Rows of a meeting: who has `duty` sees them with it, who has `changed_by` changes them."""

    duty, changed_by = Duty.LOOK, Duty.ORGANISE

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._has(self.duty, request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._has(self.changed_by, request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def _has(self, duty: Duty, request: HttpRequest, obj: Any) -> bool:
        """Whether they have the duty in the network of the row whose page this is; of a new row, in any."""
        if owns_site(request):
            return True
        theirs = network_ids(request, duty)
        return bool(theirs) if obj is None else obj.network_id in theirs


CHOICES = ("name_seen_by", "slides_seen_by", "recording_seen_by")
NARROW = {
    "title": forms.TextInput(attrs={"size": 20}),
    "description": forms.Textarea(attrs={"rows": 2, "cols": 16}),
}


def spoken(field: Any) -> Any:
    """The field with its label on the control itself: a table's heading alone is not read out with it."""
    if field is None:
        return None
    parts = getattr(field.widget, "widgets", [getattr(field.widget, "widget", field.widget)])
    words = [""] if len(parts) == 1 else [_(": date"), _(": time")]
    for widget, word in zip(parts, words, strict=True):
        widget.attrs["aria-label"] = f"{capfirst(field.label)}{word}"
    return field


class SpokenFormSet(BaseInlineFormSet[Any, Any, Any]):
    """Says what the last box of each row is for."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete")


class MaterialsOfMeeting(SpokenFormSet):
    """What a speaker brought stays of the kind that they chose for."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance.speaker_id:
            form.fields["kind"].disabled = True


class AgendaInline(OrganisedInline, admin.TabularInline[AgendaItem, Meeting]):
    model = AgendaItem
    formset = SpokenFormSet
    fields = ("position", "kind", "title", "minutes", "basis", "description")
    extra = 1

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Narrow enough for six to stand in a row."""
        if db_field.name in NARROW:
            kwargs["widget"] = NARROW[db_field.name]
        return spoken(super().formfield_for_dbfield(db_field, request, **kwargs))


class MaterialInline(OrganisedInline, admin.TabularInline[Material, Meeting]):
    model = Material
    duty, changed_by = Duty.BACKSTAGE, Duty.SPEAKERS
    formset = MaterialsOfMeeting
    fields = ("kind", "title", "url", "agenda_item", "visibility")
    extra = 0

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return spoken(super().formfield_for_dbfield(db_field, request, **kwargs))

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        if db_field.name == "agenda_item":
            kwargs["queryset"] = agenda_on_this_page(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def agenda_on_this_page(request: HttpRequest) -> QuerySet[AgendaItem]:
    """The parts of the meeting whose page this is; none while it is being added."""
    match = request.resolver_match
    meeting_id = str(match.kwargs.get("object_id", "")) if match else ""
    return (
        AgendaItem.objects.filter(meeting_id=int(meeting_id))
        if meeting_id.isascii() and meeting_id.isdigit()
        else AgendaItem.objects.none()
    )


class SpeakerForm(forms.ModelForm[Speaker]):
    """Somebody presenting. Whose account it is follows from the address, which nobody has to know."""

    class Meta:
        model = Speaker
        fields = ("agenda_item", "name", "role", "organisation", "email", "link", "position", *CHOICES)
        help_texts = {"name_seen_by": gettext_lazy("What the speaker told you. Nothing is shown until they have said.")}

    def clean(self) -> dict[str, Any] | None:
        """Organisers show less than a speaker said for themselves, never more."""
        said = super().clean() or self.cleaned_data
        for name in CHOICES:
            was = self.initial.get(name, "")
            if self.instance.said_at and was and is_wider(said.get(name, ""), was):
                self.add_error(name, _("They have chosen this themselves: you can show less, not more. Ask them."))
        return said

    def save(self, commit: bool = True) -> Speaker:
        email = self.cleaned_data["email"]
        self.instance.user = User.objects.filter(email__iexact=email).first() if email else None
        return super().save(commit)


class SpeakersOfMeeting(BaseModelFormSet[Speaker, SpeakerForm]):
    """All speakers of a meeting, though each belongs to a part of its agenda."""

    def __init__(
        self, data: Any = None, files: Any = None, *, instance: Meeting, queryset: QuerySet[Speaker], **kwargs: Any
    ) -> None:
        kwargs.pop("save_as_new", None)
        self.instance = instance
        theirs = queryset.filter(agenda_item__meeting_id=instance.pk) if instance.pk else queryset.none()
        super().__init__(data, files, queryset=theirs.order_by("agenda_item__position", "position", "pk"), **kwargs)

    @classmethod
    def get_default_prefix(cls) -> str:
        return "speakers"

    def add_fields(self, form: SpeakerForm, index: int | None) -> None:
        super().add_fields(form, index)
        agenda = form.fields["agenda_item"]
        assert isinstance(agenda, ModelChoiceField)  # noqa: S101 - a field of our own form, for the type checker
        agenda.queryset = AgendaItem.objects.filter(meeting_id=self.instance.pk or 0)


class NoForeignKeyNeeded(InlineModelAdminChecks):
    """A speaker belongs to a meeting by way of its agenda; Django would refuse to show one on the other's page."""

    def _check_relation(self, obj: Any, parent_model: Any) -> list[CheckMessage]:
        return []


class SpeakerInline(OrganisedInline, InlineModelAdmin[Speaker, Meeting]):
    model = Speaker
    duty, changed_by = Duty.BACKSTAGE, Duty.SPEAKERS
    template = "admin/edit_inline/stacked.html"
    checks_class = NoForeignKeyNeeded
    fields = (("agenda_item", "position"), ("name", "role", "organisation"), ("email", "link"), CHOICES)
    extra = 1

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        may_change = self.has_change_permission(request, obj)
        return modelformset_factory(
            Speaker,
            form=SpeakerForm,
            formset=SpeakersOfMeeting,
            extra=self.extra if obj and may_change else 0,
            max_num=None if obj and may_change else 0,
            can_delete=may_change,
        )
