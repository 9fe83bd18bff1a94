import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ago, clock, inFull } from "../freshness/words";
import { Outline } from "../ui/Icon";
import { messages } from "./messages";
import { Trouble } from "../ui/Trouble";
import { Waiting } from "../ui/Waiting";

interface PanelProps {
  id: string;
  title: string;
  /** At the right of the title. */
  aside?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

export function Panel({ id, title, aside, wide, children }: PanelProps) {
  return (
    <section className={`panel ${wide ? "s7" : ""}`} aria-labelledby={id}>
      <div className="panel-h">
        <h2 id={id} className="grow">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** What a query brought. Each panel waits and fails alone; what it showed before stays while it asks again. */
export function Asked<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  const { data, error, refetch } = query;
  if (data !== undefined) return children(data);
  if (!error) return <Waiting className="panel-b stack-2 sys-wait" label={messages.reading} widths={[60, 85, 45]} />;
  return <Trouble heading="h3" title={messages.panelFailed} error={error} onRetry={() => void refetch()} />;
}

export type Tone = "ok" | "warn" | "bad" | "info";

/** A state: its picture and its word. */
export function Chip({ tone, path, turns, children }: { tone: Tone; path: string; turns?: boolean; children: ReactNode }) {
  return (
    <span className={`chip chip-${tone}`}>
      <Outline path={path} extra={`i-14 ${turns ? "spin" : ""}`} />
      {children}
    </span>
  );
}

/** Names and values. What has none is left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts2 facts2-f">
      {facts
        .filter(([, value]) => value !== undefined && value !== null && value !== "" && value !== false)
        .map(([name, value]) => (
          <div key={name} className="facts2-r">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

const HOUR = 3_600_000;

/** A time that has been. */
export function Moment({ at, now }: { at: string; now: number }) {
  const then = Date.parse(at);
  return (
    <time dateTime={at} title={inFull(then)}>
      {now - then < HOUR ? ago(then, now) : clock(then, now)}
    </time>
  );
}

/** What came of something that was just asked for, said where it was asked. */
export function Outcome({ ok, children }: { ok: boolean; children: ReactNode }) {
  return (
    <p className={`t-13 mb-0 ${ok ? "t-2" : "t-danger"}`} role={ok ? "status" : "alert"}>
      {children}
    </p>
  );
}
