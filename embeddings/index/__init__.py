"""Nearest vectors: ids to vectors in files, compared with FAISS."""
