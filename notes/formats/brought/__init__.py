"""Notes that were written elsewhere, read: a Word document, a page from Google Docs, Markdown. Pure: bytes in, passages
out. What is not the text itself is left behind: comments and their authors, what was deleted, headers, properties."""
