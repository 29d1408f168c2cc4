"""What is still to be done before a set is sent."""
