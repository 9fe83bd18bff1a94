import type { ReactNode } from "react";

interface Props<T extends string | number> {
  label: string;
  value: T;
  choices: readonly { value: T; label: ReactNode; name?: string }[];
  onChoose: (value: T) => void;
}

/** Two to four choices that exclude each other. */
export function Segments<T extends string | number>({ label, value, choices, onChoose }: Props<T>) {
  return (
    <div className="seg" role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          aria-label={choice.name}
          onClick={() => onChoose(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}
