import { useId } from "react";
import { Link } from "react-router";
import { serverNow } from "../freshness/clock";
import { Icon } from "../ui/Icon";
import { atSearch } from "./at";
import { messages } from "./messages";
import { MomentField } from "./MomentField";

interface Props {
  /** ISO. Without `to`: now. */
  from: string;
  to?: string;
  onFrom: (at: string) => void;
  onTo: (at: string | undefined) => void;
}

const DAY = 86_400_000;
const PRESETS = [
  { days: 1, label: "yesterday" },
  { days: 7, label: "a week ago" },
  { days: 30, label: "30 days ago" },
] as const;

/** Which two moments are compared, and the way to each. */
export function TwoMoments({ from, to, onFrom, onTo }: Props) {
  const [first, second] = [useId(), useId()];
  const nowIso = new Date(serverNow()).toISOString();
  return (
    <section className="panel two" aria-label={messages.diffTitle}>
      <div className="two-m">
        <label className="form-label" htmlFor={first}>
          {messages.from}
        </label>
        <div className="row-c">
          <MomentField id={first} label={messages.from} value={from} onChoose={onFrom} />
          <See at={from} label={messages.seeFrom} />
        </div>
      </div>
      <div className="two-m">
        <label className="form-label" htmlFor={second}>
          {messages.to}
        </label>
        <div className="row-c">
          <MomentField id={second} label={messages.to} value={to ?? nowIso} onChoose={onTo} />
          {to ? (
            <>
              <See at={to} label={messages.seeTo} />
              <button type="button" className="btn btn-quiet btn-sm" onClick={() => onTo(undefined)}>
                {messages.setNow}
              </button>
            </>
          ) : (
            <span className="chip">{messages.toNow}</span>
          )}
        </div>
      </div>
      <div className="two-m two-p">
        <span className="form-label">{messages.presets}</span>
        <div className="row-c wrap gap-4">
          {PRESETS.map(({ days, label }) => (
            <button
              key={days}
              type="button"
              className="chip"
              onClick={() => onFrom(`${new Date(serverNow() - days * DAY).toISOString().slice(0, 16)}Z`)}
            >
              {label}
            </button>
          ))}
        </div>
      </div>
    </section>
  );
}

/** To the vault as it was then. */
function See({ at, label }: { at: string; label: string }) {
  return (
    <Link className="btn btn-ghost btn-sm btn-icon" to={`/vault${atSearch(at)}`} aria-label={label} data-tip={label}>
      <Icon name="history" extra="i-16" />
    </Link>
  );
}
