import { memo } from "react";
import { Link } from "react-router";
import { inFull } from "../freshness/words";
import { Icon, Outline } from "../ui/Icon";
import { addressOf } from "./addresses";
import { cut } from "./days";
import { iconOf } from "./icons";
import { messages } from "./messages";
import type { Gap, HistoryEvent } from "./types";
import { momentOf, timeOf } from "./words";

interface Props {
  event: HistoryEvent;
  /** Whether its item is there to be looked at. */
  owned: boolean;
  onMove: (transfer: string) => void;
}

/** One event in a line: when, what kind, which item, in words, by whom. */
export const EventRow = memo(function EventRow({ event, owned, onMove }: Props) {
  const { path, tone } = iconOf(event);
  return (
    <li className="ev">
      <time dateTime={event.at} title={inFull(Date.parse(event.at))}>
        {timeOf(event.at)}
      </time>
      <span className={`ev-i ${tone}`} title={messages.kinds[event.kind]}>
        <Outline path={path} extra="i-16" />
      </span>
      {event.icon ? <img className="ev-n" src={event.icon} alt="" width="28" height="28" loading="lazy" /> : <span className="ev-n" />}
      <span className="ev-t">
        <Sentence event={event} owned={owned} />
        {event.since && <span className="t-12 t-3 d-block">{messages.betweenTimes(momentOf(event.since, event.at), timeOf(event.at))}</span>}
      </span>
      <span className="ev-a">
        {event.transfer && (
          <button type="button" className="btn btn-ghost btn-sm" aria-label={messages.showMove} data-moves onClick={() => onMove(event.transfer!)}>
            {messages.move}
          </button>
        )}
      </span>
      <span className="chip ev-w">{event.by === "you" ? messages.you : messages.inGame}</span>
    </li>
  ); // prettier-ignore
});

function Sentence({ event, owned }: { event: HistoryEvent; owned: boolean }) {
  const [before, name, after] = cut(event.sentence, event.name);
  return (
    <>
      {before}
      {name &&
        (event.item ? (
          <Link className="ev-l" to={addressOf(event.item, owned)}>
            {name}
          </Link>
        ) : (
          <b>{name}</b>
        ))}
      {after}
    </>
  );
}

/** Nobody looked: what happened meanwhile was seen at its end. */
export function GapRow({ gap }: { gap: Gap }) {
  return (
    <li className="ev ev-gap">
      <time dateTime={gap.until}>{timeOf(gap.until)}</time>
      <span className="ev-i">
        <Icon name="clock" extra="i-16" />
      </span>
      <span className="ev-t">{messages.gap(momentOf(gap.since, gap.until), timeOf(gap.until))}</span>
    </li>
  );
}
