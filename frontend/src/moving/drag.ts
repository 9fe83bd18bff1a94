/**
 * Dragging tiles, by mouse, pen and finger, with three listeners for the whole page: a thousand tiles cost nothing until one is
 * taken. By hand, because the known libraries either register every tile by itself or hand the picture at the pointer, and the
 * long press of a finger, to the browser.
 *
 * A mouse takes a tile by moving. A finger takes it by resting on it, so that it can still scroll; lifted again without having
 * moved, it selects.
 */

import { Frame, spotOf, type Spot } from "./frame";
import { ghostOf, type Ghost } from "./ghost";
import { scrollStep } from "./scroll";
import { targetAt, type Target } from "./target";

export interface Means {
  /** What goes along with this item. Empty: it is not to be taken. */
  taken: (id: string) => string[];
  tileOf: (id: string) => HTMLElement | null;
  /** Somebody drags over this: says at once what a drop would do, and again through `say` when more is known. */
  over: (ids: string[], target: Target, say: (words: string, refused: boolean) => void) => void;
  drop: (ids: string[], target: Target) => void;
  /** A finger rested on it and was lifted. */
  rested: (id: string) => void;
  ended: (dropped: boolean) => void;
}

interface Press {
  id: string;
  tile: HTMLElement;
  pointer: number;
  finger: boolean;
  x: number;
  y: number;
  timer?: ReturnType<typeof setTimeout>;
  rested: boolean;
}

interface Drag {
  ids: string[];
  tiles: HTMLElement[];
  ghost: Ghost;
  frame: Frame;
  target?: Target;
  x: number;
  y: number;
  frames: number;
}

/** Pixels; a hand is not still. */
const SLACK = 5;
const FINGER_SLACK = 10;
/** Milliseconds until a resting finger has taken the tile: as long as phones take for theirs. */
const REST = 420;
/** A finger hides what is under it: the picture hangs above. */
const ABOVE = 44;

export function startDragging(means: Means): () => void {
  let press: Press | undefined;
  let drag: Drag | undefined;

  const begin = (event: PointerEvent) => {
    const tile = event.target instanceof Element ? event.target.closest<HTMLElement>(".tile[data-id]") : null;
    if (press || drag || !event.isPrimary || event.button !== 0 || !tile || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const finger = event.pointerType === "touch";
    press = { id: tile.dataset.id!, tile, pointer: event.pointerId, finger, x: event.clientX, y: event.clientY, rested: false };
    if (finger) press.timer = setTimeout(rest, REST);
  };

  const rest = () => {
    if (!press) return;
    press.rested = true;
    press.tile.dataset.lifted = "";
    navigator.vibrate?.(12);
  };

  const move = (event: PointerEvent) => {
    if (drag) return follow(event.clientX, event.clientY);
    if (!press || event.pointerId !== press.pointer) return;
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y);
    if (far <= (press.finger ? FINGER_SLACK : SLACK)) return;
    if (press.finger && !press.rested) return stop(false);
    lift(press, event);
  };

  const lift = (from: Press, event: PointerEvent) => {
    const ids = means.taken(from.id);
    if (!ids.length) return stop(false);
    const box = from.tile.getBoundingClientRect();
    const grip = from.finger ? { x: box.width / 2, y: box.height / 2 + ABOVE } : { x: from.x - box.left, y: from.y - box.top };
    const others = ids.filter((id) => id !== from.id).map(means.tileOf);
    const tiles = [from.tile, ...others.filter((tile) => tile !== null)];
    drag = { ids, tiles, ghost: ghostOf(tiles, ids.length, grip), frame: new Frame(), x: 0, y: 0, frames: 0 };
    for (const tile of tiles) tile.dataset.lifted = "";
    // The first frame shows that it is taken; what lies under it is asked from the next movement on: it is still where it was.
    Object.assign(drag, { x: event.clientX, y: event.clientY });
    drag.ghost.moveTo(event.clientX, event.clientY);
    drag.frames = requestAnimationFrame(keepScrolling);
  };

  const follow = (x: number, y: number) => {
    if (!drag) return;
    const target = targetAt(x, y);
    const fresh = target?.place !== drag.target?.place;
    become(drag, x, y, target, target && fresh ? spotOf(target.place) : undefined);
  };

  const become = (now: Drag, x: number, y: number, target: Target | undefined, spot: Spot | undefined) => {
    const same = target?.place === now.target?.place;
    Object.assign(now, { x, y, target });
    now.ghost.moveTo(x, y);
    if (same) return;
    now.frame.show(spot);
    if (!target) return;
    means.over(now.ids, target, (words, refused) => {
      if (drag?.target?.place === target.place) now.frame.say(words, refused);
    });
  };

  const keepScrolling = () => {
    if (!drag) return;
    const step = scrollStep(drag.y);
    if (step) {
      scrollBy(0, step);
      follow(drag.x, drag.y);
      if (drag.target) drag.frame.show(spotOf(drag.target.place));
    }
    drag.frames = requestAnimationFrame(keepScrolling);
  };

  const end = (event: PointerEvent) => {
    if (!press || event.pointerId !== press.pointer) return;
    const { rested, id } = press;
    if (drag) follow(event.clientX, event.clientY);
    if (drag?.target) means.drop(drag.ids, drag.target);
    else if (!drag && rested) means.rested(id);
    if (drag || rested) swallowClick();
    stop(!!drag?.target);
  };

  const stop = (dropped: boolean) => {
    clearTimeout(press?.timer);
    delete press?.tile.dataset.lifted;
    if (drag) {
      cancelAnimationFrame(drag.frames);
      drag.ghost.remove();
      drag.frame.remove();
      for (const tile of drag.tiles) delete tile.dataset.lifted;
      means.ended(dropped);
    }
    press = drag = undefined;
  };

  const cancel = () => stop(false);
  const key = (event: KeyboardEvent) => {
    if (!drag || event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    // The button is still down: what it does when it comes up is no click.
    addEventListener("pointerup", swallowClick, { capture: true, once: true });
    cancel();
  };
  // The browser must neither scroll, nor open its menu, under a finger that holds a tile.
  const hold = (event: Event) => {
    if ((drag || press?.rested) && event.cancelable) event.preventDefault();
  };
  const menu = (event: Event) => {
    if (press?.finger || drag) event.preventDefault();
  };
  const native = (event: Event) => press && event.preventDefault();
  const listeners: [string, EventListener, AddEventListenerOptions?][] = [
    ["pointerdown", begin as EventListener],
    ["pointermove", move as EventListener, { passive: true }],
    ["pointerup", end as EventListener],
    ["pointercancel", cancel],
    ["keydown", key as EventListener, { capture: true }],
    ["touchmove", hold, { passive: false }],
    ["contextmenu", menu, { capture: true }],
    ["dragstart", native],
    ["blur", cancel],
  ];
  for (const [type, listener, options] of listeners) addEventListener(type, listener, options);
  return () => {
    stop(false);
    for (const [type, listener, options] of listeners) removeEventListener(type, listener, options);
  };
}

/** The click that the browser makes of a press which was a drag comes right after the button is up. */
function swallowClick(): void {
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 50);
}
