/** What the tray says. It comes with the tray. */

import type { TransferState } from "../api/types";
import type { GroupState } from "./groups";

const many = (count: number, one: string, more: string) => `${count.toLocaleString("en")} ${count === 1 ? one : more}`;

export const words = {
  none: "Nothing moved lately.",
  noneWhy: "Drag an item to a guardian or to the vault, or open it and choose where it goes.",
  all: "All moves",
  fold: "Fold (M)",
  running: (count: number) => `${count} running`,
  needing: (count: number) => `${count} need${count === 1 ? "s" : ""} you`,
  waitsFor: (count: number) => `${count} waiting`,
  tidy: "Put away all that is over",
  progress: (done: number, total: number) => `${done.toLocaleString("en")} of ${total.toLocaleString("en")}`,
  step: (n: number, total: number) => `step ${n.toLocaleString("en")} of ${total.toLocaleString("en")}`,
  progressOf: (title: string) => `Progress of ${title}`,
  sending: "Sending",
  waits: "waits",
  checks: "checks",

  stop: "Stop",
  stopping: "Stopping",
  stopUndo: "Stop and undo",
  retry: (count: number) => (count ? `Retry ${count.toLocaleString("en")}` : "Retry"),
  send: "Send again",
  undo: "Undo",
  why: "Why",
  steps: (count: number) => many(count, "step", "steps"),
  by: (who: string) => `by ${who}`,
  dismiss: (title: string) => `Put away: ${title}`,
  about: (what: string, title: string) => `${what}: ${title}`,
  more: (count: number) => `and ${many(count, "other", "others")}`,

  queued: "Waits for the move before it.",
  checking: "The answer was not clear. Reads from Bungie before it goes on.",
  waiting: "Will try when possible.",
  until: (time: string) => `Until ${time} at most.`,
  notSeen: "Done. Bungie's list does not show it yet.",
  checked: "Checked: Bungie's list shows it.",
  notShown: "Done, says Bungie, but its list has not shown it within 3 minutes. It may come later.",
  differs: "Done, but Bungie's list shows something else by now. Perhaps it was moved in the game since.",
  left: (count: number) => `${many(count, "step was", "steps were")} not begun.`,
  undone: "Taken back.",
  retried: "Tried again.",
  unsent: "Not sent",

  planTitle: "What will happen",
  planning: "Planning",
  planCalls: (calls: number, seconds: number) => `${many(calls, "step", "steps")}, about ${seconds} s`,
  planStays: (count: number) => `${many(count, "item stays", "items stay")}`,
  planAlready: (count: number) => `${many(count, "item is", "items are")} there already.`,
  planNothing: "There is nothing to do.",
  go: "Go on",
  cancel: "Cancel",
  again: "Try again",
};

/** How it ended, when the server has no sentence for it. */
export const ENDED: Partial<Record<TransferState, string>> = {
  done: "Done.",
  partly: "Some of it stayed. Nothing was lost.",
  failed: "Nothing was moved. Nothing was lost.",
  cancelled: "Stopped. What was done stays done.",
  expired: "It waited as long as it may. Nothing was lost.",
};

/** The state of a step, for who does not see its picture. */
export const STATES: Record<GroupState, string> = {
  planned: "to do",
  running: "now",
  part: "under way",
  done: "done, not seen yet",
  seen: "done and checked",
  odd: "done, but Bungie's list says otherwise",
  refused: "stayed",
  unconfirmed: "unclear",
  skipped: "not begun",
};

export const STORES = { vault: "the vault", account: "what all guardians share", unknown: "another guardian" };

export const deeds = {
  items: (count: number) => many(count, "item", "items"),
  pieces: (count: number, name: string) => `${count.toLocaleString("en")} ${name}`,
  transfer: (what: string, from: string, to: string, several: boolean) =>
    several ? `${what} from ${from} to ${to}` : `${what} to ${to}`,
  pull: (what: string, from: string) => `${what} out of the postmaster of ${from}`,
  equip: (what: string, who: string) => `Equip ${what} on ${who}`,
  lock: (what: string, on: boolean) => `${on ? "Lock" : "Unlock"} ${what}`,
  track: (what: string, on: boolean) => `${on ? "Track" : "Stop tracking"} ${what}`,
};

/** What is said after a step that was not wished for itself. */
export const WHYS = {
  wished: "",
  transit: ", on the way",
  room: ", to make room",
  replacement: ", in its place",
  "one-exotic": ", as one exotic can be worn",
  "lock-again": ", again",
};

/** Who asked. */
export const ASKERS: Record<string, string> = { page: "you", api: "the API", undo: "you, undoing", retry: "you, again" };
export const byRule = (name: string) => `rule “${name}”`;
