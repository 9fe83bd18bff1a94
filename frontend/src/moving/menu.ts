/** The one menu that can be open: where it stands and what it offers. Opened by code that is no component. */

import { useSyncExternalStore } from "react";
import type { GlyphName } from "../ui/glyphs";
import type { MovingIconName } from "./icons";

export interface Entry {
  label: string;
  icon?: MovingIconName;
  glyph?: GlyphName;
  /** A key, or what would come of it. */
  hint?: string;
  key?: string;
  /** Why it cannot be done now. */
  why?: string;
  act: () => void;
}

export interface Menu {
  label: string;
  /** With lines between them. */
  parts: Entry[][];
  /** Under (or above) this element, or at a point. */
  at: Element | { x: number; y: number };
  /** What gets focus back. */
  back?: HTMLElement | null;
}

let open: Menu | undefined;
const listeners = new Set<() => void>();

export function openMenu(menu: Menu): void {
  become(menu);
}

/** `refocus`: not when what was chosen moved focus itself, or somebody pressed elsewhere. */
export function closeMenu(refocus: boolean): void {
  const back = open?.back;
  become(undefined);
  if (refocus) back?.focus({ preventScroll: true });
}

function become(next: Menu | undefined): void {
  open = next;
  for (const each of listeners) each();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useMenu = () => useSyncExternalStore(subscribe, () => open);
