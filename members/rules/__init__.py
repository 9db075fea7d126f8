"""Rules of members and mail that know neither Django nor the database."""
