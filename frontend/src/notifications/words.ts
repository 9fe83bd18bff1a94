/** Messages and deliveries in words, and a form's fields as the API wants them. */

import { clock } from "../freshness/words";
import { dayTitle } from "../journal/words";
import { pageMessages } from "./messages";
import type { Channel, ChannelForm, Choices, Delivery, FormField, Message, Settings, Value } from "./wire";

export interface Day {
  title: string;
  messages: Message[];
}

/** By day of this browser, in the order they came. */
export function daysOf(all: readonly Message[], now: number): Day[] {
  const days: Day[] = [];
  for (const message of all) {
    const title = dayTitle(Date.parse(message.created), now);
    const last = days.at(-1);
    if (last?.title === title) last.messages.push(message);
    else days.push({ title, messages: [message] });
  }
  return days;
}

/** What became of a delivery, beside its state: when, how often, and when again. */
export function factsOf(delivery: Delivery, now: number): string[] {
  const waits = delivery.state === "held" || delivery.tries > 0;
  const next = waits && delivery.next && clock(Date.parse(delivery.next), now);
  return [
    delivery.state === "sent" && delivery.at && clock(Date.parse(delivery.at), now),
    delivery.tries > 1 && pageMessages.tries(delivery.tries),
    next && (delivery.state === "held" ? pageMessages.until(next) : pageMessages.again_at(next)),
  ].filter((each): each is string => Boolean(each));
}

const LINES = 5;
const LETTERS = 400;

/** Whether a text is cut until somebody wants all of it. */
export const isLong = (text: string): boolean => text.length > LETTERS || text.split("\n").length > LINES;

/** A path of our own site; anything else is not followed. */
export function pathOf(link: string): string | undefined {
  return /^\/(?![/\\])/.test(link) && link !== "/" ? link : undefined;
}

/** What stands in a form's fields at first: a channel's settings, else what is usual. Secrets are never among them. */
export function firstValues(form: ChannelForm, channel?: Channel): Record<string, string | boolean> {
  return Object.fromEntries(
    form.fields.map((field) => {
      const value = channel ? channel.settings[field.name] : field.default;
      if (field.kind === "switch") return [field.name, value === true];
      return [field.name, field.kind === "secret" || value === undefined || value === null ? "" : String(value)];
    }),
  );
}

/** The fields as the API takes them: what is empty is null, a kept secret that was left empty is left out. */
export function settingsOf(
  form: ChannelForm,
  values: Record<string, string | boolean>,
  kept: readonly string[] = [],
  forgotten: readonly string[] = [],
): Settings {
  const settings: Settings = {};
  for (const field of form.fields) {
    const value = valueOf(field, values[field.name]);
    if (value === null && field.kind === "secret" && kept.includes(field.name) && !forgotten.includes(field.name)) continue;
    settings[field.name] = value;
  }
  return settings;
}

function valueOf(field: FormField, value: string | boolean | undefined): Value {
  if (typeof value === "boolean") return value;
  const text = (value ?? "").trim();
  if (!text) return null;
  // What is no number goes as it is: the server says in words what it wants.
  return field.kind === "number" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** The choices with other channels for one kind. All of them: whichever there are, later ones too. */
export function withChannels(choices: Choices, kind: string, channels: string[] | undefined): Choices {
  const kinds = choices.kinds.map((each) => {
    if (each.name !== kind) return each;
    const { name, title, help, timing } = each;
    return channels ? { name, title, help, timing, channels } : { name, title, help, timing };
  });
  return { ...choices, kinds };
}

/** Where this browser is, by its own word. */
export function browsersZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** Every zone that the browser knows, and those that are to be shown in any case. */
export function zones(...more: string[]): string[] {
  return [...new Set([...more, "UTC", ...Intl.supportedValuesOf("timeZone")])].sort();
}
