"""Speed and quality, one command each; each prints one JSON object."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program itself has it, see `drafter.cli.main`
