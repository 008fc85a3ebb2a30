import { useEffect, type ReactNode } from "react";
import { pageTitleId } from "../routing/use-arrival.ts";

/** The main heading of a page; also names the tab. */
export function PageTitle({ children }: { readonly children: string }): ReactNode {
  useEffect(() => {
    document.title = `${children} · Hyper-Mission`;
  }, [children]);
  return (
    <h1 id={pageTitleId} className="page-title" tabIndex={-1}>
      {children}
    </h1>
  );
}
