"""Copies to take along, for those who may read the page: members of the network, and nobody else (R12)."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from notes.formats.docx import write_docx
from notes.formats.markdown import write_markdown
from notes.formats.paper import Paper
from notes.formats.pdf import write_pdf
from notes.rendering import paper_of
from notes.views.reading import edition_or_404

# What stands after the last dot of the address, with its media type and who writes it.
FORMS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "pdf": ("application/pdf", write_pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_docx),
    "md": ("text/markdown; charset=utf-8", write_markdown),
}


@require_safe
def copy(request: HttpRequest, network: str, meeting: str, form: str) -> HttpResponse:
    """The newest edition as a file. It says of itself no more than the page does: edition, date, for members."""
    edition = edition_or_404(request.user, network, meeting)
    if form not in FORMS:
        raise Http404
    media_type, write = FORMS[form]
    name = f"{edition.meeting.slug}-edition-{edition.number}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write(paper_of(edition)), content_type=media_type, headers=headers)
