"""What was answered before: reading documents, keeping them, finding them back."""
