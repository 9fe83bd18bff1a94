import { useId, useMemo, useState } from "react";
import { Switch } from "../ui/Switch";
import { messages } from "./messages";
import type { Choices } from "./wire";
import { browsersZone, zones } from "./words";

const USUAL = { from: "23:00", to: "08:00" };

/** Quiet hours, the hour of the digest, and by whose clock. */
export function Times({ choices, onChoose }: { choices: Choices; onChoose: (choices: Choices) => void }) {
  const { quiet } = choices;
  const [same, setSame] = useState(false);
  const put = (change: Partial<NonNullable<Choices["quiet"]>>) => {
    const next = { ...(quiet ?? USUAL), ...change };
    setSame(next.from === next.to);
    if (next.from !== next.to) onChoose({ ...choices, quiet: next });
  };
  return (
    <div className="panel-b newtok ntimes">
      <div>
        <Switch
          label={messages.quiet}
          hint={messages.quietWhy}
          on={quiet !== undefined}
          onSwitch={(on) => onChoose({ ...choices, quiet: on ? USUAL : undefined })}
        />
        {quiet && (
          <div className="row-c mt-2">
            <Time label={messages.from} value={quiet.from} onTime={(from) => put({ from })} />
            <Time label={messages.until} value={quiet.to} onTime={(to) => put({ to })} />
          </div>
        )}
        {same && (
          <p className="t-13 t-danger mt-2 mb-0" role="alert">
            {messages.sameTimes}
          </p>
        )}
      </div>
      <div className="stack">
        <div className="row-c ntimes-d">
          <Time label={messages.digestAt} value={choices.digest_at} onTime={(digest_at) => onChoose({ ...choices, digest_at })} />
        </div>
        <Zone choices={choices} onChoose={onChoose} />
      </div>
    </div>
  );
}

function Time({ label, value, onTime }: { label: string; value: string; onTime: (time: string) => void }) {
  const id = useId();
  const [typed, setTyped] = useState<string>();
  return (
    <div>
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      <input
        className="form-control ntime"
        id={id}
        type="time"
        required
        value={typed ?? value.slice(0, 5)}
        onChange={(event) => setTyped(event.target.value)}
        // Not at each key: half a time is none.
        onBlur={() => {
          if (typed && typed !== value.slice(0, 5)) onTime(typed);
          setTyped(undefined);
        }}
      />
    </div>
  );
}

function Zone({ choices, onChoose }: { choices: Choices; onChoose: (choices: Choices) => void }) {
  const id = useId();
  const here = browsersZone();
  const { time_zone } = choices;
  const known = useMemo(() => zones(time_zone, here), [time_zone, here]);
  return (
    <div>
      <label className="form-label" htmlFor={id}>
        {messages.zone}
      </label>
      <select
        className="form-select"
        id={id}
        value={time_zone}
        onChange={(event) => onChoose({ ...choices, time_zone: event.target.value })}
      >
        {known.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </select>
      {here !== time_zone && (
        <button
          type="button"
          className="btn btn-ghost btn-sm mt-1 nzone"
          onClick={() => onChoose({ ...choices, time_zone: here })}
        >
          {messages.useBrowsers(here.replaceAll("_", " "))}
        </button>
      )}
    </div>
  );
}
