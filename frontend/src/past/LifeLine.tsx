import "../styles/life.scss";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import type { Life, Profile } from "../api/types";
import { useNow } from "../freshness/clock";
import { inFull } from "../freshness/words";
import { Outline } from "../ui/Icon";
import { Trouble } from "../ui/Trouble";
import { lifeQuery } from "../api/items";
import { atSearch } from "./at";
import { iconOf, toneOf } from "./icons";
import { FILTERS, messages, type Filter } from "./messages";
import { PowerSteps } from "./PowerSteps";
import { storeNames } from "./stores";
import type { Point } from "./steps";
import type { Happening } from "./types";
import { Waiting } from "./Waiting";
import { day, told, when, whenSaid, type StoreName } from "./words";

interface Props {
  id: string;
  profile?: Profile;
  /** Of the profile: a newer one asks again. */
  stamp?: string;
  /** The moment that is looked at, where that is not now. */
  at?: string;
}

/** All that is remembered of an item: its power as steps, and what happened to it, newest first. */
export function LifeLine({ id, profile, stamp, at }: Props) {
  const { data, error, refetch } = useQuery(lifeQuery(id, stamp));
  if (data) return <Lived life={data} profile={profile} at={at} />;
  if (error) return <Trouble title={messages.lifeFailed} heading="h3" error={error} onRetry={() => void refetch()} />;
  return <Waiting label={messages.lifeReading} />;
}

function Lived({ life, profile, at }: { life: Life; profile?: Profile; at?: string }) {
  const now = useNow(60);
  const [filter, setFilter] = useState<Filter>("all");
  const nameOf = useMemo(() => storeNames(profile), [profile]);
  const shown = life.events.filter((each) => filter === "all" || filterOf(each) === filter);
  return (
    <>
      <Power life={life} at={at} now={now} />
      {life.events.length > 0 && <Filters life={life} filter={filter} onFilter={setFilter} />}
      <ol className="life">
        {shown.map((each) => (
          <Happened key={each.id} event={each} nameOf={nameOf} now={now} owned={life.id} />
        ))}
      </ol>
      {!shown.length && life.events.length > 0 && <p className="t-13 t-2">{messages.noneOfThese}</p>}
      {!life.events.length && (
        <div className="life-none">
          <p className="t-b mb-1">{messages.none}</p>
          <p className="t-13 t-2 mb-0">{messages.noneWhy(whenSaid(life.since, now))}</p>
        </div>
      )}
      {!life.first && life.events.length > 0 && <p className="t-13 t-3 mb-0">{messages.began(whenSaid(life.since, now))}</p>}
    </>
  );
}

function Power({ life, at, now }: { life: Life; at?: string; now: number }) {
  const points = life.power.map(([time, value]): Point => [Date.parse(time), value]);
  const [first] = points;
  if (!first) return null;
  const until = life.owned ? now : Date.parse(life.last.at);
  return (
    <>
      <div className="row-c between mb-2">
        <h3 className="sec">{life.first ? messages.powerSince : messages.powerSeen}</h3>
        <span className="t-12 t-3">{messages.span(day(first[0], now), day(until, now, true))}</span>
      </div>
      <PowerSteps points={points} until={until} at={at ? Date.parse(at) : undefined} now={now} />
    </>
  );
}

const filterOf = ({ group }: Happening): Filter => (group === "moved" || group === "changed" ? group : "rest");

function Filters({ life, filter, onFilter }: { life: Life; filter: Filter; onFilter: (filter: Filter) => void }) {
  const counts = new Map<Filter, number>([["all", life.events.length]]);
  for (const each of life.events) counts.set(filterOf(each), (counts.get(filterOf(each)) ?? 0) + 1);
  const choices = (Object.keys(FILTERS) as Filter[]).filter((each) => counts.has(each));
  if (choices.length < 3) return <div className="mt-3" />;
  return (
    <div className="row-c wrap mt-3 mb-3 gap-4" role="group" aria-label={messages.filters}>
      {choices.map((each) => (
        <button key={each} type="button" className="chip" aria-pressed={each === filter} onClick={() => onFilter(each)}>
          {FILTERS[each]} {counts.get(each)}
        </button>
      ))}
    </div>
  );
}

interface HappenedProps {
  event: Happening;
  nameOf: StoreName;
  now: number;
  /** The item's id in a profile. */
  owned: string;
}

function Happened({ event, nameOf, now, owned }: HappenedProps) {
  const { head, body } = told(event, nameOf);
  const time = Date.parse(event.at);
  // What is gone is seen at the last moment at which it was there.
  const seen = event.group === "gone" ? undefined : event.at;
  return (
    <li className={toneOf(event)}>
      <span className="dot">
        <Outline path={iconOf(event)} extra="i-14" />
      </span>
      <div className="grow">
        <div className="row-c between">
          <b>{head}</b>
          <time className="t-12 t-3 nowrap" dateTime={event.at} title={inFull(time)}>
            {when(time, now)}
          </time>
        </div>
        <div className="t-13 t-2">
          {body}
          {event.since && `, ${messages.between(when(event.since, now), when(event.at, now))}`}
          {". "}
          {seen && (
            <Link className="nowrap" to={`/vault/items/${encodeURIComponent(owned)}${atSearch(seen)}`}>
              {messages.seeThen}
            </Link>
          )}
        </div>
      </div>
    </li>
  );
}
