"""What a browser would send back of a form that nobody touched."""

import re
from html.parser import HTMLParser


def form_values(page: str, form_id: str = "meeting_form") -> dict[str, str]:
    """The values of the form with this id; without its buttons, files and lists of several choices."""
    form = re.search(rf'<form[^>]*id="{form_id}".*?</form>', page, re.DOTALL)
    assert form is not None
    reader = FormReader(convert_charrefs=True)
    reader.feed(form[0])
    return {name: value for name, value in reader.values.items() if name and not name.startswith("_")}


class FormReader(HTMLParser):
    """Gathers names and values."""

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.values: dict[str, str] = {}
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "input":
            self.read_input(said)
        elif tag == "textarea" or (tag == "select" and "multiple" not in said):
            self.inside = said["name"]
            self.values[self.inside] = ""
        elif tag == "option" and self.inside and "selected" in said:
            self.values[self.inside] = said["value"]

    def read_input(self, said: dict[str, str]) -> None:
        kind = said.get("type", "text")
        if kind == "checkbox" and "checked" not in said:
            return
        if kind not in {"submit", "file"}:
            self.values[said.get("name", "")] = said.get("value", "on" if kind == "checkbox" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"select", "textarea"}:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside and self.lasttag == "textarea":
            self.values[self.inside] += data.removeprefix("\r\n").removeprefix("\n")
