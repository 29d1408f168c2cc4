-- The bank: documents with their questions, answers and passages, and the vectors of their texts.
-- Keys that caches follow (passage, piece) are never used again: AUTOINCREMENT.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE document (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    date TEXT,
    submitted TEXT,
    received TEXT,
    case_number TEXT,
    document_number TEXT,
    aanhangsel INTEGER,
    session_year TEXT,
    dossier TEXT,
    dossier_number TEXT,
    url TEXT,
    content BLOB NOT NULL,          -- the whole Document as compressed JSON
    content_hash BLOB NOT NULL,     -- of that JSON: equal means unchanged
    generation INTEGER NOT NULL     -- of the bank when this document was added or replaced
);
CREATE INDEX document_by_date ON document (date);
CREATE INDEX document_by_case ON document (case_number) WHERE case_number IS NOT NULL;
CREATE INDEX document_by_number ON document (document_number) WHERE document_number IS NOT NULL;
CREATE INDEX document_by_aanhangsel ON document (aanhangsel, session_year) WHERE aanhangsel IS NOT NULL;
CREATE INDEX document_by_dossier ON document (dossier, dossier_number) WHERE dossier IS NOT NULL;

-- Files that were read into the bank; several may hold the same document (the xml and the pdf of one publication).
CREATE TABLE file (
    path TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    reader TEXT NOT NULL,           -- version of the program that read it
    document INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX file_by_document ON file (document);

CREATE TABLE person (
    document INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    role TEXT NOT NULL,             -- asker, addressee, minister, on_behalf_of
    position INTEGER NOT NULL,
    name TEXT,
    party TEXT,
    portfolio TEXT,
    office TEXT,
    PRIMARY KEY (document, role, position)
) WITHOUT ROWID;

CREATE TABLE see_also (
    document INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    session_year TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

CREATE TABLE question (
    key INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    numbers TEXT NOT NULL,          -- JSON array
    UNIQUE (document, position)
);

CREATE TABLE answer (
    key INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    numbers TEXT NOT NULL,          -- JSON array
    UNIQUE (document, position)
);

CREATE TABLE section (
    key INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    heading TEXT NOT NULL,
    UNIQUE (document, position)
);

CREATE TABLE passage (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,      -- 1, 2, … in the order of the text
    question INTEGER REFERENCES question (key) ON DELETE CASCADE,
    answer INTEGER REFERENCES answer (key) ON DELETE CASCADE,
    section INTEGER REFERENCES section (key) ON DELETE CASCADE,
    text TEXT NOT NULL,             -- reading view
    start INTEGER NOT NULL,         -- span in the extracted text, Unicode code points
    "end" INTEGER NOT NULL,
    UNIQUE (document, position),
    CHECK ((question IS NOT NULL) + (answer IS NOT NULL) + (section IS NOT NULL) = 1),
    CHECK (start <= "end")
);

CREATE TABLE footnote (
    document INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    system TEXT NOT NULL,
    mark TEXT NOT NULL,
    text TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

-- Words: Dutch stems, made by word_index.terms. Without content of its own; rowid = passage.key.
CREATE VIRTUAL TABLE words USING fts5 (stems, content = '', tokenize = "unicode61 remove_diacritics 0");

-- Each distinct text has one vector, however many pieces carry it.
CREATE TABLE encoded_text (
    key INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE       -- of how it is encoded (as query or passage) and the text itself
);

CREATE TABLE vector (
    encoded_text INTEGER PRIMARY KEY REFERENCES encoded_text (key) ON DELETE CASCADE,
    data BLOB NOT NULL              -- float16, little endian, L2-normalised
);

-- What still has to be encoded; a document without vectors is found by its words.
CREATE TABLE to_encode (
    encoded_text INTEGER PRIMARY KEY REFERENCES encoded_text (key) ON DELETE CASCADE,
    as_query INTEGER NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE piece (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    first INTEGER NOT NULL,         -- keys of the first and last passage it covers
    last INTEGER NOT NULL,
    encoded_text INTEGER NOT NULL REFERENCES encoded_text (key)
);
CREATE INDEX piece_by_document ON piece (document);
CREATE INDEX piece_by_encoded_text ON piece (encoded_text);

-- What was taken out, so that caches beside the bank can follow.
CREATE TABLE removal (
    generation INTEGER NOT NULL,
    first_passage INTEGER,
    last_passage INTEGER,
    first_piece INTEGER,
    last_piece INTEGER
);
CREATE INDEX removal_by_generation ON removal (generation);
