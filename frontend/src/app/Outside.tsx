import { Suspense } from "react";
import { Outlet } from "react-router";
import { Icon } from "../ui/Icon";
import { Tips } from "../ui/Tips";
import "../styles/landing.scss";
import { ErrorBoundary } from "./ErrorBoundary";
import { Mark } from "./Mark";
import { messages } from "./messages";
import { useTheme } from "./theme";

const AFFILIATION = "Not affiliated with Bungie. Destiny is a trademark of Bungie, Inc.";

/** The frame for who is not signed in, around the pages that are for everybody: the front page's own, with the way in. */
export function Outside() {
  const [theme, turn] = useTheme();
  const label = theme === "dark" ? messages.toLight : messages.toDark;
  return (
    <>
      <a className="skip" href="#main">
        {messages.skip}
      </a>
      <div className="land outside">
        <header className="land-top">
          <a className="row-c land-brand" href="/">
            <Mark />
            <span>{messages.product}</span>
          </a>
          <span className="row-c push">
            <button type="button" className="btn btn-ghost btn-icon" aria-label={label} data-tip={label} onClick={turn}>
              <Icon name={theme === "dark" ? "sun" : "moon"} />
            </button>
          </span>
        </header>
        <main id="main" tabIndex={-1}>
          <ErrorBoundary>
            <Suspense>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
        <footer className="land-foot">
          <a href="/">{messages.product}</a>
          <span className="push">{AFFILIATION}</span>
        </footer>
      </div>
      <Tips />
    </>
  );
}
