import { Component, type ReactNode } from "react";

type Props = { readonly children: ReactNode };

/** Shows a way out where drawing the page failed, instead of a blank screen. */
export class ErrorBoundary extends Component<Props, { readonly hasFailed: boolean }> {
  override readonly state = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <main className="page">
        <div className="empty-state" role="alert">
          <h1>The mission board stopped</h1>
          <p>Something in this page failed. Your missions are not affected.</p>
          <button className="button button-primary" onClick={() => window.location.reload()}>
            Reload the page
          </button>
        </div>
      </main>
    );
  }
}
