-- What people say of documents (corrections of metadata) and of standard passages (owner, note, date of review): every
-- saying, only ever added to. Of two about one field the later one holds; each bank sees that by itself.

CREATE TABLE kamerantwoord.saying (
    generation bigint PRIMARY KEY,
    about text NOT NULL CHECK (about IN ('document', 'passage')),
    subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 300),
    field text NOT NULL CHECK (field ~ '^[a-z_-]{1,60}$'),
    value text CHECK (length(value) <= 4000),   -- NULL: taken back
    said_by text NOT NULL CHECK (length(said_by) <= 200),
    said_at text NOT NULL CHECK (said_at ~ '^[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9:.]{15}Z$'),   -- by the clock of who said it
    sent_by text NOT NULL DEFAULT session_user,
    sent_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX saying_by_field ON kamerantwoord.saying (subject, field, said_at);

CREATE FUNCTION kamerantwoord.put_sayings(
    abouts text[], subjects text[], fields text[], the_values text[], people text[], moments text[]
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kamerantwoord, pg_temp AS $$
-- Add what is new among these; how many that were.
DECLARE
    added bigint := 0;
BEGIN
    PERFORM 1 FROM turn FOR UPDATE;
    FOR n IN 1 .. coalesce(array_length(abouts, 1), 0) LOOP
        IF NOT EXISTS (
            SELECT 1 FROM saying s WHERE s.about = abouts[n] AND s.subject = subjects[n] AND s.field = fields[n]
                AND s.said_at = moments[n] AND s.said_by = people[n] AND s.value IS NOT DISTINCT FROM the_values[n]
        ) THEN
            INSERT INTO saying (generation, about, subject, field, value, said_by, said_at)
                VALUES (nextval('generation'), abouts[n], subjects[n], fields[n], the_values[n], people[n], moments[n]);
            added := added + 1;
        END IF;
    END LOOP;
    IF added > 0 THEN
        PERFORM pg_notify('kamerantwoord', 'saying');
    END IF;
    RETURN added;
END $$;

REVOKE ALL ON FUNCTION kamerantwoord.put_sayings FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kamerantwoord.put_sayings TO kamerantwoord_opsteller;
GRANT SELECT ON kamerantwoord.saying TO kamerantwoord_lezer;
