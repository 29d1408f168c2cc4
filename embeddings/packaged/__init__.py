"""The model that comes as a package: its weights, the file that holds them, and the folder that is made of it."""
