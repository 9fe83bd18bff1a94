import { useQuery } from "@tanstack/react-query";
import { memo, useId, useState, type ReactNode } from "react";
import { Link } from "react-router";
import { useNow } from "../freshness/clock";
import { clock } from "../freshness/words";
import { diffQuery } from "../past/asking";
import { MomentField } from "../past/MomentField";
import { Icon, Outline } from "../ui/Icon";
import { Trouble } from "../ui/Trouble";
import { addressOf, differenceOf } from "./addresses";
import { goneQuery } from "./asking";
import { TIMELINE_ICONS } from "./icons";
import { messages } from "./messages";
import type { HistoryEvent } from "./types";
import { dayOf } from "./words";

const WEEK = 7 * 86_400_000;
const HOUR = 3600;
const FEW = 5;

/** The day a week ago, in UTC. */
export const weekAgo = (now: number) => new Date(now - WEEK).toISOString().slice(0, 10);

/** Two moments side by side, what went this week, and the pages behind this one. `children`: between them. */
export function Aside({ children }: { children: ReactNode }) {
  return (
    <aside className="stack">
      <TwoMoments />
      <Gone />
      {children}
      <More />
    </aside>
  );
}

/** What differs between a moment and now, in three numbers. */
const TwoMoments = memo(function TwoMoments() {
  const now = useNow(HOUR);
  const { data: week } = useQuery(goneQuery(weekAgo(now)));
  const first = week?.first;
  const [chosen, choose] = useState<string>();
  const [end, setEnd] = useState<string>();
  const usual = new Date(now - WEEK).toISOString();
  const from = chosen ?? (first && first > usual ? first : usual);
  const { data, error, isPlaceholderData, refetch } = useQuery({ ...diffQuery(from, end), enabled: !!first });
  return (
    <section className="panel" aria-labelledby="two">
      <div className="panel-h">
        <h2 id="two">{messages.moments}</h2>
      </div>
      <div className="panel-b stack-2">
        <Moment label={messages.from} value={from} onChoose={choose} />
        {end ? (
          <Moment label={messages.to} value={end} onChoose={setEnd} onClear={() => setEnd(undefined)} />
        ) : (
          <div className="row-c between t-13">
            <span className="t-2">{messages.to}</span>
            <span className="row-c gap-4">
              <b className="t-b">{messages.now}</b>
              <button
                type="button"
                className="btn btn-ghost btn-sm btn-icon"
                aria-label={messages.choose}
                data-tip={messages.choose}
                onClick={() => setEnd(new Date(now).toISOString())}
              >
                <Icon name="pencil" extra="i-16" />
              </button>
            </span>
          </div>
        )}
        {error ? (
          <Trouble heading="h3" title={messages.failedDiff} error={error} onRetry={() => void refetch()} />
        ) : (
          <div className={`diff ${isPlaceholderData ? "ev-stale" : ""}`} role="status" aria-busy={!data || isPlaceholderData}>
            <Counted icon="plus" tone="t-accent" words={data && messages.foundCount(data.counts.found)} />
            <Counted icon="minus" tone="t-danger" words={data && messages.goneCount(data.counts.gone)} />
            <Counted icon="pencil" tone="t-2" words={data && messages.changedCount(data.counts.changed)} />
          </div>
        )}
        <Link className="btn btn-quiet w-100" to={differenceOf(from, end)}>
          {messages.show}
        </Link>
      </div>
    </section>
  );
});

interface MomentProps {
  label: string;
  /** ISO. */
  value: string;
  onChoose: (iso: string) => void;
  onClear?: () => void;
}

function Moment({ label, value, onChoose, onClear }: MomentProps) {
  const id = useId();
  return (
    <div className="row-c between t-13">
      <label className="t-2" htmlFor={id}>
        {label}
      </label>
      <span className="row-c gap-4">
        <MomentField id={id} label={label} value={value} onChoose={onChoose} />
        {onClear && (
          <button type="button" className="btn btn-ghost btn-sm btn-icon" aria-label={messages.backToNow} onClick={onClear}>
            <Icon name="x" extra="i-16" />
          </button>
        )}
      </span>
    </div>
  );
}

function Counted({ icon, tone, words }: { icon: "plus" | "minus" | "pencil"; tone: string; words?: string }) {
  return (
    <span className={tone}>
      {icon === "minus" ? <Outline path={TIMELINE_ICONS.minus} extra="i-14" /> : <Icon name={icon} extra="i-14" />}
      {words ?? messages.comparing}
    </span>
  );
}

interface Lot {
  event: HistoryEvent;
  pieces: number;
}

/** What went on one day under one name is one line. */
function lotsOf(events: readonly HistoryEvent[]): Lot[] {
  const lots = new Map<string, Lot>();
  for (const event of events) {
    const key = `${event.name} ${dayOf(event.at)}`;
    const lot = lots.get(key);
    if (lot) lot.pieces += event.quantity ?? 1;
    else lots.set(key, { event, pieces: event.quantity ?? 1 });
  }
  return [...lots.values()];
}

const Gone = memo(function Gone() {
  const now = useNow(HOUR);
  const { data, error, refetch } = useQuery(goneQuery(weekAgo(now)));
  const lots = lotsOf(data?.events ?? []).slice(0, FEW);
  const all = data?.counts?.gone ?? 0;
  return (
    <section className="panel" aria-labelledby="gone">
      <div className="panel-h">
        <h2 id="gone">{messages.goneTitle}</h2>
        {all > 0 && (
          <Link className="push t-13" to="/timeline/lost">
            {messages.allGone(all)}
          </Link>
        )}
      </div>
      {error && <Trouble heading="h3" title={messages.failed} error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="ev-soon" aria-busy="true" />}
      {data && !lots.length && <p className="panel-b t-13 t-2 mb-0">{messages.noneGone}</p>}
      {lots.length > 0 && (
        <ul className="ev-list">
          {lots.map((lot) => (
            <li key={lot.event.id}>
              <GoneLine lot={lot} now={now} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
});

function GoneLine({ lot: { event, pieces }, now }: { lot: Lot; now: number }) {
  const words = (
    <>
      {event.icon ? <img src={event.icon} alt="" width="32" height="32" loading="lazy" /> : <span className="ev-no" aria-hidden="true" />}
      <span className="grow">
        <span className="d-block clip">{event.name}</span>
        <span className="t-12 t-3 d-block">
          {pieces > 1 && `${messages.pieces(pieces)}, `}
          {clock(Date.parse(event.at), now)}
        </span>
      </span>
    </>
  );
  if (!event.item) return <span className="ev-line">{words}</span>;
  return (
    <Link className="ev-line" to={addressOf(event.item, false)}>
      {words}
      <Icon name="chevron-right" extra="i-16 t-3" />
    </Link>
  );
} // prettier-ignore

const PAGES = [
  { to: "/ledgers", path: TIMELINE_ICONS.coin, title: messages.ledgers, why: messages.ledgersWhy },
  { to: "/timeline/lost", path: TIMELINE_ICONS.minus, title: messages.lost, why: messages.lostWhy },
];

const More = memo(function More() {
  return (
    <nav className="panel" aria-labelledby="others">
      <div className="panel-h">
        <h2 id="others">{messages.others}</h2>
      </div>
      <ul className="ev-list">
        {PAGES.map((page) => (
          <li key={page.to}>
            <Link className="ev-line" to={page.to}>
              <Outline path={page.path} />
              <span className="grow">
                {page.title}
                <span className="t-12 t-3 d-block">{page.why}</span>
              </span>
              <Icon name="chevron-right" extra="i-16 t-3" />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
});
