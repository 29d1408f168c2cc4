"""Documents made at random, with what is right known: drawn, written in every format, judged."""
