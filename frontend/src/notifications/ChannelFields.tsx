import { useId, useState, type FormEvent, type ReactNode } from "react";
import { Problem, sentenceOf } from "../api/client";
import { messages } from "./messages";
import type { Channel, ChannelForm, FormField, Settings } from "./wire";
import { firstValues, settingsOf } from "./words";

interface Props {
  form: ChannelForm;
  /** The one that is changed; absent for a new one. */
  channel?: Channel;
  busy: boolean;
  error: Error | null;
  onSave: (title: string, settings: Settings) => void;
  onCancel: () => void;
  /** Beside the buttons. */
  children?: ReactNode;
}

/** A channel's settings as its kind asks for them. The server judges what was given, and names the field that is wrong. */
export function ChannelFields({ form, channel, busy, error, onSave, onCancel, children }: Props) {
  const [title, setTitle] = useState(channel?.title ?? "");
  const [values, setValues] = useState(() => firstValues(form, channel));
  const [forgotten, forget] = useState<string[]>([]);
  const field = error instanceof Problem ? error.field : undefined;
  const wrong = (name: string) => (error && field?.split(".").at(-1) === name ? sentenceOf(error) : undefined);
  const placed = form.fields.some((each) => wrong(each.name)) || wrong("title");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSave(title.trim(), settingsOf(form, values, channel?.kept, forgotten));
  };
  return (
    <form className="nform" noValidate onSubmit={submit}>
      <p className="t-13 t-2 mb-0 nform-w">{form.help}</p>
      <Labelled label={messages.name} help={messages.nameHelp} error={wrong("title")} optional={!channel}>
        {(id, described) => (
          <input
            className="form-control"
            id={id}
            aria-describedby={described}
            aria-invalid={Boolean(wrong("title"))}
            maxLength={60}
            autoComplete="off"
            placeholder={form.title}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </Labelled>
      {form.fields.map((each, index) => (
        <Field
          key={each.name}
          field={each}
          first={index === 0 && !channel}
          value={values[each.name] ?? ""}
          kept={(channel?.kept.includes(each.name) ?? false) && !forgotten.includes(each.name)}
          forgotten={forgotten.includes(each.name)}
          error={wrong(each.name)}
          onValue={(value) => setValues({ ...values, [each.name]: value })}
          onForget={() => forget([...forgotten, each.name])}
        />
      ))}
      {error && !placed && (
        <p className="t-13 t-danger mb-0 nform-w" role="alert">
          {sentenceOf(error)}
        </p>
      )}
      <div className="row-c wrap nform-w">
        <button type="submit" className="btn btn-primary" aria-disabled={busy}>
          {channel ? messages.save : messages.addIt}
        </button>
        <button type="button" className="btn btn-ghost" onClick={onCancel}>
          {messages.cancel}
        </button>
        {children}
      </div>
    </form>
  );
}

interface FieldProps {
  field: FormField;
  first: boolean;
  value: string | boolean;
  kept: boolean;
  forgotten: boolean;
  error?: string;
  onValue: (value: string | boolean) => void;
  onForget: () => void;
}

const TYPES: Partial<Record<FormField["kind"], string>> = { secret: "password", email: "email" };
const MODES: Partial<Record<FormField["kind"], "url" | "numeric" | "email">> = {
  address: "url",
  number: "numeric",
  email: "email",
};

function Field({ field, first, value, kept, forgotten, error, onValue, onForget }: FieldProps) {
  const help = kept ? messages.keptHelp : forgotten ? messages.forgotten : field.help;
  if (field.kind === "switch") {
    return (
      <Labelled label={field.label} help={help} error={error}>
        {(id, described) => (
          <span className="form-check form-switch bare">
            <input
              id={id}
              aria-describedby={described}
              className="form-check-input"
              type="checkbox"
              role="switch"
              checked={value === true}
              onChange={(event) => onValue(event.target.checked)}
            />
          </span>
        )}
      </Labelled>
    );
  }
  if (field.kind === "choice") {
    return (
      <Labelled label={field.label} help={help} error={error} optional={!field.required}>
        {(id, described) => (
          <select
            id={id}
            aria-describedby={described}
            className="form-select"
            autoFocus={first}
            value={String(value)}
            onChange={(event) => onValue(event.target.value)}
          >
            {(!field.required || value === "") && <option value="">{messages.unset}</option>}
            {field.choices.map(([choice, label]) => (
              <option key={choice} value={choice}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Labelled>
    );
  }
  return (
    <Labelled
      label={field.label}
      help={help}
      error={error}
      optional={!field.required}
      aside={
        kept && (
          <>
            <span className="chip">{messages.kept}</span>
            {!field.required && (
              <button type="button" className="btn btn-ghost btn-sm" onClick={onForget}>
                {messages.forget}
              </button>
            )}
          </>
        )
      }
    >
      {(id, described) => (
        <input
          className="form-control"
          id={id}
          aria-describedby={described}
          aria-invalid={Boolean(error)}
          aria-required={field.required && !kept}
          type={TYPES[field.kind] ?? "text"}
          inputMode={MODES[field.kind]}
          autoComplete={field.kind === "email" ? "email" : "off"}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={4000}
          autoFocus={first}
          placeholder={kept ? "" : field.placeholder}
          value={String(value)}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Labelled>
  );
}

interface LabelledProps {
  label: string;
  help?: string;
  error?: string;
  optional?: boolean;
  aside?: ReactNode;
  children: (id: string, described: string | undefined) => ReactNode;
}

function Labelled({ label, help, error, optional, aside, children }: LabelledProps) {
  const id = useId();
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return (
    <div className="nfield">
      <div className="row-c nfield-h">
        <label className="form-label mb-0" htmlFor={id}>
          {label}
          {optional && <span className="t-3 nopt"> {messages.optional}</span>}
        </label>
        {aside && <span className="row-c push">{aside}</span>}
      </div>
      {children(id, described)}
      {error && (
        <div className="t-13 t-danger mt-1" id={`${id}-error`} role="alert">
          {error}
        </div>
      )}
      {help && (
        <div className="form-text" id={`${id}-help`}>
          {help}
        </div>
      )}
    </div>
  );
}
