import { useMutation } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from "react";
import { Link } from "react-router";
import { Problem, sentenceOf } from "../api/client";
import { Dialog } from "../ui/Dialog";
import { Icon } from "../ui/Icon";
import { change } from "./asking";
import { messages } from "./messages";
import { changeOf, saidOf, type Flaws, type Said } from "./said";
import type { Board, Change, Input } from "./wire";
import { nameOf } from "./words";

interface Props {
  input: Input;
  board: Pick<Board, "reference">;
  onSaved: (input: Input) => void;
  onClose: () => void;
}

const LONGEST = 40;
const FIELDS: readonly (keyof Said)[] = ["name", "above", "below", "hysteresis", "on"];

/** What an input is called, and at which levels it tells. */
export function InputDialog({ input, board, onSaved, onClose }: Props) {
  const [said, say] = useState(() => saidOf(input));
  const [flaws, setFlaws] = useState<Flaws>({});
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const saving = useMutation({
    mutationFn: (wanted: Change) => change(input.channel, wanted),
    onSuccess: onSaved,
    onError: (error) => setFlaws(flawsOf(error)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (saving.isPending) return;
    const found = changeOf(said, board);
    setFlaws("flaws" in found ? found.flaws : {});
    if ("change" in found) saving.mutate(found.change);
  };
  const field = (name: Exclude<keyof Said, "on">, label: string, help?: string) => (
    <Field label={label} help={help} flaw={flaws[name]}>
      {(given) => (
        <input
          {...given}
          className="form-control"
          type="text"
          inputMode={name === "name" ? "text" : "decimal"}
          autoComplete="off"
          ref={name === "name" ? first : undefined}
          maxLength={LONGEST}
          value={said[name]}
          onChange={(event) => say({ ...said, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  const unplaced = saving.error && !Object.keys(flaws).length;
  return (
    <Dialog title={messages.dialog(nameOf(input))} close={messages.close} onClose={onClose}>
      <form className="panel-b stack b-form" onSubmit={submit} noValidate>
        {field("name", messages.name, messages.nameHint(messages.input(input.channel)))}
        <fieldset>
          <legend>{messages.levels}</legend>
          <p className="t-13 t-2">{messages.levelsWhy}</p>
          <div className="b-levels">
            {field("above", messages.rises)}
            {field("below", messages.falls)}
            {field("hysteresis", messages.hysteresis, messages.hysteresisWhy)}
          </div>
        </fieldset>
        <div className="b-tell">
          <label className="form-check">
            <input
              className="form-check-input"
              type="checkbox"
              checked={said.on}
              onChange={(event) => say({ ...said, on: event.target.checked })}
            />{" "}
            {messages.tell}
          </label>
          <Link className="t-13" to="/settings#notifications">
            {messages.channels}
          </Link>
        </div>
        {unplaced && (
          <p className="t-13 t-danger mb-0" role="alert">
            {sentenceOf(saving.error)}
          </p>
        )}
        <div className="row-c wrap">
          <button type="submit" className="btn btn-primary" aria-disabled={saving.isPending}>
            {saving.isPending && <Icon name="loader-2" extra="i-16 spin" />}
            {saving.isPending ? messages.saving : messages.save}
          </button>
          <button type="button" className="btn btn-ghost" onClick={onClose}>
            {messages.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Where the server names the field ("above", or "level.above"), its sentence stands there. */
function flawsOf(error: Error): Flaws {
  const named = error instanceof Problem ? error.field?.split(".").at(-1) : undefined;
  const field = FIELDS.find((each) => each === named);
  return field ? { [field]: sentenceOf(error) } : {};
}

interface FieldProps {
  label: string;
  help?: string;
  flaw?: string;
  children: (given: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }) => ReactNode;
}

function Field({ label, help, flaw, children }: FieldProps) {
  const id = useId();
  const described = [flaw && `${id}-flaw`, help && `${id}-help`].filter(Boolean).join(" ");
  return (
    <div>
      <label className="form-label t-13" htmlFor={id}>
        {label}
      </label>
      {children({ id, ...(described && { "aria-describedby": described }), ...(flaw && { "aria-invalid": true as const }) })}
      {flaw && (
        <p className="t-13 t-danger mt-1 mb-0" id={`${id}-flaw`} role="alert">
          {flaw}
        </p>
      )}
      {help && (
        <p className="form-text mb-0" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}
