"""From blocks to questions, answers and sections."""
