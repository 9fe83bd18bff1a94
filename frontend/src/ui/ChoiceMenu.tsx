import { useEffect, useId, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import { useClosing } from "./closing";
import { Icon } from "./Icon";

interface Props<T extends string> {
  label: string;
  value: T;
  choices: Record<T, string>;
  onChoose: (value: T) => void;
}

/** A button that shows the present choice and opens the others. */
export function ChoiceMenu<T extends string>({ label, value, choices, onChoose }: Props<T>) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const menu = useId();
  useClosing(open, () => setOpen(false), box);
  useEffect(() => {
    if (open) box.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
  }, [open]);

  const move = (event: KeyboardEvent) => {
    const items = [...(box.current?.querySelectorAll<HTMLElement>('[role="menuitemradio"]') ?? [])];
    const here = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    items[(to + items.length) % items.length]?.focus();
  };
  const choose = (event: MouseEvent<HTMLElement>, choice: T) => {
    setOpen(false);
    event.currentTarget.closest(".choice")?.querySelector<HTMLElement>("[aria-expanded]")?.focus();
    if (choice !== value) onChoose(choice);
  };

  return (
    <div className="choice" ref={box} onKeyDown={move}>
      <button
        type="button"
        className="btn btn-quiet btn-sm"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={menu}
        onClick={() => setOpen(!open)}
      >
        {label}: {choices[value]} <Icon name="chevron-down" extra="i-14" />
      </button>
      <div id={menu} className="menu choice-menu" role="menu" aria-label={label} hidden={!open}>
        {open &&
          (Object.keys(choices) as T[]).map((choice) => (
            <button
              key={choice}
              type="button"
              role="menuitemradio"
              aria-checked={choice === value}
              tabIndex={-1}
              onClick={(event) => choose(event, choice)}
            >
              <Icon name="check" extra={`i-16 ${choice === value ? "t-accent" : "is-off"}`} />
              {choices[choice].replace(/^./, (letter) => letter.toUpperCase())}
            </button>
          ))}
      </div>
    </div>
  );
}
