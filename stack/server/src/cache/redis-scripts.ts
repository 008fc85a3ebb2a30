/**
 * The steps on one mission in Redis that must not be interleaved with others.
 *
 * KEYS[1] is the entry, KEYS[2] the set of marks of changes under way, each with the time of its
 * expiry in milliseconds of Redis's own clock: a mark that a dead replica left behind expires by
 * itself.
 */
const NOW_MS = "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000) ";

/**
 * ARGV: mark, lifetime in ms. Forbids storing and removes what is stored, a reader's ticket
 * included.
 */
export const BLOCK =
  NOW_MS +
  "redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1]) " +
  "redis.call('PEXPIRE', KEYS[2], ARGV[2]) " +
  "redis.call('DEL', KEYS[1]) return 'OK'";

/**
 * ARGV: mark. Removes the mark, and once more what is stored, in case the mark was lost on the way.
 */
export const UNBLOCK =
  "redis.call('ZREM', KEYS[2], ARGV[1]) redis.call('DEL', KEYS[1]) return 'OK'";

/** ARGV: ticket, lifetime in ms. `OK` if the caller may load and store, false otherwise. */
export const TAKE_TICKET =
  NOW_MS +
  "redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now) " +
  "if redis.call('EXISTS', KEYS[2]) == 1 then return false end " +
  "return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2])";

/** ARGV: ticket, entry, lifetime in ms. Stores the entry if the ticket is still there. */
export const STORE =
  "if redis.call('GET', KEYS[1]) ~= ARGV[1] then return false end " +
  "return redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])";
