import { lazy, Suspense } from "react";
import { Link } from "react-router";
import { useNow } from "../freshness/clock";
import { useFeed } from "../freshness/feed";
import { moment } from "../freshness/order";
import { bungieDown } from "../freshness/state";
import { ago, clock } from "../freshness/words";
import { useAt } from "../past/at";
import { Icon } from "../ui/Icon";
import { messages, PARTS } from "./messages";
import { SignInForm } from "./SignInForm";

const PastBand = lazy(() => import("../past/PastBand").then((module) => ({ default: module.PastBand })));

/** What concerns the whole page, under the top bar: which moment of the past it shows, and one band at most, the gravest. */
export function Bands() {
  const at = useAt();
  return (
    <>
      <Gravest at={at} />
      {at && (
        <Suspense>
          <PastBand at={at} />
        </Suspense>
      )}
    </>
  );
}

function Gravest({ at }: { at?: string }) {
  const { profile, status, problem, online, ended } = useFeed();
  if (!profile) return null;
  if (!online) return <Offline read={moment(profile)} />;
  if (ended) return <Ended read={moment(profile)} />;
  if (problem?.status === 401) return <SignedOut />;
  if (problem?.code === "no-answer") return <Silent />;
  // What Bungie says now changes nothing that was.
  if (at) return null;
  if (bungieDown(status, problem)) return <Down read={moment(profile)} />;
  return <Incomplete />;
}

function Offline({ read }: { read: number }) {
  const now = useNow(10);
  return (
    <div className="band" role="status">
      <Icon name="wifi-off" />
      <div className="grow">
        <b>{messages.offline}</b> {messages.offlineWhy(ago(read, now))}
      </div>
    </div>
  );
}

function Ended({ read }: { read: number }) {
  const now = useNow(60);
  return (
    <div className="band warn" role="alert">
      <Icon name="key" />
      <div className="grow">
        <b>{messages.endedTitle}</b> {messages.endedWhy(clock(read, now))}
      </div>
      <SignInForm small />
    </div>
  );
}

/** The session on this device is over. Loading the page again leads through the sign-in and back to this place. */
function SignedOut() {
  return (
    <div className="band warn" role="alert">
      <Icon name="key" />
      <div className="grow">
        <b>{messages.signedOut}.</b> {messages.signedOutWhy}
      </div>
      <a className="btn btn-primary btn-sm" href={location.pathname + location.search}>
        {messages.signIn}
      </a>
    </div>
  );
}

function Silent() {
  return (
    <div className="band warn" role="status">
      <Icon name="alert-triangle" />
      <div className="grow">
        <b>{messages.silent}</b> {messages.silentWhy}
        <NextTry />
      </div>
    </div>
  );
}

function Down({ read }: { read: number }) {
  const { status } = useFeed();
  const now = useNow(60);
  const state = status?.bungie.state;
  const what = state === "maintenance" ? messages.maintenance : state === "unreachable" ? messages.unreachable : messages.refused;
  return (
    <div className="band warn" role="status">
      <Icon name="barrier-block" />
      <div className="grow">
        <b>{what}</b> {messages.showing(clock(read, now))}
        <NextTry />
      </div>
      <Link to="/system" className="nowrap">
        {messages.status}
      </Link>
    </div>
  );
}

/** Counts down in sight only: a screen reader would hear each second. */
function NextTry() {
  const { next } = useFeed();
  const now = useNow();
  if (next === undefined || next <= now) return null;
  return <span aria-hidden="true"> {messages.nextTry(Math.ceil((next - now) / 1000))}</span>;
}

function Incomplete() {
  const { profile } = useFeed();
  const missing = profile?.incomplete;
  if (!missing?.length) return null;
  const parts = [...new Set(missing.map((each) => PARTS[each.component.split(".").at(-1)!] ?? each.component))];
  return (
    <div className="band" role="status">
      <Icon name="info-circle" />
      <div className="grow">
        <b>{messages.incomplete(parts.join(", "))}</b> {messages.incompleteWhy}
      </div>
    </div>
  );
}
