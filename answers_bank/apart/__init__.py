"""Reading in processes of their own, with limits of time and memory: one bad file stops nothing."""
