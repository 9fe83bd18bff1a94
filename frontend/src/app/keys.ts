/** Single-key shortcuts. Off while somebody types, and when Settings says so; Escape always works. */

import { useLayoutEffect, useRef } from "react";
import { preferences } from "../settings/preferences";

/** By what the key writes; with Ctrl or Command, "mod z". Digits by their place: "1", with Shift "shift 1". What returns false was
 *  not for it: the next layer is asked. */
export type Keys = Record<string, () => unknown>;

const stack: { current: Keys }[] = [];
const PREFIX = "g";
const PATIENCE = 1200;
let prefixed = -Infinity;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}

/** The digit of this key in the row of digits, whatever the layout writes there; none with AltGr or in the midst of a composition. */
function placeOf(event: KeyboardEvent): string | undefined {
  if (event.key === "Process" || event.getModifierState("AltGraph")) return undefined;
  return /^Digit(\d)$/.exec(event.code)?.[1];
}

/** The names under which a key press is looked up, the first one first: "g v" for G then V. None: not a shortcut. */
function namesOf(event: KeyboardEvent): string[] {
  if (event.altKey || event.isComposing) return [];
  if (event.ctrlKey || event.metaKey) return event.shiftKey || isTyping(event.target) ? [] : [`mod ${event.key.toLowerCase()}`];
  if (event.key === "Escape") return ["Escape"];
  if (isTyping(event.target) || !preferences().single_keys) return [];
  const key = event.key.length > 1 ? [] : [event.key.toLowerCase()];
  const place = placeOf(event);
  if (!place) return key.length ? afterPrefix(event, key) : [];
  // The row may write more than digits: "/" is Shift and 7 on many layouts. A digit in it is what its place says, and no other.
  return afterPrefix(event, [event.shiftKey ? `shift ${place}` : place, ...key.filter((sign) => !/\d/.test(sign))]);
}

/** After G they mean something else, once. */
function afterPrefix(event: KeyboardEvent, names: string[]): string[] {
  if (event.timeStamp - prefixed < PATIENCE) {
    prefixed = -Infinity;
    return names.map((name) => `${PREFIX} ${name}`);
  }
  if (names.includes(PREFIX)) prefixed = event.timeStamp;
  return names;
}

function act(name: string): boolean {
  // What came last is on top: a sheet's Escape goes before the page's.
  return stack.toReversed().some(({ current }) => current[name] !== undefined && current[name]() !== false);
}

function onKey(event: KeyboardEvent): void {
  // A dialog keeps its keys to itself, Escape among them.
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (namesOf(event).some(act)) event.preventDefault();
}

/** These keys, as long as this part is on the page. A later part's keys go first. */
export function useKeys(keys: Keys): void {
  const held = useRef(keys);
  useLayoutEffect(() => {
    held.current = keys;
  });
  // Not after the paint: what can be seen can be used.
  useLayoutEffect(() => {
    if (!stack.length) document.addEventListener("keydown", onKey);
    stack.push(held);
    return () => {
      stack.splice(stack.indexOf(held), 1);
      if (!stack.length) document.removeEventListener("keydown", onKey);
    };
  }, []);
}
