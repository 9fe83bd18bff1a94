import { useEffect, useRef, useState } from "react";
import { onTyped } from "./caret";

/**
 * Whether the field has focus, and whether what is under it is unfolded: by typing, by pressing the field, and on coming to the
 * empty field. Leaving it folds it. `onLeave`: the search stays as it is. `entered`: it was searched for before this came.
 */
export function useUnfolded(field: HTMLInputElement, onLeave: () => void, entered: boolean) {
  const root = field.closest<HTMLElement>(".find")!;
  const [focused, setFocused] = useState(() => root.contains(document.activeElement));
  const [unfolded, setUnfolded] = useState(() => document.activeElement === field && !entered);
  const left = useRef(onLeave);
  useEffect(() => {
    left.current = onLeave;
  });
  useEffect(() => {
    const unfold = () => setUnfolded(true);
    const came = (event: FocusEvent) => {
      setFocused(true);
      if (event.target === field && !field.value) unfold();
    };
    const leave = (event: FocusEvent) => {
      if (event.relatedTarget instanceof Node && root.contains(event.relatedTarget)) return;
      setFocused(false);
      setUnfolded(false);
      if (document.hasFocus()) left.current();
    };
    const stop = onTyped(field, unfold);
    field.addEventListener("click", unfold);
    root.addEventListener("focusin", came);
    root.addEventListener("focusout", leave);
    return () => {
      stop();
      field.removeEventListener("click", unfold);
      root.removeEventListener("focusin", came);
      root.removeEventListener("focusout", leave);
    };
  }, [field, root]);
  return { focused, unfolded, setUnfolded };
}
