import { useEffect, useState } from "react";

const tickMs = 15_000;

/** The current time in milliseconds since the epoch, renewed often enough for "minutes ago". */
export function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
