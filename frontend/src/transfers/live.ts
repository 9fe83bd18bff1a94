/** What the rest of the page needs of transfers: the list, and ways to ask. The stream and the tray are in chunks of their own. */

import { useSyncExternalStore } from "react";
import { actOn, previewTransfer, type Deed } from "../api/transfers";
import type { TransferPlan, Transfer, AskedWish } from "../api/types";
import { send, type AskOptions } from "./asking";
import { messages } from "./messages";
import { become } from "./panel";
import { TransferStore, type LiveTransfer } from "./store";

export type { AskOptions } from "./asking";
export { hasEnded, type LiveTransfer } from "./store";

export const transfers = new TransferStore();

/** Newest first. One that was asked for a moment ago stands here before the server has answered (`unsent`, no steps yet). */
export function useTransfers(): readonly LiveTransfer[] {
  return useSyncExternalStore(transfers.subscribe, transfers.current);
}

/**
 * Asks for a transfer. Resolves with it as the server wrote it down (it may have failed already: `state` and `refusals` say so).
 * Never rejects: what could not be sent stays in the tray, with a button that sends it again, and is given as a failed transfer
 * whose `unsent.problem` says why.
 */
export function askFor(wish: AskedWish, options: AskOptions = {}): Promise<LiveTransfer> {
  return send(transfers, wish, options.title ?? messages.moves);
}

export const useAsk = (): typeof askFor => askFor;

/** What it would do, without doing it. Rejects with a `Problem`. */
export const previewOf = (wish: AskedWish): Promise<TransferPlan> => previewTransfer(wish);

/** Shows the plan first, in a dialog, and asks when the person says so. Undefined: they thought better of it. */
export function planFirst(wish: AskedWish, options: AskOptions = {}): Promise<LiveTransfer | undefined> {
  return new Promise((done) => become({ planning: { wish, title: options.title, done } }));
}

/** Sends again what never reached the server. The same key: if it did reach it, nothing is done twice. */
export function sendAgain({ unsent, title }: LiveTransfer): Promise<LiveTransfer | undefined> {
  return unsent ? send(transfers, unsent.wish, title, unsent.key) : Promise.resolve(undefined);
}

/** Cancel, retry or undo. Gives the transfer that was cancelled, or the new one. Rejects with a `Problem`. */
export async function act(id: string, deed: Deed): Promise<Transfer> {
  const answer = await actOn(id, deed);
  transfers.take([answer]);
  return answer;
}

/** The newest transfer that can be taken back, undone: what Ctrl+Z does. Undefined: there is none. */
export function undoLast(): Promise<Transfer> | undefined {
  const last = transfers.current().find((each) => each.can.includes("undo") && !each.undoes);
  return last && act(last.id, "undo");
}
