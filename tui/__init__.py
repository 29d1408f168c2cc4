"""The screens: Textual shows what the rooms below return."""
