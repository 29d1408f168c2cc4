"""What the screens ask for, and the two ways in which they get it: here, or from a work process."""
