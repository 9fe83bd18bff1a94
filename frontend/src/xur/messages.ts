import type { Ware } from "./types";
import type { Unit } from "./words";

const UNITS: Record<Unit, [string, string]> = {
  d: ["day", "days"],
  h: ["hour", "hours"],
  min: ["minute", "minutes"],
  s: ["second", "seconds"],
};

const count = (amount: number, one: string, many: string) => `${amount.toLocaleString("en")} ${amount === 1 ? one : many}`;

export const messages = {
  title: "Xûr",
  states: { here: "Xûr is here", expected: "Xûr is expected", away: "Xûr is away" },
  came: (when: string) => `came ${when}`,
  comes: (when: string) => `He comes ${when}`,
  left: (when: string) => `left ${when}`,
  due: (when: string) => `Due since ${when}`,
  leavesIn: "Leaves in",
  goneIn: "Gone again in",
  backIn: "Back in",
  until: (what: string, parts: string) => `${what} ${parts}`,
  yourTime: (when: string) => `${when} your time`,
  amount: (amount: number, unit: Unit) => count(amount, ...UNITS[unit]),
  lessThanAMinute: "less than a minute",
  fromTo: (from: string, to: string) => `${from} to ${to}`,

  alertMe: "Alert me when he comes",
  alertsOn: "Alerts on",
  alertsHow: (channels: string) => `${channels}, when he comes`,
  alertsDigest: (channels: string) => `${channels}, in the daily digest`,
  alertsNowhere: "No channel is set up yet",
  signInWhy: "to see what you own and can pay for",
  and: " and ",

  down: "Bungie does not answer just now.",
  asOf: (time: string) => `These are his wares as of ${time}.`,
  pastHere: (when: string) => `This is what he sold ${when}.`,
  pastLast: (when: string) => `This is what he sold last time, ${when}.`,
  pastWhy: "Nothing here can be bought now.",
  keeps: "The record keeps every visit since this server began to watch.",
  toNow: "What he has now",
  toLast: "Back to his last visit",
  noneTitle: "No visit on record yet",
  noneWhy: "What he sells is written down from his next visit on, and stands here when he has gone.",
  nothingTitle: "His counter is empty",
  nothingWhy: "Bungie shows him without anything to sell. This page looks again by itself.",
  goneTitle: "This visit is not on record",
  goneWhy: "Visits are written down while this server runs. The list beside shows which ones are.",
  goneBack: "To Xûr",

  filter: "Which wares",
  all: "All",
  none: "You have none",
  within: "Within reach",
  guardian: "Wares for",
  classes: { titan: "Titan", hunter: "Hunter", warlock: "Warlock" },

  youOwn: (copies: number) => `you own ${copies.toLocaleString("en")}`,
  collected: "in your collections",
  othersEyes: (wanted: string, seen: string) =>
    `No ${wanted} of this server has looked on that weekend: this is what a ${seen} sees.`,
  ownSoon: "Asking Bungie what he has for you",
  price: (amount: number, name: string) => `${amount.toLocaleString("en")} ${name}`,
  tier: (tier: number) => `tier ${tier}`,
  total: "total",
  pieces: (amount: number) => `${amount.toLocaleString("en")} pieces`,
  rollUnknown: "Roll unknown",
  rollUnknownWhy:
    "Bungie does not say how this copy rolled. It has some of these perks; which ones shows when somebody signed in looks.",
  rollUnknownMine: "Bungie does not say how this copy rolled. It has some of these perks.",
  rollFixed: "Every copy has these perks.",
  oneOf: (amount: number) => `One of ${amount}`,
  more: (amount: number) => `${amount} more`,
  stats: "Stats",
  perks: "Perks",
  bars: {
    "no-space": "No room in the inventory",
    "no-funds": "Not enough to pay for it",
    "not-unlocked": "Not unlocked yet",
    other: "Cannot be bought just now",
  } satisfies Record<NonNullable<Ware["barred"]>[number], string>,

  worth: "Worth a look for you",
  newCount: (amount: number) => `${count(amount, "piece", "pieces")} you have none of`,
  purse: (amount: number, name: string) => `${name}: ${amount.toLocaleString("en")}`,
  purseBuys: (amount: number) =>
    amount ? `enough for any one of ${count(amount, "ware", "wares")}` : "not enough for any of his wares",
  others: (amount: number) => ` and ${amount} more`,

  earlier: "Earlier visits",
  visits: "Visits on record",
  onRecord: (amount: number) => `${amount.toLocaleString("en")} on record`,
  wares: (amount: number) => count(amount, "ware", "wares"),
  showAll: (amount: number) => `Show all ${amount.toLocaleString("en")}`,
  noVisits: "The first visit that this server sees will stand here.",
  mailTitle: "As an e-mail",
  mailWhy: "The same list, sent when he comes.",
  mailWhere: "See what was told",

  reading: (seconds: number) => `Asking what Xûr has, ${seconds} s so far`,
  failed: "Xûr could not be looked up",
  waits: "Bungie cannot answer just now",
  again: "Look again",
};
