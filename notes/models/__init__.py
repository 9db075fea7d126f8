"""What was said (`drafts`) and what may be read of it (`editions`). Nothing points from the second to the first."""

from notes.models.corrections import Correction
from notes.models.drafts import (
    Consent,
    ConsentRequest,
    Contributor,
    ForgettingCertificate,
    LeakAnswer,
    Note,
    Notebook,
    UsualAttribution,
)
from notes.models.editions import Approval, Circulation, Edition, Numbering

__all__ = [
    "Approval",
    "Circulation",
    "Consent",
    "ConsentRequest",
    "Contributor",
    "Correction",
    "Edition",
    "ForgettingCertificate",
    "LeakAnswer",
    "Note",
    "Notebook",
    "Numbering",
    "UsualAttribution",
]
