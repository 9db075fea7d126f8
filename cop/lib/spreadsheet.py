"""Tables as CSV that spreadsheets open as they are, and that runs nothing in them (B79)."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"

# A cell that begins like this is a formula to Excel, LibreOffice and Google Sheets; full-width signs are, too, where
# Japanese is set. A program whose list separator is not the comma cuts cells at its own, so the same is looked for
# behind each separator and quotation mark, not only at the beginning (OWASP, "CSV Injection").
_FORMULA = re.compile(r"""(^|[;,|\t\r\n"])(?=\s*[=+\-@＝＋－＠])|^(?=[\t\r\n])""")


def defused(cell: str) -> str:
    """`cell` as text to every spreadsheet: an apostrophe stands before whatever would begin a formula."""
    return _FORMULA.sub(r"\1'", cell)


def undefused(cell: str) -> str:
    """`cell` as it was before `defused` put an apostrophe at its beginning."""
    return cell[1:] if cell.startswith("'") and defused(cell[1:]) == cell else cell


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """`rows` as lines of CSV (RFC 4180) in UTF-8, one at a time: flat memory, however many there are.

    A byte order mark comes first, without which Excel takes UTF-8 for Windows-1252; lines end in CR LF; every cell is
    quoted and defused.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    mark = BOM
    for row in rows:
        writer.writerow([defused(cell) for cell in row])
        yield (mark + buffer.getvalue()).encode()
        mark = ""
        buffer.seek(0)
        buffer.truncate()
