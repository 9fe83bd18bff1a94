/** /xur: what he has now, or had the last time; /xur/:weekend: what our record has of one visit. For everybody. */

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, type ComponentProps, type ReactNode } from "react";
import { Link, useMatch, useSearchParams } from "react-router";
import { isPassing, Problem, sentenceOf } from "../api/client";
import { statusQuery } from "../api/status";
import type { ClassName } from "../api/types";
import { Definitions } from "../app/ProfileGate";
import { useNow } from "../freshness/clock";
import { bungieDown } from "../freshness/state";
import { clock } from "../freshness/words";
import "../styles/xur.scss";
import { Icon } from "../ui/Icon";
import { Mid } from "../ui/Mid";
import { isUnrecorded, visitQuery, xurQuery } from "../xur/asking";
import { Hero } from "../xur/Hero";
import { Mail } from "../xur/Mail";
import { messages } from "../xur/messages";
import type { Xur } from "../xur/types";
import { Visits } from "../xur/Visits";
import { Waiting } from "../xur/Waiting";
import { Wares } from "../xur/Wares";
import { weekendOf } from "../xur/words";
import { Worth } from "../xur/Worth";

const CLASS = "class";
const CLASSES = ["titan", "hunter", "warlock"];

export default function XurPage() {
  const weekend = useMatch("/xur/:weekend")?.params.weekend;
  const [guardian, choose] = useGuardian();
  const now = useQuery({ ...xurQuery(guardian), placeholderData: keepPreviousData });
  const visit = useQuery({ ...visitQuery(weekend ?? "", guardian), enabled: !!weekend, placeholderData: keepPreviousData });
  const { refetch } = now;
  const again = useCallback(() => void refetch(), [refetch]);
  useGoOn(now.error, again);
  if (!now.data) return now.error ? <Failed error={now.error} onRetry={again} /> : <Waiting />;

  const shown = weekend ? visit : now;
  return (
    <div className="page xur">
      <Hero xur={now.data} onTurn={again} />
      <div className="xgrid">
        <div className="stack">
          <Notes xur={now.data} weekend={weekend} visit={visit.data} failed={now.isRefetchError} />
          {shown.data ? (
            <Stock
              xur={shown.data}
              past={!!weekend || shown.data.of !== "now"}
              asked={guardian}
              busy={shown.isPlaceholderData}
              onGuardian={choose}
            />
          ) : (
            shown.error && <Unrecorded error={shown.error} onRetry={() => void shown.refetch()} />
          )}
        </div>
        <aside className="stack">
          {!weekend && now.data.of === "now" && now.data.signed_in && <Worth xur={now.data} />}
          <Visits
            visits={now.data.of === "now" ? now.data.visits.filter((each) => each.weekend !== now.data.weekend) : now.data.visits}
            title={now.data.of === "now" ? messages.earlier : messages.visits}
            shown={weekend ?? (now.data.of === "last" ? now.data.weekend : undefined)}
          />
          {now.data.signed_in && <Mail />}
        </aside>
      </div>
    </div>
  );
}

/** Whose wares: it stands in the address, so that a link shows the same. */
function useGuardian(): [ClassName | undefined, (guardian: ClassName) => void] {
  const [asked, ask] = useSearchParams();
  const wanted = asked.get(CLASS);
  const choose = useCallback((guardian: ClassName) => ask({ [CLASS]: guardian }, { replace: true }), [ask]);
  return [wanted && CLASSES.includes(wanted) ? (wanted as ClassName) : undefined, choose];
}

/** The definitions came while the page waited for them: go on. */
function useGoOn(error: Error | null, again: () => void): void {
  const { data: status } = useQuery(statusQuery);
  const ready = error instanceof Problem && error.code === "definitions-missing" && status?.manifest.state === "ready";
  useEffect(() => {
    if (ready) again();
  }, [ready, again]);
}

function Stock(props: ComponentProps<typeof Wares>) {
  const { xur } = props;
  if (xur.groups.some((group) => group.wares.length)) return <Wares {...props} />;
  const nothing = xur.of === "now";
  return (
    <div className="panel xempty">
      <Mid icon="package" title={nothing ? messages.nothingTitle : messages.noneTitle}>
        <p>{nothing ? messages.nothingWhy : messages.noneWhy}</p>
      </Mid>
    </div>
  );
}

interface NotesProps {
  xur: Xur;
  weekend?: string;
  visit?: Xur;
  /** What is shown was read before, and could not be read again. */
  failed: boolean;
}

/** What must be known of what is shown: that it is old, that it cannot be bought, that Bungie is silent. */
function Notes({ xur, weekend, visit, failed }: NotesProps) {
  const now = useNow(60);
  const { data: status } = useQuery(statusQuery);
  const down = failed || bungieDown(status, undefined);
  const shown = weekend ? visit?.weekend : xur.of === "last" ? xur.weekend : undefined;
  const read = xur.of === "now" && xur.read ? messages.asOf(clock(Date.parse(xur.read), now)) : "";
  return (
    <>
      {xur.state === "expected" && (
        <Note icon="clock" tone="info">
          {xur.sentence}
        </Note>
      )}
      {down && (
        <Note icon="barrier-block" tone="warn">
          <b>{status?.bungie.sentence ?? messages.down}</b> {!weekend && read}
        </Note>
      )}
      {shown && (
        <Note icon="info-circle" tone="info">
          <b>{(weekend ? messages.pastHere : messages.pastLast)(weekendOf(shown, now))}</b> {messages.pastWhy}{" "}
          {xur.state === "away" && !weekend && messages.keeps}{" "}
          {weekend && <Link to="/xur">{xur.of === "now" ? messages.toNow : messages.toLast}</Link>}
        </Note>
      )}
    </>
  );
}

function Note({
  icon,
  tone,
  children,
}: {
  icon: "clock" | "barrier-block" | "info-circle";
  tone: "info" | "warn";
  children: ReactNode;
}) {
  return (
    <div className={`note ${tone}`} role={tone === "warn" ? "status" : undefined}>
      <Icon name={icon} />
      <div className="grow">{children}</div>
    </div>
  );
}

function Unrecorded({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (!isUnrecorded(error)) return <Trouble error={error} onRetry={onRetry} />;
  return (
    <div className="panel xempty">
      <Mid
        icon="help-circle"
        title={messages.goneTitle}
        actions={
          <Link className="btn btn-quiet" to="/xur">
            {messages.goneBack}
          </Link>
        }
      >
        <p>{messages.goneWhy}</p>
      </Mid>
    </div>
  );
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { data: status } = useQuery(statusQuery);
  if (error instanceof Problem && error.code === "definitions-missing") return <Definitions manifest={status?.manifest} />;
  return <Trouble error={error} onRetry={onRetry} heading="h1" />;
}

function Trouble({ error, onRetry, heading }: { error: Error; onRetry: () => void; heading?: "h1" }) {
  const bungie = error instanceof Problem && error.code.startsWith("bungie-") && isPassing(error);
  return (
    <Mid
      heading={heading}
      icon={bungie ? "barrier-block" : "alert-triangle"}
      tone={bungie ? "warn" : "bad"}
      title={bungie ? messages.waits : messages.failed}
      reference={error instanceof Problem ? error.reference : undefined}
      actions={
        <button type="button" className="btn btn-quiet" onClick={onRetry}>
          {messages.again}
        </button>
      }
    >
      <p>{sentenceOf(error)}</p>
    </Mid>
  );
}
