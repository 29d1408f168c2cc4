"""What one sentence says, item by item, in a form that can be compared."""
