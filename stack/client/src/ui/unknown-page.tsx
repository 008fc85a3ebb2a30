import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { PageTitle } from "./page-title.tsx";

export function UnknownPage(): ReactNode {
  return (
    <div className="empty-state">
      <PageTitle>Page not found</PageTitle>
      <p>There is nothing at this address. It may be mistyped.</p>
      <Link className="button button-primary" to={{ page: "board", state: null }}>
        Go to the mission board
      </Link>
    </div>
  );
}
