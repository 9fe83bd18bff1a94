import { Link } from "react-router";
import { inFull } from "../freshness/words";
import { Icon } from "../ui/Icon";
import { messages } from "./messages";
import type { Happening } from "./types";
import { when, whereWords, type StoreName } from "./words";

const timeFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** One thing that is gone: what, its power, where it was last, when. It leads to its life. */
export function GoneRow({ event, nameOf, now }: { event: Happening; nameOf: StoreName; now: number }) {
  const where = whereWords(event.before, nameOf);
  const power = Number(event.before.power ?? 0).toLocaleString("en");
  const inside = (
    <>
      <img src={event.icon || undefined} alt="" width="32" height="32" loading="lazy" />
      <span className="grow">
        <span className="past-name">
          {event.quantity ? `${event.quantity.toLocaleString("en")} ` : ""}
          {event.name || messages.unnamed}
          {event.before.power !== undefined && <span className="t-2">, {power}</span>}
        </span>
        <span className="t-12 t-2 d-block">
          {where && messages.last(where).replace(/^./, (letter) => letter.toUpperCase())}
          {event.since && ` · ${messages.between(when(event.since, now), when(event.at, now))}`}
        </span>
      </span>
      <time className="t-12 t-2 nowrap" dateTime={event.at} title={inFull(Date.parse(event.at))}>
        {timeFormat.format(Date.parse(event.at))}
      </time>
    </>
  );
  const id = event.item ?? (event.hash === undefined ? undefined : `s-${event.hash}`);
  return (
    <li>
      {id ? (
        <Link to={`/timeline/items/${encodeURIComponent(id)}`}>
          {inside}
          <Icon name="chevron-right" extra="i-16 t-3" />
        </Link>
      ) : (
        <span>{inside}</span>
      )}
    </li>
  );
}
