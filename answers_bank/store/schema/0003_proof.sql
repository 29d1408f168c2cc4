-- Proof that what is read is what was written, and that a cache follows this very bank.

-- Each change of the bank, chained: the mark of a change is a hash of the mark before it, a random salt and the change.
-- A cache that knows a generation by its mark follows this history, and not that of another copy of the bank.
CREATE TABLE history (
    generation INTEGER PRIMARY KEY,
    change TEXT NOT NULL,           -- JSON: what was added, replaced or taken out, with content hashes
    salt BLOB NOT NULL,
    mark BLOB NOT NULL
);

ALTER TABLE document ADD COLUMN crc INTEGER;    -- of what is known of it, its people included
ALTER TABLE passage ADD COLUMN crc INTEGER;     -- of its text, its place and what it belongs to
ALTER TABLE vector ADD COLUMN crc INTEGER;      -- of its data

UPDATE document SET crc = crc32(
    id, kind, title, source, date, submitted, received, case_number, document_number, aanhangsel, session_year,
    dossier, dossier_number, url, sha256,
    (SELECT group_concat(proof, '/') FROM (
        SELECT crc32(role, name, party, portfolio, office) AS proof FROM person WHERE person.document = document.key
        ORDER BY role, position)));
UPDATE passage SET crc = crc32(
    position, text, start, "end",
    (SELECT numbers FROM question WHERE question.key = passage.question),
    (SELECT numbers FROM answer WHERE answer.key = passage.answer),
    (SELECT heading FROM section WHERE section.key = passage.section));
UPDATE vector SET crc = crc32(data);
