"""Letters to many in the panel: written, looked at, tried out, set off, and watched (B74, B75, B76)."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Model, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from cop.lib.http import number_in
from members.actions import circulars
from members.admin.scoping import NetworkScopedAdmin, owns_site
from members.audiences import Chosen, Recipient, chosen_in, offered_in
from members.letters import PLACES, own_words
from members.models import Circular, Delivery, Mailing, Network, User
from members.rules.placeholders import broken_places
from members.writing import called

State = Delivery.State
HELP = gettext_lazy("Markdown. {name} and {network} are filled in for each reader.")


class CircularForm(forms.ModelForm[Circular]):
    """To whom, the subject and the words. Whom one chooses says which network it is of."""

    networks = Network.objects.none()
    to = forms.ChoiceField(label=gettext_lazy("To"))

    class Meta:
        model = Circular
        fields = ("subject", "text")
        widgets = {
            "subject": forms.TextInput(attrs={"size": 70}),
            "text": forms.Textarea(attrs={"rows": 16, "cols": 80}),
        }
        help_texts = {"text": HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = self._choices()  # type: ignore[attr-defined]  # a ChoiceField, as said above
        if self.instance.pk:
            self.fields["to"].initial = f"{self.instance.network_id} {self.instance.audience}"

    def _choices(self) -> list[tuple[str, Any]]:
        groups: dict[str, list[tuple[str, str]]] = {}
        for network in self.networks:
            for one in offered_in(network):
                group = one.occasion.name if one.occasion else network.name
                groups.setdefault(group, []).append((f"{network.pk} {one.word}", str(one.audience.name)))
        return [("", _("Choose people")), *groups.items()]

    def clean_to(self) -> Chosen:
        number, _space, word = str(self.cleaned_data["to"]).partition(" ")
        network = next((one for one in self.networks if str(one.pk) == number), None)
        found = chosen_in(network, word) if network else None
        if found is None:
            raise ValidationError(_("There are no such people to write to. Choose others."))
        self.instance.network, self.instance.audience = found.network, found.word
        return found

    def clean_subject(self) -> str:
        return self._whole("subject")

    def clean_text(self) -> str:
        return self._whole("text")

    def _whole(self, name: str) -> str:
        said = str(self.cleaned_data[name])
        if broken := broken_places(said, PLACES):
            raise ValidationError(broken)
        return said


@admin.register(Circular)
class CircularAdmin(NetworkScopedAdmin):
    """Saving sends nothing: that is a press of its own, on the page that says to whom."""

    form = CircularForm
    fields = ("to", "subject", "text")
    list_display = ("subject", "network", "stands", "created_at")
    list_filter = (("network", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("network", "mailing")
    search_fields = ("subject",)
    actions = None

    @admin.display(description=gettext_lazy("state"))
    def stands(self, circular: Circular) -> str:
        return _("set off") if circular.mailing_id else _("draft")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        everywhere = Network.objects.all()
        form.networks = everywhere if owns_site(request) else everywhere.filter(pk__in=self.open_networks(request))
        return form

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Drafts only: what was sent stays as it was."""
        return not (isinstance(obj, Circular) and obj.mailing_id) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Drafts only."""
        return not (isinstance(obj, Circular) and obj.mailing_id) and super().has_delete_permission(request, obj)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return redirect("admin:members_circular_look", obj.pk)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return redirect("admin:members_circular_look", obj.pk)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Saving leads to the page that says who gets it, so there is one way to save."""
        one_way = {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().changeform_view(request, object_id, form_url, {**one_way, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What was set off is looked at on its own page."""
        found = self.get_queryset(request).filter(pk=object_id).first() if object_id.isdecimal() else None
        if found is not None and found.mailing_id:
            return redirect("admin:members_circular_look", found.pk)
        return super().change_view(request, object_id, form_url, extra_context)

    def get_urls(self) -> list[URLPattern]:
        look = path("<int:circular_id>/look/", self.admin_site.admin_view(self.look), name="members_circular_look")
        press = path(
            "<int:circular_id>/<slug:press>/", self.admin_site.admin_view(self.press), name="members_circular_press"
        )
        return [look, *super().get_urls()[:-1], press, super().get_urls()[-1]]

    def look(self, request: HttpRequest, circular_id: int) -> HttpResponse:
        """Who gets it and how it reads; once it is set off, how far it has come."""
        circular = self._find(request, circular_id)
        page = {**self.admin_site.each_context(request), "opts": self.opts, "title": circular.subject}
        page |= {"circular": circular, "audience": circulars.chosen(circular)}
        if circular.mailing is None:
            return TemplateResponse(request, "admin/members/circular/draft.html", {**page, **_preview(circular)})
        page |= {"mailing": circular.mailing, **_progress(circular.mailing)}
        return TemplateResponse(request, "admin/members/circular/progress.html", page)

    def press(self, request: HttpRequest, circular_id: int, press: str) -> HttpResponse:
        """One of the buttons on that page."""
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        circular, by = self._find(request, circular_id), request.user
        if not isinstance(by, User) or press not in PRESSES:
            raise Http404
        try:
            said = PRESSES[press](circular, by, request)
        except circulars.CannotSetOff as reason:
            self.message_user(request, str(reason), "WARNING")
        else:
            self.message_user(request, said)
            self.log_change(request, circular, [{"changed": {"name": press, "fields": []}}])
        return redirect("admin:members_circular_look", circular.pk)

    def _find(self, request: HttpRequest, circular_id: int) -> Circular:
        found = self.get_queryset(request).select_related("network", "mailing").filter(pk=circular_id).first()
        if not isinstance(found, Circular):
            raise Http404
        return found


def _preview(circular: Circular) -> dict[str, object]:
    """Who would get it, and how it reads to the first of them."""
    people = circulars.recipients_of(circular)
    first = people[0] if people else Recipient("")
    name = called(Delivery(email=first.email, name=first.name))
    return {"people": people, "first": first, "words": own_words(circular, name=name)}


def _progress(mailing: Mailing) -> dict[str, int | bool]:
    """How many letters are where, and what may still be pressed."""
    counts = {state: Count("pk", filter=Q(state=state)) for state in State.values}
    tried = Count("pk", filter=Q(tries__gt=0))
    found: dict[str, int] = mailing.deliveries.aggregate(total=Count("pk"), tried=tried, **counts)
    left = found["waiting"] + found["sending"]
    may_call_back = not (found["sending"] or found["tried"])
    first = mailing.deliveries.order_by("not_before").values_list("not_before", flat=True).first()
    return {
        **found,
        "left": left,
        "over": found["total"] - left,
        "may_call_back": may_call_back,
        "minutes": max(0, int(((first or timezone.now()) - timezone.now()).total_seconds() // 60) + 1),
    }


def _try_out(circular: Circular, by: User, _request: HttpRequest) -> str:
    circulars.try_out(circular, by)
    return _("The letter is on its way to you, and to nobody else.")


def _set_off(circular: Circular, by: User, request: HttpRequest) -> str:
    seen = number_in(request.POST.get("seen", "")) or 0
    circulars.set_off(circular, seen=seen, by=by)
    return (
        ngettext(
            "In ten minutes the letter goes to %d person. Until then you can call it back.",
            "In ten minutes the letter goes to %d people. Until then you can call it back.",
            seen,
        )
        % seen
    )


def _call_back(circular: Circular, _by: User, _request: HttpRequest) -> str:
    circulars.call_back(circular)
    return _("Nobody gets the letter. It is a draft again.")


def _pause(circular: Circular, _by: User, _request: HttpRequest) -> str:
    if circular.mailing is not None:
        circulars.pause(circular.mailing)
    return _("The letters that have not gone wait until you let them go on.")


def _resume(circular: Circular, _by: User, _request: HttpRequest) -> str:
    if circular.mailing is not None:
        circulars.resume(circular.mailing)
    return _("The letters go on.")


PRESSES = {"try": _try_out, "set-off": _set_off, "call-back": _call_back, "pause": _pause, "resume": _resume}
