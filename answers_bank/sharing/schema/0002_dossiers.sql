-- Shared dossiers: for each a log of steps that is only ever added to. A step names the parts that it consists of (answers,
-- questions) by their hash; a part that did not change is stored once. Who may only read the bank sees no dossiers.

CREATE TABLE kamerantwoord.dossier (
    id text PRIMARY KEY CHECK (id ~ '^[[:alnum:]_][[:alnum:]_.-]{0,120}$'),
    owner text NOT NULL DEFAULT session_user,
    title text NOT NULL CHECK (length(title) <= 1000),
    step bigint NOT NULL,           -- the present one
    made timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE kamerantwoord.dossier_part (
    dossier text NOT NULL REFERENCES kamerantwoord.dossier (id),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    content bytea NOT NULL CHECK (octet_length(content) <= 33554432),  -- compressed JSON
    PRIMARY KEY (dossier, hash)
);
ALTER TABLE kamerantwoord.dossier_part ALTER content SET STORAGE EXTERNAL;

CREATE TABLE kamerantwoord.dossier_step (
    dossier text NOT NULL REFERENCES kamerantwoord.dossier (id),
    number bigint NOT NULL,
    after bigint,                   -- the step that it was made of
    aside boolean NOT NULL,         -- the text of who came second where two changed the same; never the present one
    label text NOT NULL CHECK (length(label) <= 200),
    header text NOT NULL CHECK (length(header) <= 1000000),
    taken_by text NOT NULL DEFAULT session_user,
    taken_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (dossier, number)
);

CREATE TABLE kamerantwoord.assignment (
    dossier text NOT NULL REFERENCES kamerantwoord.dossier (id),
    question integer NOT NULL,      -- 0: the whole set
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    given_by text NOT NULL DEFAULT session_user,
    given_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (dossier, question, name)
);

-- Who is looking at which question; of no use after a minute.
CREATE UNLOGGED TABLE kamerantwoord.looking (
    dossier text NOT NULL,
    name text NOT NULL DEFAULT session_user,
    question integer NOT NULL,
    seen timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (dossier, name)
);

CREATE FUNCTION kamerantwoord.put_step(
    dossier_id text, dossier_title text, expected bigint, step_label text, step_header text,
    hashes bytea[], contents bytea[], step_aside boolean
) RETURNS TABLE (accepted boolean, present bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kamerantwoord, pg_temp AS $$
-- Add a step after step `expected`, 0 for a new dossier; not accepted, and nothing written, where another one came first.
DECLARE
    next_number bigint;
BEGIN
    IF expected = 0 THEN
        INSERT INTO dossier (id, title, step) VALUES (dossier_id, dossier_title, 0) ON CONFLICT DO NOTHING;
        accepted := FOUND;
        present := 0;
        IF NOT accepted THEN
            SELECT d.step INTO present FROM dossier d WHERE d.id = dossier_id;
            RETURN NEXT;
            RETURN;
        END IF;
    ELSE
        SELECT d.step INTO present FROM dossier d WHERE d.id = dossier_id FOR UPDATE;
        IF NOT FOUND OR (present <> expected AND NOT step_aside) THEN
            accepted := false;
            RETURN NEXT;
            RETURN;
        END IF;
    END IF;
    accepted := true;
    IF step_aside AND EXISTS (
        SELECT 1 FROM dossier_step s WHERE s.dossier = dossier_id AND s.aside AND s.header = step_header
    ) THEN
        RETURN NEXT;  -- sent before, and the answer was lost
        RETURN;
    END IF;
    SELECT coalesce(max(s.number), 0) + 1 INTO next_number FROM dossier_step s WHERE s.dossier = dossier_id;
    INSERT INTO dossier_part SELECT dossier_id, h, c FROM unnest(hashes, contents) AS given (h, c)
        ON CONFLICT DO NOTHING;
    INSERT INTO dossier_step (dossier, number, after, aside, label, header)
        VALUES (dossier_id, next_number, nullif(expected, 0), step_aside, step_label, step_header);
    IF NOT step_aside THEN
        UPDATE dossier SET step = next_number WHERE id = dossier_id;
        present := next_number;
    END IF;
    PERFORM pg_notify('kamerantwoord', 'dossier ' || dossier_id);
    RETURN NEXT;
END $$;

CREATE FUNCTION kamerantwoord.may_assign(dossier_id text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = kamerantwoord, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM dossier WHERE id = dossier_id AND owner = session_user)
        OR EXISTS (SELECT 1 FROM assignment WHERE dossier = dossier_id AND name = session_user AND question = 0)
        OR pg_has_role(session_user, 'kamerantwoord_beheerder', 'usage');
$$;

CREATE FUNCTION kamerantwoord.assign(dossier_id text, questions integer[], whom text, gone boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kamerantwoord, pg_temp AS $$
BEGIN
    IF NOT may_assign(dossier_id) THEN
        RETURN false;
    END IF;
    IF gone THEN
        DELETE FROM assignment a WHERE a.dossier = dossier_id AND a.name = whom AND a.question = ANY (questions);
    ELSE
        INSERT INTO assignment (dossier, question, name) SELECT dossier_id, q, whom FROM unnest(questions) AS q
            ON CONFLICT DO NOTHING;
    END IF;
    PERFORM pg_notify('kamerantwoord', 'dossier ' || dossier_id);
    RETURN true;
END $$;

CREATE FUNCTION kamerantwoord.give(dossier_id text, whom text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kamerantwoord, pg_temp AS $$
BEGIN
    UPDATE dossier SET owner = whom WHERE id = dossier_id
        AND (owner = session_user OR pg_has_role(session_user, 'kamerantwoord_beheerder', 'usage'));
    RETURN FOUND;
END $$;

CREATE FUNCTION kamerantwoord.look(dossier_id text, at_question integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = kamerantwoord, pg_temp AS $$
    INSERT INTO looking (dossier, question) VALUES (dossier_id, at_question)
    ON CONFLICT (dossier, name) DO UPDATE SET question = excluded.question, seen = clock_timestamp();
$$;

REVOKE ALL ON FUNCTION kamerantwoord.put_step, kamerantwoord.may_assign, kamerantwoord.assign, kamerantwoord.give,
    kamerantwoord.look FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kamerantwoord.put_step, kamerantwoord.may_assign, kamerantwoord.assign, kamerantwoord.give,
    kamerantwoord.look TO kamerantwoord_opsteller;
GRANT SELECT ON kamerantwoord.dossier, kamerantwoord.dossier_part, kamerantwoord.dossier_step, kamerantwoord.assignment,
    kamerantwoord.looking TO kamerantwoord_opsteller;
