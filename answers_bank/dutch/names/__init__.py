"""Names in Dutch administrative prose: abbreviations, bodies, ministries, laws, places and persons."""
