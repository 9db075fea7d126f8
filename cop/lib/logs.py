"""Logs name acts, numbers and kinds of error, never people, words or personal links (R15, threats 34 and 35).

What must not be there is taken out as a record is made, so that no handler sees it: not ours, nor the web server's.
"""

import logging
import logging.config
import re
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

_SLASH = r"(?:/|%(?:25)*2F)"
_PERSONAL_LINK = re.compile(rf"(?i)({_SLASH}(?:p|media{_SLASH}read){_SLASH})(?:(?!{_SLASH})[^\s\"'<>?&#])+")
_ADDRESS = re.compile(r"(?i)(?<![\w.+-])[\w.+-]+(?:@|%(?:25)*40)[\w-]+(?:\.[\w-]+)+")


def configure(config: dict[str, Any]) -> None:
    """What `LOGGING_CONFIG` names: set up logging, and have every record of this process made without secrets."""
    logging.config.dictConfig(config)
    logging.setLogRecordFactory(_record)


def without_secrets(text: str) -> str:
    """`text` with an ellipsis for the token of each personal link or key to a file, and for each e-mail address."""
    return _ADDRESS.sub("…", _PERSONAL_LINK.sub(r"\1…", text))


def place_of(error: BaseException) -> str:
    """Where an error was raised, and of which kind, with what led to it: a traceback without the errors' own words,
    which may hold what a form or a row held."""
    return "\n".join(
        "".join(traceback.format_tb(one.__traceback__)) + f"{type(one).__module__}.{type(one).__qualname__}"
        for one in reversed(list(_chain(error)))
    )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = logging.LogRecord(*args, **kwargs)
    record.msg = _clean(record.msg)
    if isinstance(record.args, Mapping):
        record.args = _clean_mapping(record.args)
    elif record.args:
        record.args = tuple(_clean(each) for each in record.args)
    if record.exc_info and record.exc_info[1] is not None and not settings.DEBUG:
        record.exc_text, record.exc_info = place_of(record.exc_info[1]), None
    return record


def _clean_mapping(words: Mapping[str, object]) -> Mapping[str, object]:
    """The web server's own kind of dict knows more keys than it holds, so a dict is cleaned where it is."""
    kept = words if isinstance(words, dict) else dict(words)
    for name, value in list(kept.items()):
        kept[name] = _clean(value)
    return kept


def _clean(value: Any) -> Any:
    """What is logged in place of `value`: itself, unless its words would tell something."""
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, BaseException) and not settings.DEBUG:
        return type(value).__qualname__
    text = str(value)
    clean = without_secrets(text)
    return value if clean == text else clean
