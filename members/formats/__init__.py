"""Files that members come from and take along. Pure: no Django, no database."""
