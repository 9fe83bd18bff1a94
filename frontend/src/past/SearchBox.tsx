import { useRef } from "react";
import { Icon } from "../ui/Icon";
import { messages } from "./messages";

const LONGEST = 200;

/** Words to look for in names; Escape clears them. */
export function SearchBox({ text, onText }: { text: string; onText: (text: string) => void }) {
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
          placeholder={messages.search}
          aria-label={messages.search}
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
          <button type="button" className="btn btn-ghost btn-sm btn-icon" aria-label={messages.clear} onClick={() => onText("")}>
            <Icon name="x" extra="i-16" />
          </button>
        )}
      </div>
    </div>
  );
}
