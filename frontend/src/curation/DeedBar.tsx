import "./curation.scss";
import { useEffect, useState } from "react";
import { Icon } from "../ui/Icon";
import { forgetDeed, undoDeed, useDeed } from "./deeds";
import { messages } from "./messages";

/** Milliseconds. Undoing works on by its key. */
const STAYS = 12_000;

/** Tells what was tagged or noted, and takes it back. It goes by itself, but not while somebody is about to press it. */
export function DeedBar() {
  const deed = useDeed();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!deed || held) return;
    const timer = setTimeout(forgetDeed, STAYS);
    return () => clearTimeout(timer);
  }, [deed, held]);
  return (
    <div
      className={deed ? "deed" : "visually-hidden"}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span role="status" className={deed?.failed ? "t-danger" : ""}>
        {deed?.words}
      </span>
      {deed?.change !== undefined && (
        <button type="button" className="btn btn-ghost btn-sm" onClick={() => void undoDeed(deed.change)}>
          {messages.undo}
          <kbd className="kbd-hint d-desk">Ctrl Z</kbd>
        </button>
      )}
      {deed && (
        <button type="button" className="btn btn-ghost btn-sm btn-icon" aria-label={messages.close} onClick={forgetDeed}>
          <Icon name="x" extra="i-16" />
        </button>
      )}
    </div>
  );
}
