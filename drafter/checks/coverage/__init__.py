"""Whether everything that is asked is answered (dekking)."""
