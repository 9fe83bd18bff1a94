import { useId, type ReactNode } from "react";
import { messages } from "./messages";

interface Props {
  label: string;
  help?: string;
  error?: string;
  optional?: boolean;
  children: (field: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }) => ReactNode;
}

/** A field with its name, what it asks for, and what was wrong with it. */
export function Field({ label, help, error, optional, children }: Props) {
  const id = useId();
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="lfield">
      <label className="form-label" htmlFor={id}>
        {label}
        {optional && <span className="t-3"> {messages.optional}</span>}
      </label>
      {children({ id, ...(described && { "aria-describedby": described }), ...(error && { "aria-invalid": true as const }) })}
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
