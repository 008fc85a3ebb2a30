-- Run by the last session in a database that another session is about to rename: waits until that one
-- holds the lock that keeps newcomers out, then ends every other session in here.
DO $$
BEGIN
  FOR look IN 1..100 LOOP
    EXIT WHEN EXISTS (SELECT FROM pg_locks
      WHERE classid = 'pg_database'::regclass AND mode = 'AccessExclusiveLock' AND granted
        AND objid = (SELECT oid FROM pg_database WHERE datname = current_database()));
    IF look = 100 THEN
      RAISE EXCEPTION 'waited 2 s for the lock on the database: it was not taken';
    END IF;
    PERFORM pg_sleep(0.02);
  END LOOP;
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
  FOR look IN 1..100 LOOP
    PERFORM pg_stat_clear_snapshot();
    EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid());
    IF look = 100 THEN
      RAISE EXCEPTION 'waited 2 s for the other sessions to end: they did not';
    END IF;
    PERFORM pg_sleep(0.02);
  END LOOP;
END
$$;
