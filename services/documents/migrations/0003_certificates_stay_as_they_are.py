"""What was ordered and signed stays: wording, number and signature never change, a revocation is never taken back."""

from django.db import migrations

GUARD = """
CREATE FUNCTION documents_refuse_change_of_a_certificate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'certificates are never deleted: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.prefix, NEW.sequence, NEW.year, NEW.number, NEW.code, NEW.dedupe_key, NEW.reference, NEW.kind,
        NEW.agency_code, NEW.holder_name, NEW.title, NEW.content, NEW.template, NEW.signer, NEW.valid_from,
        NEW.valid_until, NEW.created_at)
        IS DISTINCT FROM
       (OLD.id, OLD.prefix, OLD.sequence, OLD.year, OLD.number, OLD.code, OLD.dedupe_key, OLD.reference, OLD.kind,
        OLD.agency_code, OLD.holder_name, OLD.title, OLD.content, OLD.template, OLD.signer, OLD.valid_from,
        OLD.valid_until, OLD.created_at)
    THEN
        RAISE EXCEPTION 'the wording of certificate % never changes', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'SIGNED'
        AND (NEW.state, NEW.file, NEW.sha256, NEW.signer_fingerprint, NEW.signed_at)
            IS DISTINCT FROM (OLD.state, OLD.file, OLD.sha256, OLD.signer_fingerprint, OLD.signed_at)
    THEN
        RAISE EXCEPTION 'certificate % is signed once', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.standing = 'REVOKED'
        AND (NEW.standing, NEW.revoked_at, NEW.revocation_reason)
            IS DISTINCT FROM (OLD.standing, OLD.revoked_at, OLD.revocation_reason)
    THEN
        RAISE EXCEPTION 'certificate % stays revoked', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER documents_certificate_stays BEFORE UPDATE OR DELETE ON documents_certificate
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change_of_a_certificate();
CREATE TRIGGER documents_certificates_are_never_emptied BEFORE TRUNCATE ON documents_certificate
    FOR EACH STATEMENT EXECUTE FUNCTION documents_refuse_change_of_a_certificate();
ALTER TABLE documents_certificate ENABLE ALWAYS TRIGGER documents_certificate_stays;
ALTER TABLE documents_certificate ENABLE ALWAYS TRIGGER documents_certificates_are_never_emptied;

CREATE FUNCTION documents_refuse_a_gap_in_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.id, NEW.prefix, NEW.year) IS NOT DISTINCT FROM (OLD.id, OLD.prefix, OLD.year)
        AND NEW.last_number = OLD.last_number + 1
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'numbers of certificates go up one by one: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER documents_numbers_go_up_one_by_one BEFORE UPDATE OR DELETE ON documents_numberseries
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_a_gap_in_numbers();
ALTER TABLE documents_numberseries ENABLE ALWAYS TRIGGER documents_numbers_go_up_one_by_one;
"""

UNGUARD = """
DROP TRIGGER documents_numbers_go_up_one_by_one ON documents_numberseries;
DROP FUNCTION documents_refuse_a_gap_in_numbers();
DROP TRIGGER documents_certificates_are_never_emptied ON documents_certificate;
DROP TRIGGER documents_certificate_stays ON documents_certificate;
DROP FUNCTION documents_refuse_change_of_a_certificate();
"""


class Migration(migrations.Migration):
    """Plain SQL, every trigger ENABLE ALWAYS, so that no session setting walks past it."""

    dependencies = [("documents", "0002_certificates_name_their_signer")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
