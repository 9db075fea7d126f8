"""What can be said about meetings and places without a database or a clock."""
