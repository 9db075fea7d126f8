"""What the notes keep, and how long (R11)."""

from django.utils.translation import gettext as _, gettext_lazy

from members.models import Network
from members.retention import Kept, days, keep
from notes.actions.correcting import forget_corrections
from notes.actions.forgetting import forget_due
from notes.models.corrections import Correction
from notes.models.drafts import (
    Consent,
    ConsentRequest,
    Contributor,
    ForgettingCertificate,
    Jotting,
    LeakAnswer,
    Note,
    Notebook,
    UsualAttribution,
)
from notes.models.editions import Approval, Circulation, Edition, Numbering


def _after_circulation(network: Network | None) -> str:
    if network is None:
        return _("As many days after the notes went out as the network has set")
    return _("%s after the notes went out") % days(network.retention_days)


def _after_the_answer(network: Network | None) -> str:
    if network is None:
        return _("As many days after the last answer as the network has set")
    return _("%s after the last answer") % days(network.retention_days)


keep(
    Kept(
        name="drafts",
        what=gettext_lazy("Draft notes: who said what, and what each person chose"),
        why=gettext_lazy("To make of them what the network reads. Unreadable in the database without its keys."),
        until=_after_circulation,
        holds=(Notebook, Note, Contributor, Consent, ConsentRequest, LeakAnswer, Jotting),
        job=forget_due,
    ),
    Kept(
        name="corrections",
        what=gettext_lazy("Corrections that you suggested"),
        why=gettext_lazy("To decide about them, and to let you read the answer."),
        until=_after_the_answer,
        holds=(Correction,),
        job=forget_corrections,
    ),
    Kept(
        name="usual",
        what=gettext_lazy("How you usually want your points to appear"),
        why=gettext_lazy("To preselect it for you."),
        until=lambda network: _("Until you change it, or erase yourself"),
        holds=(UsualAttribution,),
    ),
    Kept(
        name="editions",
        what=gettext_lazy("Notes that went out. They name only who agreed to it; you can take that back"),
        why=gettext_lazy("They are what the network has learned."),
        until=lambda network: _("As long as the network keeps them; your name until you take it back"),
        holds=(Edition, Circulation, Approval, Numbering, ForgettingCertificate),
    ),
)
