import { useRef } from "react";
import { Icon } from "./Icon";

const LONGEST = 200;

interface Props {
  text: string;
  onText: (text: string) => void;
  /** What is looked for, and where; and what emptying it is called. */
  label: string;
  clear: string;
}

/** Words to look for in a list; Escape clears them, and then leaves. */
export function SearchBox({ text, onText, label, clear }: Props) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className="find" role="search">
      <div className="find-box">
        <Icon name="search" />
        <input
          ref={field}
          className="q"
          type="search"
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          maxLength={LONGEST}
          placeholder={label}
          aria-label={label}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.preventDefault();
            if (text) onText("");
            else field.current?.blur();
          }}
        />
        {text && (
          <button type="button" className="btn btn-ghost btn-sm btn-icon" aria-label={clear} onClick={() => onText("")}>
            <Icon name="x" extra="i-16" />
          </button>
        )}
      </div>
    </div>
  );
}
