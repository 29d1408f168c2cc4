"""What people say of documents and standard passages: kept apart from what was read."""
