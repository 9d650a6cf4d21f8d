-- The record: append-only, partitioned by month, its payloads erasable only with an event that says so.
-- Every trigger is ENABLE ALWAYS, so that no session setting walks past it.

CREATE TABLE audit_event (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    action varchar(100) NOT NULL,
    actor_kind varchar(20) NOT NULL,
    actor uuid,
    hat varchar(20) NOT NULL,
    agency varchar(60) NOT NULL,
    subject_kind varchar(40) NOT NULL,
    subject_key varchar(100) NOT NULL,
    case_version integer,
    xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
    commitment bytea NOT NULL,
    request_id varchar(64) NOT NULL,
    CONSTRAINT audit_event_pk PRIMARY KEY (id, at),
    CONSTRAINT audit_event_action_is_app_thing_past CHECK (action ~ '^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)+$'),
    CONSTRAINT audit_event_subject_is_named CHECK (subject_kind <> '' AND subject_key <> ''),
    CONSTRAINT audit_event_commitment_is_sha256 CHECK (octet_length(commitment) = 32)
) PARTITION BY RANGE (at);
CREATE INDEX audit_event_subject ON audit_event (subject_kind, subject_key, at);

CREATE TABLE audit_payload (
    event_id uuid NOT NULL,
    at timestamptz NOT NULL,
    salt bytea NOT NULL,
    payload text NOT NULL,
    CONSTRAINT audit_payload_pk PRIMARY KEY (event_id, at),
    CONSTRAINT audit_payload_of_an_event FOREIGN KEY (event_id, at) REFERENCES audit_event (id, at),
    CONSTRAINT audit_payload_salt_is_long CHECK (octet_length(salt) = 32)
) PARTITION BY RANGE (at);

CREATE TABLE audit_pending (
    event_id uuid NOT NULL CONSTRAINT audit_pending_pk PRIMARY KEY,
    at timestamptz NOT NULL
);

CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the record is append-only: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

-- An event belongs to the transaction that writes it, whatever the writer says.
CREATE FUNCTION audit_stamp_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.xact := pg_current_xact_id();
    RETURN NEW;
END $$;

-- No event without its place in the queue of the log, and no place without an event: the web role may not write here.
CREATE FUNCTION audit_await_log() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO public.audit_pending (event_id, at) VALUES (NEW.id, NEW.at);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_refuse_silent_erasure() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM public.audit_event
        WHERE subject_kind = 'event' AND subject_key = OLD.event_id::text
            AND action = 'audit.payload.erased' AND xact = pg_current_xact_id()
    ) THEN
        RAISE EXCEPTION 'a payload is erased only with an event of the same transaction that says so'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;

-- Whoever was granted DELETE by name may take pending rows; being the owner is not enough.
CREATE FUNCTION audit_leave_to_sequencer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_class c, aclexplode(c.relacl) AS a
        WHERE c.oid = TG_RELID AND a.privilege_type = 'DELETE'
            AND a.grantee <> c.relowner AND pg_get_userbyid(a.grantee) = current_user
    ) THEN
        RAISE EXCEPTION 'only the sequencer takes events that wait for the log'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION audit_erase_payload(erased uuid, erased_at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM public.audit_payload WHERE event_id = erased AND at = erased_at;
    RETURN FOUND;
END $$;

-- A partition is reached through its parent alone. The TRUNCATE trigger of a parent does not fire for it.
CREATE FUNCTION audit_guard_partition(partition regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    grantee name;
BEGIN
    EXECUTE format('CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON %s
                    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse_change()', partition);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER audit_refuse_truncate', partition);
    FOR grantee IN
        SELECT DISTINCT pg_get_userbyid(a.grantee) FROM pg_class c, aclexplode(c.relacl) AS a
        WHERE c.oid = partition AND a.grantee NOT IN (0, c.relowner)
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM %I', partition, grantee);
    END LOOP;
END $$;

-- Make the missing partitions of some months (of UTC), up to five years at once; return how many were made.
-- A month that already has rows in the default partition stays there.
CREATE FUNCTION audit_make_partitions(first_month date, months integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' SET timezone = 'UTC' AS $$
DECLARE
    parent text;
    partition text;
    opens timestamptz;
    closes timestamptz;
    occupied boolean;
    made integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('audit_make_partitions', 0));
    FOR step IN 0 .. least(months, 60) - 1 LOOP
        opens := date_trunc('month', first_month::timestamptz) + make_interval(months => step);
        closes := opens + interval '1 month';
        FOREACH parent IN ARRAY ARRAY['audit_event', 'audit_payload'] LOOP
            partition := parent || to_char(opens, '"_"YYYY"_"MM');
            CONTINUE WHEN to_regclass('public.' || partition) IS NOT NULL;
            EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I WHERE at >= %L AND at < %L)',
                           parent || '_default', opens, closes) INTO occupied;
            CONTINUE WHEN occupied;
            EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)',
                           partition, parent, opens, closes);
            PERFORM public.audit_guard_partition(format('public.%I', partition)::regclass);
            made := made + 1;
        END LOOP;
    END LOOP;
    RETURN made;
END $$;

CREATE TRIGGER audit_stamp_transaction BEFORE INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_stamp_transaction();
CREATE TRIGGER audit_await_log AFTER INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_await_log();
CREATE TRIGGER audit_refuse_change BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
ALTER TABLE audit_event
    ENABLE ALWAYS TRIGGER audit_stamp_transaction,
    ENABLE ALWAYS TRIGGER audit_await_log,
    ENABLE ALWAYS TRIGGER audit_refuse_change,
    ENABLE ALWAYS TRIGGER audit_refuse_truncate;

CREATE TRIGGER audit_refuse_change BEFORE UPDATE ON audit_payload
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_refuse_silent_erasure BEFORE DELETE ON audit_payload
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_silent_erasure();
CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON audit_payload
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
ALTER TABLE audit_payload
    ENABLE ALWAYS TRIGGER audit_refuse_change,
    ENABLE ALWAYS TRIGGER audit_refuse_silent_erasure,
    ENABLE ALWAYS TRIGGER audit_refuse_truncate;

CREATE TRIGGER audit_refuse_change BEFORE UPDATE ON audit_pending
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_leave_to_sequencer BEFORE DELETE ON audit_pending
    FOR EACH STATEMENT EXECUTE FUNCTION audit_leave_to_sequencer();
CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON audit_pending
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
ALTER TABLE audit_pending
    ENABLE ALWAYS TRIGGER audit_refuse_change,
    ENABLE ALWAYS TRIGGER audit_leave_to_sequencer,
    ENABLE ALWAYS TRIGGER audit_refuse_truncate;

CREATE TABLE audit_event_default PARTITION OF audit_event DEFAULT;
SELECT audit_guard_partition('audit_event_default');
CREATE TABLE audit_payload_default PARTITION OF audit_payload DEFAULT;
SELECT audit_guard_partition('audit_payload_default');

REVOKE ALL ON FUNCTION audit_erase_payload(uuid, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_make_partitions(date, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_guard_partition(regclass) FROM PUBLIC;
