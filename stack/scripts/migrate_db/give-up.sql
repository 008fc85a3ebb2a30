-- Cancels the session that waits for this one to leave, and with it the renames.
SELECT pg_terminate_backend(pid) FROM pg_locks
WHERE classid = 'pg_database'::regclass AND mode = 'AccessExclusiveLock' AND granted
  AND objid = (SELECT oid FROM pg_database WHERE datname = current_database());
