"""What the pages are made of; each part owns its widgets and their state."""
