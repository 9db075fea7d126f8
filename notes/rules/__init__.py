"""The Chatham House Rule as pure functions: no Django, no database, no clock, no input or output."""
