import { useState, type FormEvent } from "react";
import { Problem, sentenceOf } from "../api/client";
import { Field } from "./Field";
import { messages } from "./messages";

interface Props {
  name?: string;
  unit?: string;
  /** On its button. */
  does: string;
  busy: boolean;
  error: Error | null;
  onSave: (given: { name: string; unit: string }) => void;
  onCancel: () => void;
}

const LONGEST_NAME = 60;
const LONGEST_UNIT = 20;

/** What a ledger of one's own is called and counts. The server judges, and names the field that is wrong. */
export function NameForm({ name: before = "", unit: counted = "", does, busy, error, onSave, onCancel }: Props) {
  const [name, setName] = useState(before);
  const [unit, setUnit] = useState(counted);
  const field = error instanceof Problem ? error.field : undefined;
  const wrong = (which: string) => (error && field === which ? sentenceOf(error) : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSave({ name: name.trim(), unit: unit.trim() });
  };
  return (
    <form className="lform" noValidate onSubmit={submit}>
      <Field label={messages.name} error={wrong("name")}>
        {(field) => (
          <input
            {...field}
            className="form-control"
            autoComplete="off"
            autoFocus
            maxLength={LONGEST_NAME}
            placeholder={messages.nameExample}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={messages.unit} help={messages.unitHelp} error={wrong("unit")} optional>
        {(field) => (
          <input
            {...field}
            className="form-control"
            autoComplete="off"
            autoCapitalize="none"
            maxLength={LONGEST_UNIT}
            placeholder={messages.unitExample}
            value={unit}
            onChange={(event) => setUnit(event.target.value)}
          />
        )}
      </Field>
      {error && field !== "name" && field !== "unit" && (
        <p className="t-13 t-danger mb-0 lform-w" role="alert">
          {sentenceOf(error)}
        </p>
      )}
      <div className="row-c wrap lform-w">
        <button type="submit" className="btn btn-primary" aria-disabled={busy}>
          {does}
        </button>
        <button type="button" className="btn btn-ghost" onClick={onCancel}>
          {messages.cancel}
        </button>
      </div>
    </form>
  );
}
