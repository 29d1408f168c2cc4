"""A bank shared by many: documents and vectors on a PostgreSQL server, and each user's own bank as the copy."""
