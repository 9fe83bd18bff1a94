import { useState } from "react";
import { serverNow } from "../freshness/clock";
import { ofField, toField } from "./field";

interface Props {
  id?: string;
  label: string;
  /** ISO. */
  value: string;
  onChoose: (at: string) => void;
}

/** A day and a time of this place. It acts when it is left or with Enter: half a date is no wish. */
export function MomentField({ id, label, value, onChoose }: Props) {
  const shown = toField(value);
  const [draft, setDraft] = useState<string>();
  const choose = () => {
    const wanted = draft && draft !== shown ? ofField(draft) : undefined;
    setDraft(undefined);
    if (wanted) onChoose(wanted);
  };
  return (
    <input
      id={id}
      type="datetime-local"
      className="form-control form-control-sm"
      aria-label={label}
      value={draft ?? shown}
      max={toField(new Date(serverNow()).toISOString())}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={choose}
      onKeyDown={(event) => {
        if (event.key === "Enter") choose();
        if (event.key === "Escape") setDraft(undefined);
      }}
    />
  );
}
