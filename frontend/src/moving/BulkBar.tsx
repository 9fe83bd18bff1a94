import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useLocation } from "react-router";
import type { Profile } from "../api/types";
import { askFor } from "../curation/asks";
import { messages as curation } from "../curation/messages";
import { tagMenu } from "../curation/tagMenu";
import { comparable, compare } from "../compare/comparing";
import { useOpenItem } from "../items/openItem";
import { usePhone } from "../ui/usePhone";
import { useMatches } from "../search/useMatches";
import { Icon } from "../ui/Icon";
import { MovingIcon } from "./icons";
import { equip, isLockable, itemOf, lock, storeName, currentOf } from "./acts";
import { canWear, guessed } from "./guess";
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
  // On a phone the sheet is the whole screen.
  // There the heads select all that is shown.
  const table = useLocation().pathname.startsWith("/organizer");
  const covered = useOpenItem() !== undefined && phone;
  if (!shown || covered) return null;
  const current = currentOf(profile);
  const wearable = current && canWear(guessed(profile, ids.map((id) => ({ id })), current.id, true)); // prettier-ignore
  const lockable = ids.filter((id) => lockableNow(profile, id));
  const locked = lockable.length > 0 && lockable.every((id) => itemOf(profile, id)?.locked);
  const likened = comparable(profile, ids);
  const more = !table && matches && [...matches].some((id) => !selected.has(id));
  return (
    <div className="bulk" role="toolbar" aria-label={messages.bar(ids.length)}>
      <span className="t-b">{messages.selected(ids.length)}</span>
      <span className="t-2 t-13 d-desk ms-2">{whence(profile, ids)}</span>
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
      {wearable && (
        <button
          type="button"
          className="btn btn-ghost"
          onClick={() => {
            void equip(profile, ids, current.id);
            clearSelection();
          }}
        >
          <MovingIcon name="shirt" />
          {messages.equip}
          <kbd className="kbd-hint d-desk">E</kbd>
        </button>
      )}
      <button
        type="button"
        className="btn btn-ghost"
        aria-haspopup="menu"
        onClick={(event) => openMenu(tagMenu(client, profile, ids, event.currentTarget))}
      >
        <MovingIcon name="tag" />
        {curation.tag}
      </button>
      {lockable.length > 0 && (
        <button type="button" className="btn btn-ghost" onClick={() => void lock(profile, lockable, !locked)}>
          <MovingIcon name={locked ? "lock-open" : "lock"} />
          {locked ? messages.unlock : messages.lock}
          <kbd className="kbd-hint d-desk">L</kbd>
        </button>
      )}
      <button type="button" className="btn btn-ghost" onClick={() => askFor({ kind: "note", ids })}>
        <MovingIcon name="note" />
        {curation.note}
        <kbd className="kbd-hint d-desk">N</kbd>
      </button>
      {likened.length > 0 && (
        <button type="button" className="btn btn-ghost" onClick={() => compare(likened)}>
          <MovingIcon name="scale" />
          {messages.compare}
          <kbd className="kbd-hint d-desk">C</kbd>
        </button>
      )}
      {more && (
        <>
          <span className="sep" />
          <button
            type="button"
            className="btn btn-ghost"
            aria-label={messages.selectAllLong(matches.size)}
            onClick={() => select(matches)}
          >
            {messages.selectAll(matches.size)}
          </button>
        </>
      )}
      <button
        type="button"
        className="btn btn-ghost btn-icon"
        aria-label={messages.clear}
        data-tip={messages.clear}
        onClick={clearSelection}
      >
        <Icon name="x" />
      </button>
    </div>
  );
}

function lockableNow(profile: Profile, id: string): boolean {
  const item = itemOf(profile, id);
  return !!item && isLockable(profile, item);
}

function whence(profile: Profile, ids: readonly string[]): string {
  const stores = new Set(ids.map((id) => itemOf(profile, id)?.store));
  const [only] = stores;
  return stores.size === 1 && only ? messages.from(storeName(profile, only)) : messages.fromSeveral;
}
