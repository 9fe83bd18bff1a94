import { useEffect, useSyncExternalStore } from "react";

/** Where the caret stands in the field; its end, while something is selected. */
export function useCaret(field: HTMLInputElement): number {
  return useSyncExternalStore(
    (listener) => {
      const stop = onTyped(field, listener);
      document.addEventListener("selectionchange", listener);
      for (const each of CAUSES) field.addEventListener(each, listener);
      return () => {
        stop();
        document.removeEventListener("selectionchange", listener);
        for (const each of CAUSES) field.removeEventListener(each, listener);
      };
    },
    () => field.selectionEnd ?? field.value.length,
  );
}

const CAUSES = ["keyup", "pointerup", "focus", "scroll"];

/**
 * Listens for letters above the page's root, not at the field: what is drawn anew before React has heard of a letter would put
 * the text from before back into the field.
 */
export function onTyped(field: HTMLInputElement, listener: () => void): () => void {
  const heard = (event: Event) => event.target === field && listener();
  document.addEventListener("input", heard);
  return () => document.removeEventListener("input", heard);
}

/** Puts the caret there once the new text stands in the field. */
export function putCaret(field: HTMLInputElement, at: number): void {
  requestAnimationFrame(() => {
    field.focus({ preventScroll: true });
    field.setSelectionRange(at, at);
    // A caret set by hand does not bring itself into sight.
    if (at === field.value.length) field.scrollLeft = field.scrollWidth;
  });
}

/** Keeps the coloured copy of the text where the field has scrolled to. */
export function useScrolledAlong(field: HTMLInputElement, copy: HTMLElement | null, text: string): void {
  useEffect(() => {
    if (!copy) return;
    const follow = () => {
      if (copy.scrollLeft !== field.scrollLeft) copy.scrollTo({ left: field.scrollLeft });
    };
    // In the frame and not before it: the field scrolls to its caret only after it has drawn the letter, and to ask it where it
    // stands would have everything laid out once more.
    const frame = requestAnimationFrame(follow);
    for (const each of CAUSES) field.addEventListener(each, follow);
    return () => {
      cancelAnimationFrame(frame);
      for (const each of CAUSES) field.removeEventListener(each, follow);
    };
  }, [field, copy, text]);
}
