import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";

export function SiteHeader(): ReactNode {
  return (
    <header className="site-header">
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <div className="site-header-inner">
        <Link className="brand" to={{ page: "board", state: null }}>
          <img className="brand-mark" src="/favicon.svg" alt="" width="28" height="28" />
          <span>Hyper-Mission</span>
        </Link>
      </div>
    </header>
  );
}

export function SiteFooter(): ReactNode {
  return (
    <footer className="site-footer">
      <a href="/licenses.txt">Licenses</a>
    </footer>
  );
}
