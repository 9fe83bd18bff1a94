/** How a person likes the page. Kept on the server, so that every device agrees, and here for the first paint. */

import { useSyncExternalStore } from "react";
import { ask } from "../api/client";
import type { Preferences } from "../api/types";
import { VISITOR } from "../app/visitor";

export type { Preferences };

export const DEFAULTS: Preferences = {
  theme: "system",
  tile_size: 44,
  sort: "rarity",
  group: "type",
  hide_unmatched: false,
  less_motion: false,
  single_keys: true,
  keep_locked: false,
  wait_minutes: 60,
  organizer: {},
};

/** What each may be: one of these, or what passes. */
const CHOICES: { [K in keyof Preferences]: readonly Preferences[K][] | ((value: unknown) => boolean) } = {
  theme: ["system", "dark", "light"],
  tile_size: [36, 44, 56],
  sort: ["rarity", "power", "name", "newest"],
  group: ["type", "rarity", "element", "none"],
  hide_unmatched: [true, false],
  less_motion: [true, false],
  single_keys: [true, false],
  keep_locked: [true, false],
  wait_minutes: (value) => Number.isInteger(value) && Number(value) >= 5 && Number(value) <= 1440,
  // What is in it is judged where it is used.
  organizer: (value) => typeof value === "object" && value !== null,
};

const KEY = "vr-preferences";
const UNSAVED = "vr-preferences-unsaved";
const SAVE_AFTER = 600;

/** Takes only what is known; what another version wrote does no harm. */
export function understood(said: unknown): Preferences {
  const given = (typeof said === "object" && said !== null ? said : {}) as Record<string, unknown>;
  const result: Record<string, unknown> = { ...DEFAULTS };
  for (const [name, choices] of Object.entries(CHOICES)) {
    const fits = typeof choices === "function" ? choices(given[name]) : (choices as readonly unknown[]).includes(given[name]);
    if (fits) result[name] = given[name];
  }
  return result as unknown as Preferences;
}

let current = fromBrowser();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

function fromBrowser(): Preferences {
  try {
    return understood(JSON.parse(localStorage.getItem(KEY) ?? "{}"));
  } catch {
    return DEFAULTS;
  }
}

function become(next: Preferences): void {
  current = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Private browsing: it holds until the page is left.
  }
  apply();
  for (const each of listeners) each();
}

/** Writes what the Sass reads onto the page's root. */
export function apply(): void {
  const root = document.documentElement;
  const light = current.theme === "light" || (current.theme === "system" && matchMedia("(prefers-color-scheme: light)").matches);
  root.dataset.bsTheme = light ? "light" : "dark";
  root.dataset.tiles = String(current.tile_size);
  root.dataset.motion = current.less_motion ? "less" : "";
}

export function prefer(change: Partial<Preferences>): void {
  become({ ...current, ...change });
  setUnsaved(true);
  clearTimeout(timer);
  // A visitor's wish stays in this browser, and goes along when they have signed in.
  if (!VISITOR) timer = setTimeout(() => void save(), SAVE_AFTER);
}

async function save(): Promise<void> {
  const sent = current;
  try {
    await ask("/preferences", "PUT", sent);
    if (sent === current) setUnsaved(false);
  } catch {
    // It stays in this browser, and goes along with the next change or the next visit.
  }
}

/** The server's word, unless this browser has something newer that never reached it (the page was left a moment too soon). */
export async function loadPreferences(): Promise<void> {
  const before = current;
  try {
    const { data } = await ask<unknown>("/preferences");
    if (unsaved() || before !== current) await save();
    else become(understood(data));
  } catch {
    // What this browser kept is good enough.
  }
}

function setUnsaved(is: boolean): void {
  try {
    if (is) localStorage.setItem(UNSAVED, "1");
    else localStorage.removeItem(UNSAVED);
  } catch {
    // Private browsing.
  }
}

function unsaved(): boolean {
  try {
    return localStorage.getItem(UNSAVED) === "1";
  } catch {
    return false;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const preferences = () => current;

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}
