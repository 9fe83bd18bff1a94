/** Single-key shortcuts. Off while somebody types, and when Settings says so; Escape always works. */

import { useLayoutEffect, useRef } from "react";
import { preferences } from "../settings/preferences";

/** By key; with Ctrl or Command, "mod z"; a digit with Shift, "shift 1". What returns false was not for it: the next layer is asked. */
export type Keys = Record<string, () => unknown>;

const stack: { current: Keys }[] = [];
const PREFIX = "g";
const PATIENCE = 1200;
let prefixed = -Infinity;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}

/** The name under which a key press is looked up: "g v" for G then V. Undefined: not a shortcut. */
function nameOf(event: KeyboardEvent): string | undefined {
  if (event.altKey || event.isComposing) return undefined;
  if (event.ctrlKey || event.metaKey)
    return event.shiftKey || isTyping(event.target) ? undefined : `mod ${event.key.toLowerCase()}`;
  if (event.key === "Escape") return "Escape";
  if (isTyping(event.target) || !preferences().single_keys || event.key.length > 1) return undefined;
  // Whatever the layout writes there. Where digits themselves need Shift, they stay digits.
  const digit = event.shiftKey && !/\d/.test(event.key) && /^Digit(\d)$/.exec(event.code)?.[1];
  if (digit) return `shift ${digit}`;
  const key = event.key.toLowerCase();
  if (event.timeStamp - prefixed < PATIENCE) {
    prefixed = -Infinity;
    return `${PREFIX} ${key}`;
  }
  if (key === PREFIX) prefixed = event.timeStamp;
  return key;
}

function onKey(event: KeyboardEvent): void {
  // A dialog keeps its keys to itself, Escape among them.
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const name = nameOf(event);
  if (!name) return;
  // What came last is on top: a sheet's Escape goes before the page's.
  for (const layer of stack.toReversed()) {
    const action = layer.current[name];
    if (!action || action() === false) continue;
    event.preventDefault();
    return;
  }
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
