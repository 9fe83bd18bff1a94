import { ICONS } from "../ui/icons";
import { Icon, Outline } from "../ui/Icon";
import { MOVE_ICONS } from "./icons";
import { messages } from "./messages";
import { words } from "./tray_messages";
import { toggleTray } from "./panel";
import { current, type Sums } from "./standing";
import type { LiveTransfer } from "./store";

/** The tray, folded: what runs and how far it is, and what needs somebody. Nothing, when there is nothing. */
export function Pill({ sums: { running, needing } }: { sums: Sums }) {
  const one = current(running);
  if (!one && !needing.length) return null;
  const shown = one ?? needing[0]!;
  const part = one && one.total ? (one.done / one.total) * 100 : 0;
  return (
    <button type="button" className="pill" data-moves aria-expanded={false} aria-label={labelOf(one, running, needing)} onClick={toggleTray}>
      {lookOf(one)}
      <span className="grow clip">{shown.title}</span>
      {one && <span className="t-2 nowrap">{placeOf(one)}</span>}
      {needing.length > 0 && (
        <span className="chip chip-warn">
          {one && <Icon name="alert-triangle" extra="i-14" />}
          {words.needing(needing.length)}
        </span>
      )}
      <Outline path={MOVE_ICONS["chevron-up"]} extra="i-16" />
      {part > 0 && <span className="bar" style={{ width: `${part}%` }} />}
    </button>
  ); // prettier-ignore
}

function lookOf(one: LiveTransfer | undefined) {
  if (!one) return <Icon name="alert-triangle" extra="t-warn" />;
  if (one.state === "waiting") return <Outline path={MOVE_ICONS.pause} extra="t-warn" />;
  return <Outline path={ICONS["loader-2"]} extra="spin t-accent" />;
}

function placeOf(one: LiveTransfer): string {
  if (one.unsent) return words.sending.toLowerCase();
  if (one.state === "waiting") return words.waits;
  if (one.state === "checking") return words.checks;
  return one.total ? words.step(Math.min(one.done + 1, one.total), one.total) : "";
}

function labelOf(one: LiveTransfer | undefined, running: LiveTransfer[], needing: LiveTransfer[]): string {
  const now = one && `${one.title}, ${placeOf(one)}`;
  return [messages.open(running.length, needing.length), now].filter(Boolean).join(". ");
}
