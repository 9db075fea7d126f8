"""What was said (`drafts`) and what may be read of it (`editions`). Nothing points from the second to the first."""

from notes.models.drafts import Consent, ConsentRequest, LeakAnswer, Note, Notebook
from notes.models.editions import Circulation, Edition

__all__ = ["Circulation", "Consent", "ConsentRequest", "Edition", "LeakAnswer", "Note", "Notebook"]
