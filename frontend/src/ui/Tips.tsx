import { useEffect } from "react";

const DELAY = 400;
const EDGE = 8;
const BAR = 64;

/** Tooltips for tiles (their label) and for whatever carries `data-tip`: after a while under the pointer, at once on focus by keyboard, gone with Escape. */
export function Tips() {
  useEffect(() => {
    let tip: HTMLElement | undefined;
    let about: HTMLElement | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = () => {
      clearTimeout(timer);
      tip?.remove();
      tip = undefined;
    };
    const show = (target: HTMLElement) => {
      hide();
      const text = target.dataset.tip ?? target.getAttribute("aria-label");
      if (!text || !target.isConnected) return;
      tip = document.createElement("div");
      tip.className = "tip";
      tip.setAttribute("aria-hidden", "true"); // its words are the target's label already
      tip.textContent = text;
      document.body.append(tip);
      about = target;
      place(tip, target.getBoundingClientRect());
    };
    const over = (event: PointerEvent) => {
      const target = tipped(event.target);
      clearTimeout(timer);
      // Not under a finger, nor while something is dragged.
      if (!target || event.pointerType === "touch" || event.buttons) return hide();
      timer = setTimeout(() => show(target), DELAY);
    };
    const focused = (event: FocusEvent) => {
      const target = tipped(event.target);
      if (target?.matches(":focus-visible")) show(target);
      else hide();
    };
    // Focus brings what it goes to into sight: what is said of that goes along.
    const scrolled = () => (tip && about === document.activeElement ? place(tip, about!.getBoundingClientRect()) : hide());
    const escape = (event: KeyboardEvent) => event.key === "Escape" && hide();
    document.addEventListener("pointerover", over);
    document.addEventListener("pointerdown", hide);
    document.addEventListener("focusin", focused);
    document.addEventListener("focusout", hide);
    document.addEventListener("keydown", escape, true);
    addEventListener("scroll", scrolled, { passive: true, capture: true });
    return () => {
      hide();
      document.removeEventListener("pointerover", over);
      document.removeEventListener("pointerdown", hide);
      document.removeEventListener("focusin", focused);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("keydown", escape, true);
      removeEventListener("scroll", scrolled, { capture: true });
    };
  }, []);
  return null;
}

function tipped(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-tip], .tile") : null;
}

function place(tip: HTMLElement, box: DOMRect): void {
  const left = Math.min(Math.max(EDGE, box.left + box.width / 2 - tip.offsetWidth / 2), innerWidth - tip.offsetWidth - EDGE);
  const above = box.top - tip.offsetHeight - EDGE;
  tip.style.left = `${left + scrollX}px`;
  tip.style.top = `${(above > BAR ? above : box.bottom + EDGE) + scrollY}px`;
}
