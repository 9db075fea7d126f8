"""Files that members take along. Pure: what is in them in, text or bytes out."""
