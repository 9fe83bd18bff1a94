/** Asks for a transfer: it stands in the list at once, and stays there with the reason when it could not be sent. */

import { Problem } from "../api/client";
import { askTransfer } from "../api/transfers";
import type { AskedWish } from "../api/types";
import { messages } from "./messages";
import type { LiveTransfer, TransferStore } from "./store";

export interface AskOptions {
  /** What it is called until the server names it: "Sable Verdict to Brannoch". */
  title?: string;
}

/** Names a wish, so that asking again is not wishing twice. Also where the browser keeps `crypto.randomUUID` from plain http. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function entryOf(wish: AskedWish, key: string, title: string, problem?: Problem): LiveTransfer {
  return {
    id: `unsent-${key}`,
    revision: 0,
    state: problem ? "failed" : "queued",
    kind: wish.kind,
    title,
    sentence: problem?.message,
    asked_by: "page",
    created: new Date().toISOString(),
    steps: [],
    refusals: [],
    done: 0,
    total: 0,
    confirmed: "all",
    can: [],
    unsent: { wish, key, problem },
  };
}

/** Never rejects: what could not be sent is given as a failed transfer whose `unsent` says why. */
export async function send(store: TransferStore, wish: AskedWish, title: string, key = newKey()): Promise<LiveTransfer> {
  const entry = entryOf(wish, key, title);
  store.replace(entry.id, entry);
  try {
    const { data } = await askTransfer(wish, key);
    store.replace(entry.id, data);
    return data;
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem("broken", messages.notSent);
    const failed = entryOf(wish, key, title, problem);
    store.replace(entry.id, failed);
    return failed;
  }
}
