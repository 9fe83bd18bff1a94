import { lazy, Suspense, type ReactNode } from "react";
import type { Profile, Status } from "../api/types";
import { useNow } from "../freshness/clock";
import { useFeed, type Feed } from "../freshness/feed";
import { bungieDown } from "../freshness/state";
import { useLaid } from "../moving/late";
import { Late } from "../moving/Late";
import { useAt } from "../past/at";
import { Mid } from "../ui/Mid";
import { Skeleton } from "../vault/Skeleton";
import { messages } from "./messages";
import { SignInForm } from "./SignInForm";

const PastGate = lazy(() => import("../past/PastGate").then((module) => ({ default: module.PastGate })));

interface Props {
  children: (profile: Profile) => ReactNode;
}

/** Shows a page once there is a profile, of now or of the moment that the address asks for. */
export function ProfileGate({ children }: Props) {
  const at = useAt();
  if (!at) return <Present>{children}</Present>;
  return (
    <Suspense fallback={<Skeleton />}>
      <PastGate at={at}>{children}</PastGate>
    </Suspense>
  );
}

/** Until there is a profile, what is being waited for or what went wrong. */
function Present({ children }: Props) {
  const feed = useFeed();
  const profile = useLaid(feed.profile);
  if (profile && (profile.characters.length || profile.items.length)) {
    return (
      <>
        {children(profile)}
        <Late profile={profile} />
      </>
    );
  }
  return <Without feed={feed} />;
}

function Without({ feed }: { feed: Feed }) {
  const { problem, profile, online, ended, status } = feed;
  const again = (
    <button type="button" className="btn btn-quiet" disabled={feed.reading} onClick={feed.refresh}>
      {messages.again}
    </button>
  );
  if (profile) {
    return (
      <Mid heading="h1" icon="users" title={messages.nobody} actions={again}>
        <p>{messages.nobodyWhy}</p>
      </Mid>
    );
  }
  if (!online) {
    return (
      <Mid heading="h1" icon="wifi-off" title={messages.offline}>
        <p>{messages.offlineEmpty}</p>
      </Mid>
    );
  }
  if (ended) {
    return (
      <Mid heading="h1" icon="key" tone="warn" title={messages.endedTitle} actions={<SignInForm />}>
        <p>{messages.endedWhy()}</p>
      </Mid>
    );
  }
  if (!problem) return <Skeleton />;
  if (problem.code === "definitions-missing") return <Definitions manifest={status?.manifest} />;
  if (problem.status === 401) {
    return (
      <Mid
        heading="h1"
        icon="key"
        title={messages.signedOut}
        actions={
          <a className="btn btn-primary" href={location.pathname + location.search}>
            {messages.signIn}
          </a>
        }
      >
        <p>{messages.signedOutWhy}</p>
      </Mid>
    );
  }
  const title = bungieDown(status, problem)
    ? messages.waitTitle
    : ({ "profile-private": messages.private, "account-not-found": messages.noAccount }[problem.code] ?? messages.failed);
  return (
    <Mid
      heading="h1"
      icon={bungieDown(status, problem) ? "barrier-block" : "alert-triangle"}
      tone="warn"
      title={title}
      reference={problem.reference}
      actions={again}
    >
      <p>{problem.message}</p>
      <Waiting next={feed.next} />
    </Mid>
  );
}

function Waiting({ next }: { next?: number }) {
  const now = useNow();
  if (next === undefined || next <= now) return null;
  return (
    <p className="t-13 t-3" aria-hidden="true">
      {messages.nextTry(Math.ceil((next - now) / 1000))}
    </p>
  );
}

/** The definitions are being fetched for the first time. */
export function Definitions({ manifest }: { manifest?: Status["manifest"] }) {
  const percent = Math.round(manifest?.percent ?? 0);
  return (
    <Mid heading="h1" icon="package" title={messages.definitions}>
      <p>{messages.definitionsWhy}</p>
      <div
        className="progress mid-progress"
        role="progressbar"
        aria-label={messages.definitions}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div className="progress-bar" style={{ width: `${percent}%` }} />
      </div>
      <p className="t-13 t-2" role="status">
        {manifest?.percent !== undefined && (manifest.sentence ?? manifest.step)}
      </p>
    </Mid>
  );
}
