import { useEffect, useLayoutEffect, useRef } from "react";
import type { Profile } from "../api/types";
import { tileOf } from "../vault/tileOf";

/** Focus follows an item whose tile moves to another block: there it is another element, and the old one is gone. */
export function useFocusKept(profile: Profile): void {
  const last = useRef<string>(undefined);
  useEffect(() => {
    const note = (event: FocusEvent) => {
      last.current = tileIdOf(event.target);
    };
    // Somebody may have come by keyboard before this was there.
    last.current ??= tileIdOf(document.activeElement);
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, []);
  useLayoutEffect(() => {
    // Only when focus fell to nowhere: somebody who went on is left alone.
    if (last.current === undefined || (document.activeElement && document.activeElement !== document.body)) return;
    const tile = tileOf(last.current);
    if (tile?.checkVisibility?.() ?? tile) tile?.focus({ preventScroll: true });
    else document.querySelector<HTMLElement>('.vrow .tile[tabindex="0"]')?.focus({ preventScroll: true });
  }, [profile]);
}

function tileIdOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>(".tile[data-id]")?.dataset.id : undefined;
}
