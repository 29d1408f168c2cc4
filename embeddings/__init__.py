"""Text to vector to nearest vectors: encoders, the packaged model, and the FAISS index.

The lowest room of the house: it knows nothing of documents, SQLite or screens.
"""
