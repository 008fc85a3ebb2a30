import type { ReactNode } from "react";
import { useObservable } from "../live/use-observable.ts";
import { useServices } from "../services.ts";

export function AnnouncerOutput(): ReactNode {
  const { announcer } = useServices();
  return (
    <p className="visually-hidden" role="status">
      {useObservable(announcer.message)}
    </p>
  );
}
