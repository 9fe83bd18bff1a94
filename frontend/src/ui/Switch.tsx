import { useId, type ReactNode } from "react";

interface Props {
  label: ReactNode;
  hint?: ReactNode;
  on: boolean;
  onSwitch: (on: boolean) => void;
}

/** Acts at once. */
export function Switch({ label, hint, on, onSwitch }: Props) {
  const id = useId();
  return (
    <div className="row-c between">
      <label htmlFor={id}>
        {label}
        {hint && <span className="t-13 t-3 d-block">{hint}</span>}
      </label>
      <span className="form-check form-switch bare">
        <input
          id={id}
          className="form-check-input"
          type="checkbox"
          role="switch"
          checked={on}
          onChange={(event) => onSwitch(event.target.checked)}
        />
      </span>
    </div>
  );
}
