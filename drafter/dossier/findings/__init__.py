"""What the checks say of a draft, and what is still to be done."""
