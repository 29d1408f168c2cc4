"""What the keys of the workbench do, by subject; each is a function of a `Bench`."""
