-- What people say of a document (corrections) or of a standard passage (owner, note, date of review). It is kept apart
-- from what was read, so that reading again changes nothing of it, and so that it can be exchanged by itself.

CREATE TABLE annotation (
    about TEXT NOT NULL,            -- 'document' or 'passage'
    subject TEXT NOT NULL,          -- id of the document; key of the wording of the standard passage
    field TEXT NOT NULL,
    value TEXT,                     -- NULL: taken back
    said_by TEXT NOT NULL,
    said_at TEXT NOT NULL,          -- UTC; of two, the later one holds
    generation INTEGER NOT NULL,    -- of this bank, when it came in
    PRIMARY KEY (about, subject, field)
) WITHOUT ROWID;
CREATE INDEX annotation_by_generation ON annotation (generation);
