import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { Link, Outlet, useLocation, useNavigate } from "react-router";
import { sessionQuery } from "../api/session";
import { useFeed } from "../freshness/feed";
import { openItemIn } from "../items/openItem";
import { Moves } from "../transfers/Moves";
import { Icon } from "../ui/Icon";
import { Tips } from "../ui/Tips";
import { usePhone } from "../ui/usePhone";
import { Skeleton } from "../vault/Skeleton";
import { Bands } from "./Bands";
import { ErrorBoundary } from "./ErrorBoundary";
import { useKeys } from "./keys";
import { Mark } from "./Mark";
import { messages } from "./messages";
import { entryOf, menuOf, NAVIGATION, type Entry } from "./navigation";
import { TopBar } from "./TopBar";

const MoreSheet = lazy(() => import("./MoreSheet").then((module) => ({ default: module.MoreSheet })));
const KeyHelp = lazy(() => import("./KeyHelp").then((module) => ({ default: module.KeyHelp })));

/** The frame around every page: rail or tab bar, top bar, bands. */
export function Shell() {
  const { pathname } = useLocation();
  const { profile, refresh } = useFeed();
  const menu = menuOf(useQuery(sessionQuery).data);
  const navigate = useNavigate();
  const phone = usePhone();
  const [help, setHelp] = useState(false);
  const [more, setMore] = useState(false);
  const closeMore = useCallback(() => setMore(false), [setMore]);
  const here = entryOf(pathname);
  const sheet = phone && openItemIn(pathname) !== undefined;

  const goes = menu.map((entry) => [`g ${entry.key}`, () => void navigate(`/${entry.path}`)]);
  useKeys({ "?": () => setHelp(true), r: refresh, ...Object.fromEntries(goes), ...(more && { Escape: () => setMore(false) }) });
  useTitle(here, pathname);

  return (
    <>
      <a className="skip" href="#main">
        {messages.skip}
      </a>
      <div className="app" inert={sheet}>
        <nav className="rail" aria-label={messages.main}>
          <Link className="brand" to="/vault" aria-label={messages.product}>
            <Mark />
          </Link>
          <Rail entries={menu.filter((entry) => entry.rail === "top")} here={here} />
          <span className="grow" />
          <Rail entries={menu.filter((entry) => entry.rail === "foot")} here={here} />
        </nav>
        <div className="col-main">
          <TopBar title={here?.plain ? here.label : undefined} onHelp={() => setHelp(true)} />
          <Bands />
          <main id="main" tabIndex={-1}>
            <ErrorBoundary key={here?.path}>
              <Suspense fallback={<Skeleton />}>
                <Outlet />
              </Suspense>
            </ErrorBoundary>
          </main>
        </div>
      </div>
      {phone && <TabBar here={here} more={more} inert={sheet} onMore={() => setMore(!more)} />}
      {phone && more && (
        <Suspense>
          <MoreSheet profile={profile} menu={menu} onClose={closeMore} />
        </Suspense>
      )}
      <Moves />
      {help && (
        <Suspense>
          <KeyHelp onClose={() => setHelp(false)} />
        </Suspense>
      )}
      <Tips />
    </>
  );
}

function Rail({ entries, here }: { entries: Entry[]; here?: Entry }) {
  return entries.map((entry) => (
    <Link key={entry.path} className="nav-i" to={`/${entry.path}`} aria-current={entry === here ? "page" : undefined}>
      <Icon name={entry.icon} />
      {entry.label}
      <Around entry={entry} />
    </Link>
  ));
}

function TabBar({ here, more, inert, onMore }: { here?: Entry; more: boolean; inert: boolean; onMore: () => void }) {
  return (
    <nav className="tabbar" aria-label={messages.main} inert={inert}>
      {NAVIGATION.filter((entry) => entry.phone === "tab").map((entry) => (
        <Link key={entry.path} to={`/${entry.path}`} aria-current={entry === here && !more ? "page" : undefined}>
          <Icon name={entry.icon} />
          {entry.label}
          <Around entry={entry} />
        </Link>
      ))}
      <button
        type="button"
        data-more
        aria-expanded={more}
        aria-controls="more"
        aria-current={more || here?.phone === "more" ? "page" : undefined}
        onClick={onMore}
      >
        <Icon name="menu-2" />
        {messages.more}
      </button>
    </nav>
  );
}

/** Xûr, if he's around. */
function Around({ entry }: { entry: Entry }) {
  const { status } = useFeed();
  if (entry.path !== "xur" || status?.xur !== "here") return null;
  return <span className="around" role="img" aria-label={messages.around} />;
}

function useTitle(here: Entry | undefined, pathname: string): void {
  useEffect(() => {
    document.title = `${here?.label ?? messages.lostTitle} · ${messages.product}`;
  }, [here, pathname]);
}
