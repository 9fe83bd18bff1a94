import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useLocation } from "react-router";
import type { Profile } from "../api/types";
import { useOpenItem } from "../items/openItem";
import { usePhone } from "../ui/usePhone";
import { useMatches } from "../search/useMatches";
import { Icon } from "../ui/Icon";
import { MovingIcon } from "./icons";
import { actsOn, whence, type Act } from "./bulk";
import { openMenu } from "./menu";
import { moveMenu } from "./menus";
import { messages } from "./messages";
import { clearSelection, select, useSelection } from "./selection";

/** What can be done with all that is selected; gone with the selection. */
export function BulkBar({ profile }: { profile: Profile }) {
  const selected = useSelection();
  const matches = useMatches(profile);
  const ids = useMemo(() => [...selected], [selected]);
  const phone = usePhone();
  const client = useQueryClient();
  const shown = ids.length > 0;
  useEffect(() => {
    // For what floats beside it.
    document.body.toggleAttribute("data-bulk", shown);
    return () => document.body.removeAttribute("data-bulk");
  }, [shown]);
  // There the heads select all that is shown.
  const table = useLocation().pathname.startsWith("/organizer");
  // On a phone the sheet is the whole screen.
  const covered = useOpenItem() !== undefined && phone;
  if (!shown || covered) return null;
  const acts = actsOn(client, profile, ids);
  const more = !table && matches && [...matches].some((id) => !selected.has(id)) ? matches : undefined;
  return (
    <div className="bulk" role="toolbar" aria-label={messages.bar(ids.length)}>
      {phone && <Clear />}
      <span className="t-b">
        {phone ? ids.length.toLocaleString("en") : messages.selected(ids.length)}
        {phone && <span className="visually-hidden"> {messages.selectedWord}</span>}
      </span>
      <span className="t-2 t-13 d-desk ms-2 bulk-from">{whence(profile, ids)}</span>
      <span className="sep d-desk" />
      <button
        type="button"
        className="btn btn-primary"
        aria-haspopup="menu"
        onClick={(event) => openMenu(moveMenu(profile, ids, event.currentTarget))}
      >
        {messages.moveTo}
        <Icon name="chevron-down" extra="i-14" />
      </button>
      {phone ? <Few acts={acts} more={more} count={ids.length} /> : <All acts={acts} more={more} />}
    </div>
  );
}

interface PartsProps {
  acts: Act[];
  /** What the search finds, where not all of it is selected. */
  more?: ReadonlySet<string>;
}

function All({ acts, more }: PartsProps) {
  return (
    <>
      {acts.map(({ label, icon, key, tip, opens, act }) => (
        <button
          key={label}
          type="button"
          className="btn btn-ghost"
          aria-haspopup={opens ? "menu" : undefined}
          data-tip={tip}
          onClick={(event) => act(event.currentTarget)}
        >
          <MovingIcon name={icon} />
          {label}
          {key && <kbd className="kbd-hint">{key}</kbd>}
        </button>
      ))}
      {more && (
        <>
          <span className="sep" />
          <button
            type="button"
            className="btn btn-ghost"
            aria-label={messages.selectAllLong(more.size)}
            onClick={() => select(more)}
          >
            {messages.selectAll(more.size)}
          </button>
        </>
      )}
      <Clear />
    </>
  );
}

/** What is done most as icons, and a menu of the rest. */
function Few({ acts, more, count }: PartsProps & { count: number }) {
  const open = (at: HTMLElement) =>
    openMenu({
      label: messages.bar(count),
      at,
      back: at,
      parts: [
        acts.filter((each) => !each.first || each.wide).map(({ label, icon, act }) => ({ label, icon, act: () => act(at) })),
        more ? [{ label: messages.selectAll(more.size), icon: "square-check", act: () => select(more) }] : [],
      ],
    });
  return (
    <>
      {acts
        .filter((each) => each.first)
        .map(({ label, icon, opens, wide, act }) => (
          <button
            key={label}
            type="button"
            className={`btn btn-ghost btn-icon ${wide ? "bulk-wide" : ""}`}
            aria-label={label}
            aria-haspopup={opens ? "menu" : undefined}
            onClick={(event) => act(event.currentTarget)}
          >
            <MovingIcon name={icon} />
          </button>
        ))}
      <button
        type="button"
        className="btn btn-ghost btn-icon"
        aria-label={messages.more}
        aria-haspopup="menu"
        onClick={(event) => open(event.currentTarget)}
      >
        <MovingIcon name="dots" />
      </button>
    </>
  );
}

function Clear() {
  return (
    <button
      type="button"
      className="btn btn-ghost btn-icon"
      aria-label={messages.clear}
      data-tip={messages.clear}
      onClick={clearSelection}
    >
      <Icon name="x" />
    </button>
  );
}
