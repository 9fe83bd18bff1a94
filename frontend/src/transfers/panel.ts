/** Whether the tray is open, what it shows beside the latest, and what the person has put away. */

import { useSyncExternalStore } from "react";
import type { AskedWish } from "../api/types";
import type { LiveTransfer } from "./store";

export interface Planning {
  wish: AskedWish;
  title?: string;
  /** With what was asked for; undefined when the person thought better of it. */
  done: (transfer: LiveTransfer | undefined) => void;
}

export interface Panel {
  open: boolean;
  /** A transfer that is shown though it is long over: its page of the journal led here. */
  shown?: string;
  dismissed: ReadonlySet<string>;
  planning?: Planning;
}

const KEY = "vr-dismissed-moves";
const KEPT = 100;

let panel: Panel = { open: false, dismissed: new Set(kept()) };
const listeners = new Set<() => void>();

function kept(): string[] {
  try {
    const said: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(said) ? said.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}

export function become(change: Partial<Panel>): void {
  panel = { ...panel, ...change };
  for (const each of [...listeners]) each();
}

export const thePanel = (): Panel => panel;

function subscribe(listener: () => void): () => void {
  // Another tab put something away.
  const stored = (event: StorageEvent) => event.key === KEY && become({ dismissed: new Set(kept()) });
  if (!listeners.size) addEventListener("storage", stored);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", stored);
  };
}

export const usePanel = (): Panel => useSyncExternalStore(subscribe, thePanel);

export const toggleTray = (): void => become({ open: !panel.open, shown: undefined });

/** Puts ended transfers out of sight in this browser; the journal keeps them. */
export function dismiss(...ids: string[]): void {
  const all = [...new Set([...panel.dismissed, ...ids])].slice(-KEPT);
  become({ dismissed: new Set(all), shown: ids.includes(panel.shown ?? "") ? undefined : panel.shown });
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // Private browsing: out of sight until the page is left.
  }
}
