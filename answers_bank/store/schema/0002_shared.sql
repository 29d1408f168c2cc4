-- What is known of the shared bank that this bank follows; all empty for who works alone.

-- The last state of each document on the server that this bank took over or sent.
CREATE TABLE shared_document (
    id TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,    -- of the server
    content_hash BLOB NOT NULL,     -- on the server
    local_hash BLOB,                -- of the same document in this bank; NULL where it was removed on the server
    removed INTEGER NOT NULL
) WITHOUT ROWID;

-- Rows of the server that this bank could not take over, and why.
CREATE TABLE shared_refusal (
    id TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,
    reason TEXT NOT NULL
) WITHOUT ROWID;

-- Texts whose vector the server may not have yet.
CREATE TABLE vector_to_send (
    encoded_text INTEGER PRIMARY KEY REFERENCES encoded_text (key) ON DELETE CASCADE
);
