"""What the workbench is made of."""
