import { useNow } from "../freshness/clock";
import { inFull } from "../freshness/words";
import { messages } from "./messages";
import { moment, partsOf, spoken } from "./words";

/** How long until `then`, ticking. Whoever cannot see it is told days, hours and minutes when they come by, and nothing each second. */
export function Countdown({ what, then }: { what: string; then: number }) {
  const now = useNow();
  const parts = partsOf(then - now);
  return (
    <div className="xcount" role="timer" aria-live="off" aria-label={messages.until(what, spoken(then - now))}>
      <div className="t-12 t-2">{what}</div>
      <div className="digits" aria-hidden="true">
        {parts.map(([amount, unit], index) => (
          <span key={unit}>
            <b>{index ? String(amount).padStart(2, "0") : amount}</b>
            {unit}
          </span>
        ))}
      </div>
      <div className="t-12 t-2">
        <time dateTime={new Date(then).toISOString()} title={inFull(then)}>
          {messages.yourTime(moment(then))}
        </time>
      </div>
    </div>
  );
}
