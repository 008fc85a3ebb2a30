-- Up Migration

-- One row that says whether the replicas may trust their shared cache, and under which generation
-- of keys. The protocol around it is argued in stack/server/src/cache/cache-lease.ts.
CREATE TABLE cache_lease (
  only_row boolean PRIMARY KEY DEFAULT true,
  generation uuid NOT NULL DEFAULT gen_random_uuid(),
  open boolean NOT NULL DEFAULT true,
  unreachable_seen_at timestamptz NOT NULL DEFAULT '-infinity',
  CONSTRAINT cache_lease_only_row CHECK (only_row)
);

INSERT INTO cache_lease DEFAULT VALUES;

-- Holds the generation still until the caller's transaction ends, and returns it. A function,
-- because the row must be read with a snapshot taken after the lock: the snapshot of the calling
-- statement is older than the change of generation that the lock may have waited for.
CREATE FUNCTION cache_lease_hold() RETURNS uuid
LANGUAGE plpgsql VOLATILE
SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7411, 1);
  RETURN (SELECT generation FROM cache_lease);
END
$$;

-- Ends a generation: every transaction that holds it has ended before the new one begins. Does
-- nothing when another caller was faster. Returns the row as it now stands.
CREATE FUNCTION cache_lease_turn(ended_generation uuid, becomes_open boolean)
RETURNS SETOF cache_lease
LANGUAGE plpgsql VOLATILE
SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7411, 1);
  UPDATE cache_lease
    SET generation = gen_random_uuid(),
        open = becomes_open,
        unreachable_seen_at =
          CASE WHEN becomes_open THEN unreachable_seen_at ELSE clock_timestamp() END
    WHERE generation = ended_generation;
  RETURN QUERY SELECT * FROM cache_lease;
END
$$;

REVOKE EXECUTE ON FUNCTION cache_lease_hold() FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION cache_lease_turn(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cache_lease_hold() TO missions_app;
GRANT EXECUTE ON FUNCTION cache_lease_turn(uuid, boolean) TO missions_app;
GRANT SELECT ON cache_lease TO missions_app;
GRANT UPDATE (generation, open, unreachable_seen_at) ON cache_lease TO missions_app;

-- Down Migration

DROP FUNCTION cache_lease_turn(uuid, boolean);
DROP FUNCTION cache_lease_hold();
DROP TABLE cache_lease;
