import { Component, type ReactNode } from "react";
import { Mid } from "../ui/Mid";
import { messages } from "./messages";

interface Props {
  children: ReactNode;
  /** Shown instead of the words about a broken page: what can be done without goes quietly. */
  instead?: ReactNode;
}

/** The last resort: a page broke while it was drawn. The rest of the frame stays. */
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    if (this.props.instead !== undefined) return this.props.instead;
    return (
      <div className="page">
        <Mid
          icon="alert-triangle"
          tone="bad"
          heading="h1"
          title={messages.brokeTitle}
          actions={
            <>
              <button type="button" className="btn btn-quiet" onClick={() => location.reload()}>
                {messages.load}
              </button>
              <a className="btn btn-ghost" href="/vault">
                {messages.toVault}
              </a>
            </>
          }
        >
          <p>{messages.brokeWhy}</p>
        </Mid>
      </div>
    );
  }
}
