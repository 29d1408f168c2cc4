-- Dossiers that are shared with others, and what waits there for a choice; empty for who works alone.

CREATE TABLE shared_dossier (
    id TEXT PRIMARY KEY,            -- on the server
    local TEXT NOT NULL UNIQUE,     -- its name here
    step INTEGER NOT NULL,          -- of the server that both sides had last
    changed TEXT NOT NULL           -- when the dossier here was changed last, at that moment
) WITHOUT ROWID;

-- Two who changed the same answers: the other's is in the dossier, mine is here until the user chooses.
CREATE TABLE shared_conflict (
    local TEXT NOT NULL,
    numbers TEXT NOT NULL,          -- JSON array
    mine TEXT NOT NULL,             -- JSON of the answers
    theirs TEXT NOT NULL,
    PRIMARY KEY (local, numbers, mine)
) WITHOUT ROWID;
