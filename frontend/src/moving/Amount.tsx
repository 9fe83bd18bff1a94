import { useId } from "react";
import { messages } from "./messages";

interface Props {
  all: number;
  value: number;
  onChange: (value: number) => void;
}

/** How many of a stack: by slider, by number, by keys. */
export function Amount({ all, value, onChange }: Props) {
  const id = useId();
  const take = (said: number) => onChange(Math.max(1, Math.min(all, Math.round(said) || 1)));
  return (
    <div className="row-c mb-3 amount">
      <label className="sec nowrap" htmlFor={id}>
        {messages.amount}
      </label>
      <input
        type="range"
        className="grow"
        min={1}
        max={all}
        value={value}
        aria-label={messages.amountSlider}
        aria-valuetext={messages.amountOf(value, all)}
        onChange={(event) => take(event.target.valueAsNumber)}
      />
      <input
        id={id}
        type="number"
        className="form-control form-control-sm"
        inputMode="numeric"
        min={1}
        max={all}
        value={value}
        onFocus={(event) => event.target.select()}
        onChange={(event) => take(event.target.valueAsNumber)}
      />
      <span className="t-13 t-2 nowrap">{messages.ofAll(all)}</span>
    </div>
  );
}
