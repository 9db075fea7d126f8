"""Texts without what stands between two marks, in one pass; a regular expression may look to the end once for each."""


def without(text: str, start: str, end: str) -> str:
    """`text` without each `start` … `end` and what is between; a `start` that never ends stays."""
    kept: list[str] = []
    here = 0
    while (begins := text.find(start, here)) >= 0 and (ends := text.find(end, begins + len(start))) >= 0:
        kept.append(text[here:begins])
        here = ends + len(end)
    return "".join([*kept, text[here:]])
