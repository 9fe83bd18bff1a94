import type { Freshness } from "./state";

export const WORDS: Record<Freshness | "past", string> = {
  live: "Live",
  old: "Getting old",
  down: "Bungie down",
  unanswered: "No answer",
  offline: "Offline",
  ended: "Sign-in ended",
  reading: "Reading",
  past: "Past",
};

export const messages = {
  showing: (time: string) => `showing ${time}`,
  label: (word: string, age: string) => `Freshness: ${word}${age ? `, ${age}` : ""}. Read from Bungie now`,
  reading: "Reading from Bungie",
  readAgain: (time: string) => `Read at ${time}`,
  past: (age: string) => `The past: ${age}. Back to now`,
  panel: "How old this is",
  bungieStamp: "Bungie's own stamp",
  noStamp: "none given",
  ourStamp: "Read by this server",
  next: "Next read",
  nextIn: (seconds: number) => (seconds < 100 ? `in ${seconds} s` : `in ${Math.round(seconds / 60)} min`),
  nextNone: "when you ask",
  nextNow: "now",
  readNow: "Read now",
  nothing: "nothing read yet",
};
