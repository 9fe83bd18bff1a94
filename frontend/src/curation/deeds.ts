/** Tagging and noting: shown at once, asked of the server, taken back where it says no; and undone, newest first. */

import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { sentenceOf } from "../api/client";
import { serverNow } from "../freshness/clock";
import { patchProfile, profileQuery } from "../api/profile";
import type { Annotation, Profile } from "../api/types";
import { itemOf, whatOf } from "../moving/acts";
import { keyOf } from "./annotation";
import { say, unsay, wordsQuery, type Saying } from "./asking";
import { LABELS, messages } from "./messages";

/** What was done last, for the bar that tells it. `change`: it can be undone. */
export interface Deed {
  words: string;
  change?: number;
  failed?: boolean;
  /** Milliseconds. */
  at: number;
}

/** What was said in one tab, for the others: they show the same items. */
interface Word {
  account: string;
  annotations: Record<string, Annotation>;
}

const TABS = "vr-annotations";
let client: QueryClient | undefined;
let tabs: BroadcastChannel | undefined;
let told: Deed | undefined;
/** What can be undone, newest first. */
let done: { change: number; at: number }[] = [];
const listeners = new Set<() => void>();

/** From now on things can be said of items. Returns how to end it. */
export function startCuration(by: QueryClient): () => void {
  client = by;
  tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel(TABS) : undefined;
  tabs?.addEventListener("message", ({ data }: MessageEvent<Word>) => {
    if (accountIn(by) === data.account) lay(by, data.annotations);
  });
  return () => {
    tabs?.close();
    tabs = client = undefined;
    done = [];
    become(undefined);
  };
}

function become(next: Deed | undefined): void {
  told = next;
  for (const each of listeners) each();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useDeed = () => useSyncExternalStore(subscribe, () => told);
export const forgetDeed = () => become(undefined);

/** Tags or notes. Never rejects: what became of it is told. */
export async function annotate(profile: Profile, ids: readonly string[], saying: Saying): Promise<boolean> {
  const by = client;
  if (!by || !ids.length) return false;
  const what = whatOf(profile, ids);
  const keys = new Set(ids.flatMap((id) => itemOf(profile, id) ?? []).map(keyOf));
  const before: Record<string, Annotation> = {};
  for (const key of keys) before[key] = profile.annotations?.[key] ?? {};
  lay(by, Object.fromEntries([...keys].map((key) => [key, foreseen(before[key]!, saying)])));
  try {
    const { changed, change, annotations } = await say(ids, saying);
    settle(by, annotations);
    if (change) done.unshift({ change, at: serverNow() });
    if (saying.tag === undefined) void by.invalidateQueries(wordsQuery);
    tell(changed ? wordsOf(what, saying, by) : messages.nothing(what), change || undefined);
    return true;
  } catch (error) {
    lay(by, before);
    tellFailure(messages.failed(sentenceOf(error)));
    return false;
  }
}

/** When the newest deed that can be undone was done; undefined: there is none. */
export const newestDeed = (): number | undefined => done[0]?.at;

/** Takes the newest deed back, or this one. */
export async function undoDeed(change = done[0]?.change): Promise<void> {
  const by = client;
  if (!by || change === undefined) return;
  try {
    const { changed, annotations } = await unsay(change);
    settle(by, annotations);
    tell(messages.undone(changed));
  } catch (error) {
    tellFailure(messages.notUndone(sentenceOf(error)));
    void by.refetchQueries(profileQuery);
  }
  // One that could not be undone cannot be undone the next time either.
  done = done.filter((each) => each.change !== change);
}

/** In the bar that tells it. */
export const tell = (words: string, change?: number) => become({ words, change, at: serverNow() });

export const tellFailure = (words: string) => become({ words, failed: true, at: serverNow() });

/** What the server says now, here and in the other tabs. */
function settle(by: QueryClient, annotations: Record<string, Annotation>): void {
  lay(by, annotations);
  const account = accountIn(by);
  if (account) tabs?.postMessage({ account, annotations } satisfies Word);
}

const accountIn = (by: QueryClient) => by.getQueryData(profileQuery.queryKey)?.account.id;

/** Shows it on the page. The search is asked anew by itself: it goes with the profile. */
function lay(by: QueryClient, said: Record<string, Annotation>): void {
  patchProfile(by, (held) => {
    const annotations = { ...held.annotations, ...said };
    for (const [key, { tag, notes }] of Object.entries(said)) if (!tag && !notes) delete annotations[key];
    return { ...held, annotations };
  });
}

/** What will most likely be said then. What becomes of a hashtag in a note, the server knows. */
export function foreseen(before: Annotation, { tag, notes }: Saying): Annotation {
  return { tag: (tag ?? before.tag) || undefined, notes: (notes ?? before.notes) || undefined };
}

function wordsOf(what: string, { tag, notes, add, remove }: Saying, by: QueryClient): string {
  if (tag) return messages.tagged(what, labelOf(tag, by));
  if (tag === "") return messages.untagged(what);
  if (notes !== undefined) return notes ? messages.noted(what) : messages.unnoted(what);
  return add ? messages.hashed(what, add) : messages.unhashed(what, remove ?? "");
}

const labelOf = (tag: string, by: QueryClient) =>
  LABELS[tag] ?? by.getQueryData(wordsQuery.queryKey)?.tags.find((each) => each.name === tag)?.label ?? tag;
