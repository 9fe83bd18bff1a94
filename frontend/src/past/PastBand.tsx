import "../styles/past.scss";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { pastQuery } from "../api/profile";
import { useKeys } from "../app/keys";
import { useNow } from "../freshness/clock";
import { inFull } from "../freshness/words";
import { Icon } from "../ui/Icon";
import { beforeQuery, momentQuery } from "./asking";
import { atSearch } from "./at";
import { messages } from "./messages";
import { MomentField } from "./MomentField";
import type { PastProfile } from "./types";
import { useTravel } from "./useTravel";
import { when, whenSaid } from "./words";

/** Says which moment is shown and what happened then, and leads to the one before, the one after, another, or now. */
export function PastBand({ at }: { at: string }) {
  const { data, error, isPlaceholderData } = useQuery(pastQuery(at));
  const now = useNow(60);
  const travel = useTravel();
  const past = isPlaceholderData ? undefined : data;
  const steps = useSteps(at, past, travel);
  // Also when the address is no time at all, the field shows one.
  const shown = Number.isNaN(Date.parse(at)) ? new Date(now).toISOString() : (past?.at ?? at);
  useKeys({ ",": steps.back, ".": steps.forth, "0": () => travel(undefined) });
  return (
    <section className="band past-band" aria-label={messages.looking} aria-busy={!past && !error}>
      <Icon name="history" extra="i-20" />
      <div className="grow">
        <p role="status">
          {messages.looking}{" "}
          <b>
            <time dateTime={shown} title={inFull(Date.parse(shown))}>
              {whenSaid(shown, now)}
            </time>
          </b>
          . {messages.still}
        </p>
        <p className="t-12 t-2">{past ? <Known past={past} now={now} /> : !error && messages.reading}</p>
      </div>
      <div className="past-way">
        <Step
          known={steps.before}
          label={messages.before}
          hint={messages.beforeKey}
          none={messages.noBefore}
          onStep={steps.back}
        />
        <MomentField label={messages.moment} value={shown} onChoose={travel} />
        <Step
          known={steps.after}
          label={messages.after}
          hint={messages.afterKey}
          none={messages.noAfter}
          onStep={steps.forth}
          forth
        />
        <button
          type="button"
          className="btn btn-primary btn-sm"
          aria-label={messages.now}
          aria-keyshortcuts="0"
          data-tip={messages.nowKey}
          onClick={() => travel(undefined)}
        >
          <span className="d-desk">{messages.now}</span>
          <span className="d-phone">{messages.nowShort}</span>
        </button>
      </div>
    </section>
  );
}

/** The moment of the event on one side; null: there is none; undefined: not known yet. */
type Neighbour = string | null | undefined;

interface Steps {
  before: Neighbour;
  after: Neighbour;
  back: () => void;
  forth: () => void;
}

/** Steps to the events before and after. Who steps faster than those are known goes on as soon as they are. */
function useSteps(at: string, past: PastProfile | undefined, travel: (at: string) => void): Steps {
  const found = useQuery({ ...beforeQuery(past?.observed.since ?? ""), enabled: !!past }).data;
  const before = past && found && (found.events[0]?.at ?? earlier(found.first, past));
  const after = past && (past.observed.until ?? null);
  // How many steps were asked for and not made: back below zero, forth above.
  const [owed, setOwed] = useState(0);
  const left = useRef<string>(undefined);
  const next = owed < 0 ? before : owed > 0 ? after : undefined;
  useEffect(() => {
    // From one moment only one step leads on, however often it is drawn until the next is there.
    if (next === undefined || left.current === at) return;
    setOwed((steps) => (next === null ? 0 : steps - Math.sign(steps)));
    if (next === null) return;
    left.current = at;
    travel(next);
  }, [next, at, travel]);
  useEffect(() => () => void (left.current = undefined), [at]);
  const step = (by: number) => () => setOwed((steps) => steps + by);
  return { before, after, back: step(-1), forth: step(1) };
}

/** Where nothing happened before: the first moment, unless this is it. */
const earlier = (first: string | undefined, past: PastProfile) =>
  first && Date.parse(first) < Date.parse(past.observed.since) ? first : null;

interface StepProps {
  known: Neighbour;
  label: string;
  hint: string;
  none: string;
  forth?: boolean;
  onStep: () => void;
}

function Step({ known, label, hint, none, forth, onStep }: StepProps) {
  return (
    <button
      type="button"
      className="btn btn-quiet btn-sm btn-icon"
      aria-label={known === null ? `${label}. ${none}` : label}
      aria-disabled={known === null}
      data-tip={known === null ? none : hint}
      onClick={onStep}
    >
      <Icon name={forth ? "chevron-right" : "chevron-left"} extra="i-16" />
    </button>
  );
}

/** What was seen to happen when it became so, and for how long it was so. */
function Known({ past, now }: { past: PastProfile; now: number }) {
  const { since, until } = past.observed;
  const { data } = useQuery(momentQuery(since));
  const events = data?.events ?? [];
  // Of all that happened then, rather what can be looked at.
  const newest = events.find((each) => each.item) ?? events[0];
  const others = events.length - 1;
  return (
    <>
      {newest && (
        <>
          <Thing past={past} id={newest.item}>
            {newest.sentence}
          </Thing>
          {others > 0 && ` ${messages.more(others)}`}
          {newest.since && `, ${messages.between(when(newest.since, now), when(newest.at, now))}`}
          {". "}
        </>
      )}
      {until ? messages.asItWas(when(since, now), when(until, now)) : messages.asSince(when(since, now))}
    </>
  );
}

/** Leads to the item, if it is there to be seen. */
function Thing({ past, id, children }: { past: PastProfile; id?: string; children: string }) {
  if (!id || !past.items.some((each) => each.id === id)) return children;
  return <Link to={`/vault/items/${encodeURIComponent(id)}${atSearch(past.at)}`}>{children}</Link>;
}
