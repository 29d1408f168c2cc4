-- Who has a dossier open is told at once who looks at it and who changes it, on a channel of that dossier alone: all the
-- others sleep on. And how far each is stands beside it, so that a list need not read its log.

ALTER TABLE kamerantwoord.dossier ADD state text NOT NULL DEFAULT '' CHECK (length(state) <= 100);

CREATE FUNCTION kamerantwoord.channel_of(dossier_id text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT 'kamerantwoord_' || md5(dossier_id) $$;

CREATE FUNCTION kamerantwoord.tell_of_step() RETURNS trigger
LANGUAGE plpgsql SET search_path = kamerantwoord, pg_temp AS $$
BEGIN
    PERFORM pg_notify(channel_of(NEW.dossier), 'step ' || NEW.number);
    RETURN NULL;
END $$;
CREATE TRIGGER told AFTER INSERT ON kamerantwoord.dossier_step
    FOR EACH ROW EXECUTE FUNCTION kamerantwoord.tell_of_step();

CREATE FUNCTION kamerantwoord.tell_of_people() RETURNS trigger
LANGUAGE plpgsql SET search_path = kamerantwoord, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'dossier' THEN
        PERFORM pg_notify(channel_of(NEW.id), 'people'), pg_notify('kamerantwoord', 'given ' || NEW.owner);
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM pg_notify(channel_of(OLD.dossier), 'people');
    ELSE
        PERFORM pg_notify(channel_of(NEW.dossier), 'people'), pg_notify('kamerantwoord', 'given ' || NEW.name);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER told AFTER INSERT OR DELETE ON kamerantwoord.assignment
    FOR EACH ROW EXECUTE FUNCTION kamerantwoord.tell_of_people();
CREATE TRIGGER told AFTER UPDATE OF owner ON kamerantwoord.dossier
    FOR EACH ROW EXECUTE FUNCTION kamerantwoord.tell_of_people();

CREATE OR REPLACE FUNCTION kamerantwoord.look(dossier_id text, at_question integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kamerantwoord, pg_temp AS $$
-- This user looks at a question now; NULL: at none any more. Told only when that is another one than before.
DECLARE
    before integer;
BEGIN
    SELECT l.question INTO before FROM looking l WHERE l.dossier = dossier_id AND l.name = session_user
        AND l.seen > clock_timestamp() - interval '1 minute';
    IF at_question IS NULL THEN
        DELETE FROM looking l WHERE l.dossier = dossier_id AND l.name = session_user;
    ELSE
        INSERT INTO looking (dossier, question) SELECT d.id, at_question FROM dossier d WHERE d.id = dossier_id
        ON CONFLICT (dossier, name) DO UPDATE SET question = excluded.question, seen = clock_timestamp();
    END IF;
    IF before IS DISTINCT FROM at_question THEN
        PERFORM pg_notify(channel_of(dossier_id), 'look');
    END IF;
END $$;

CREATE FUNCTION kamerantwoord.put_state(dossier_id text, words text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = kamerantwoord, pg_temp AS $$
    UPDATE dossier SET state = words WHERE id = dossier_id AND state <> words;
$$;

REVOKE ALL ON FUNCTION kamerantwoord.channel_of, kamerantwoord.tell_of_step, kamerantwoord.tell_of_people,
    kamerantwoord.put_state FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kamerantwoord.put_state TO kamerantwoord_opsteller;
