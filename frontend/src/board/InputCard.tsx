import { memo, useId, useState } from "react";
import { DataTable } from "../charts/DataTable";
import { Icon, Outline } from "../ui/Icon";
import { BOARD_ICONS } from "./icons";
import { messages } from "./messages";
import { Plot } from "./Plot";
import { rangeOf, stretches, type Trace } from "./trace";
import type { Board, Input } from "./wire";
import { ageOf, chartSaid, crossedWords, digitsOf, levelsOf, nameOf, rawOf } from "./words";

interface Props {
  input: Input;
  trace: Trace;
  now: number;
  board: Pick<Board, "bits" | "reference">;
  /** Whether its values are of now. */
  live: boolean;
  onChange?: (channel: number) => void;
}

const TEN_SECONDS = 10_000;

/** One input: what it is at, what it was at, and of what it tells. */
export const InputCard = memo(function InputCard({ input, trace, now, board, live, onChange }: Props) {
  const heading = useId();
  const [asTable, setAsTable] = useState(false);
  const name = nameOf(input);
  const digits = digitsOf(board);
  const fresh = live && !input.failed && input.volts !== undefined;
  return (
    <section className={`panel b-card ${fresh ? "" : "is-old"}`} aria-labelledby={heading}>
      <div className="b-head">
        <h2 id={heading} className="grow">
          {name}
        </h2>
        <button
          type="button"
          className="btn btn-ghost btn-sm btn-icon"
          aria-pressed={asTable}
          aria-label={messages.asTable(name)}
          data-tip={(asTable ? messages.asChart : messages.asTable)(name)}
          onClick={() => setAsTable(!asTable)}
        >
          <Outline path={BOARD_ICONS.table} extra="i-16" />
        </button>
        {onChange && (
          <button
            type="button"
            className="btn btn-ghost btn-sm btn-icon"
            aria-label={messages.change(name)}
            data-tip={messages.change(name)}
            data-channel={input.channel}
            onClick={() => onChange(input.channel)}
          >
            <Icon name="pencil" extra="i-16" />
          </button>
        )}
      </div>
      <div className="b-value">
        <span className="b-volts">
          {input.volts === undefined ? "–" : input.volts.toFixed(digits)}
          <span> V</span>
        </span>
        {input.raw !== undefined && <span className="t-13 t-2">{rawOf(input.raw, board)}</span>}
        <Crossed input={input} />
      </div>
      {asTable ? (
        <Table name={name} trace={trace} now={now} digits={digits} />
      ) : (
        <Plot
          say={chartSaid(name, trace, now, digits, fresh)}
          trace={trace}
          now={now}
          reference={board.reference}
          level={input.level}
        />
      )}
      <div className="b-foot">
        {fresh ? <Range trace={trace} now={now} digits={digits} /> : <Age input={input} now={now} />}
        <Tells input={input} />
      </div>
    </section>
  );
});

function Crossed({ input }: { input: Input }) {
  const words = crossedWords(input);
  if (!words) return null;
  return (
    <span className="chip chip-warn push">
      <Outline path={BOARD_ICONS[input.level!.crossed === "above" ? "up" : "down"]} extra="i-14" />
      {words}
    </span>
  );
}

function Range({ trace, now, digits }: { trace: Trace; now: number; digits: number }) {
  const range = rangeOf(trace, now);
  return <span>{range ? messages.range(range[0].toFixed(digits), range[1].toFixed(digits)) : messages.noRange}</span>;
}

/** Why there is no value of now, or how old the last one is. */
function Age({ input, now }: { input: Input; now: number }) {
  return (
    <span className={input.failed ? "t-warn" : ""}>
      <Icon name={input.failed ? "alert-triangle" : "clock"} extra="i-14" /> {input.failed && `${input.failed} `}
      {ageOf(input, now)}
    </span>
  );
}

function Tells({ input: { level } }: { input: Input }) {
  const levels = level ? levelsOf(level) : [];
  if (!level || !levels.length) return null;
  return (
    <span>
      {level.on ? <Icon name="bell" extra="i-14" /> : <Outline path={BOARD_ICONS.bellOff} extra="i-14" />}{" "}
      {(level.on ? messages.tells : messages.tellsNot)(levels)}
    </span>
  );
}

const timeFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

function Table({ name, trace, now, digits }: { name: string; trace: Trace; now: number; digits: number }) {
  const rows = stretches(trace, now, TEN_SECONDS);
  if (!rows.length) return <p className="cc-empty">{messages.tableNone}</p>;
  const columns = [messages.time, messages.low, messages.high, messages.last];
  return (
    <DataTable
      title={name}
      table={{
        columns: columns.map((title, index) => ({ title, number: index > 0 })),
        rows: rows.map(({ to, ...values }) => [
          timeFormat.format(to),
          ...[values.low, values.high, values.last].map((each) => each.toFixed(digits)),
        ]),
      }}
    />
  );
}
