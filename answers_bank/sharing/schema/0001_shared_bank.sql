-- The shared bank. Whoever runs this owns it all; others only read, and write through the functions below.
--
-- Those who write take turns (table turn), and a generation is given out within the turn. So generations become visible
-- in their order: who has read up to one has missed none before it. A function is one statement, sent in one message:
-- no turn is ever kept while the server waits for a client.

CREATE TABLE kamerantwoord.bank (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    identifier uuid NOT NULL DEFAULT gen_random_uuid(),
    made timestamptz NOT NULL DEFAULT now()
);
INSERT INTO kamerantwoord.bank DEFAULT VALUES;

CREATE TABLE kamerantwoord.turn (one boolean PRIMARY KEY DEFAULT true CHECK (one));
INSERT INTO kamerantwoord.turn DEFAULT VALUES;

CREATE SEQUENCE kamerantwoord.generation;

-- Every version of every document that anyone sent; only ever added to.
CREATE TABLE kamerantwoord.document_version (
    generation bigint PRIMARY KEY,
    id text NOT NULL CHECK (length(id) BETWEEN 1 AND 300),
    content_hash bytea NOT NULL CHECK (octet_length(content_hash) = 16),
    content bytea CHECK (octet_length(content) <= 67108864),    -- compressed JSON; NULL: it was removed
    reader text NOT NULL CHECK (reader ~ '^([0-9]{1,6}([.][0-9]{1,6}){0,3})?$'),  -- version of the program that read it
    sent_by text NOT NULL DEFAULT session_user,
    sent_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
ALTER TABLE kamerantwoord.document_version ALTER content SET STORAGE EXTERNAL;
CREATE INDEX document_version_by_id ON kamerantwoord.document_version (id, content_hash);

-- Which version of a document holds.
CREATE TABLE kamerantwoord.document (
    id text PRIMARY KEY,
    generation bigint NOT NULL UNIQUE REFERENCES kamerantwoord.document_version (generation)
);

CREATE TABLE kamerantwoord.model (
    key integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    source text NOT NULL,
    dimension integer NOT NULL CHECK (dimension BETWEEN 1 AND 16000),
    UNIQUE (name, source, dimension)
);

CREATE TABLE kamerantwoord.vector (
    model integer NOT NULL REFERENCES kamerantwoord.model (key),
    hash bytea NOT NULL CHECK (octet_length(hash) = 16),
    data bytea NOT NULL,            -- float16, little endian, L2-normalised
    PRIMARY KEY (model, hash)
);
ALTER TABLE kamerantwoord.vector ALTER data SET STORAGE PLAIN;

-- Who takes part, and how far they are.
CREATE TABLE kamerantwoord.member (
    name text NOT NULL,
    bank text NOT NULL CHECK (length(bank) <= 64),
    program text NOT NULL CHECK (length(program) <= 64),
    generation bigint NOT NULL,
    seen timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (name, bank)
);

CREATE FUNCTION kamerantwoord.put_documents(
    ids text[], hashes bytea[], contents bytea[], readers text[], bases bigint[], again boolean
) RETURNS TABLE (document_id text, outcome text, held bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kamerantwoord, pg_temp AS $$
-- For each document: what became of it, and the generation that holds now. bases: the generation that the sender had
-- seen, 0 where none. A NULL among contents removes. again: also what was removed with these very contents.
DECLARE
    now_held document_version;
    new_version bigint;
    newer integer;
BEGIN
    PERFORM 1 FROM turn FOR UPDATE;
    FOR n IN 1 .. coalesce(array_length(ids, 1), 0) LOOP
        document_id := ids[n];
        SELECT v.* INTO now_held FROM document d JOIN document_version v ON v.generation = d.generation
            WHERE d.id = ids[n];
        held := now_held.generation;
        IF contents[n] IS NULL THEN
            IF held IS NULL OR now_held.content IS NULL THEN
                outcome := 'same';
            ELSIF bases[n] <> held THEN
                outcome := 'kept';      -- someone changed it meanwhile: a change goes before a removal
            ELSE
                outcome := 'removed';
            END IF;
        ELSIF held IS NULL THEN
            outcome := 'added';
        ELSIF now_held.content_hash = hashes[n] AND (now_held.content IS NULL OR bases[n] <> held
            OR now_held.content = contents[n])  -- else: it claims that hash, the sender saw it, and could not read it
        THEN
            outcome := CASE WHEN now_held.content IS NOT NULL THEN 'same' WHEN again THEN 'added' ELSE 'gone' END;
        ELSIF now_held.content IS NULL THEN
            outcome := 'added';
        ELSIF now_held.content_hash = hashes[n] THEN
            outcome := 'updated';
        ELSE
            newer := CASE
                WHEN string_to_array(readers[n], '.')::integer[] > string_to_array(now_held.reader, '.')::integer[]
                    THEN 1
                WHEN string_to_array(readers[n], '.')::integer[] < string_to_array(now_held.reader, '.')::integer[]
                    THEN -1
                ELSE 0 END;
            outcome := CASE WHEN newer > 0 OR (newer = 0 AND bases[n] > 0) THEN 'updated' ELSE 'older' END;
        END IF;
        IF outcome IN ('added', 'updated', 'removed')
            OR (outcome = 'older' AND NOT EXISTS (
                SELECT 1 FROM document_version v
                WHERE v.id = ids[n] AND v.content_hash = hashes[n] AND v.content IS NOT NULL))
        THEN
            new_version := nextval('generation');
            INSERT INTO document_version (generation, id, content_hash, content, reader)
                VALUES (new_version, ids[n],
                    CASE WHEN contents[n] IS NULL THEN now_held.content_hash ELSE hashes[n] END,
                    contents[n], CASE WHEN contents[n] IS NULL THEN now_held.reader ELSE readers[n] END);
            IF outcome <> 'older' THEN
                INSERT INTO document AS d VALUES (ids[n], new_version)
                    ON CONFLICT (id) DO UPDATE SET generation = excluded.generation;
                held := new_version;
            END IF;
        END IF;
        RETURN NEXT;
    END LOOP;
    IF new_version IS NOT NULL THEN
        PERFORM pg_notify('kamerantwoord', 'bank ' || new_version);
    END IF;
END $$;

CREATE FUNCTION kamerantwoord.put_vectors(
    model_name text, model_source text, model_dimension integer, hashes bytea[], datas bytea[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kamerantwoord, pg_temp AS $$
DECLARE
    model_key integer;
BEGIN
    INSERT INTO model (name, source, dimension) VALUES (model_name, model_source, model_dimension)
        ON CONFLICT DO NOTHING;
    SELECT key INTO model_key FROM model
        WHERE name = model_name AND source = model_source AND dimension = model_dimension;
    IF EXISTS (SELECT 1 FROM unnest(datas) AS d WHERE octet_length(d) <> 2 * model_dimension) THEN
        RAISE EXCEPTION 'a vector of another length' USING ERRCODE = 'data_exception';
    END IF;
    -- In one order for all, so that two who send the same texts do not wait for each other.
    INSERT INTO vector SELECT model_key, h, d FROM unnest(hashes, datas) AS given (h, d) ORDER BY h
        ON CONFLICT DO NOTHING;
    PERFORM pg_notify('kamerantwoord', 'vector');
END $$;

CREATE FUNCTION kamerantwoord.seen(bank_id text, program_version text, upto bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = kamerantwoord, pg_temp AS $$
    INSERT INTO member (name, bank, program, generation) VALUES (session_user, bank_id, program_version, upto)
    ON CONFLICT (name, bank) DO UPDATE
        SET program = excluded.program, generation = excluded.generation, seen = clock_timestamp();
$$;

CREATE FUNCTION kamerantwoord.left_bank(bank_id text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = kamerantwoord, pg_temp AS $$
    DELETE FROM member WHERE name = session_user AND bank = bank_id;
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA kamerantwoord FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kamerantwoord.seen, kamerantwoord.left_bank TO kamerantwoord_lezer;
GRANT EXECUTE ON FUNCTION kamerantwoord.put_documents, kamerantwoord.put_vectors TO kamerantwoord_opsteller;
GRANT SELECT ON ALL TABLES IN SCHEMA kamerantwoord TO kamerantwoord_lezer;
GRANT SELECT ON kamerantwoord.generation TO kamerantwoord_lezer;
