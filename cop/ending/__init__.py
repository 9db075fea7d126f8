"""What outlives the server: a network's public site as plain files, and what a new home takes over."""
