-- Files that could not be read, and why: not tried again before they change, or before the user asks for it.
CREATE TABLE set_aside (
    path TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    reader TEXT NOT NULL,           -- version of the program that tried
    reason TEXT NOT NULL,
    noted TEXT NOT NULL             -- when
) WITHOUT ROWID;
