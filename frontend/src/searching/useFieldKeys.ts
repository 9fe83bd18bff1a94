import { useEffect, useRef, useState } from "react";
import type { Suggestion } from "./wire";

interface Means {
  field: HTMLInputElement;
  text: string;
  /** As they are shown, from top to bottom. */
  order: Suggestion[];
  /** Whether they belong to the text as it stands. */
  fresh: boolean;
  unfolded: boolean;
  /** Whether there is anything to fold. */
  shown: boolean;
  setUnfolded: (unfolded: boolean) => void;
  onFold: () => void;
  onTake: (suggestion: Suggestion) => void;
  onSearch: () => void;
}

const NONE = -1;

/** Arrows choose, Tab completes, Enter searches, Escape folds; every other key is the field's. Returns which one is chosen. */
export function useFieldKeys(means: Means): number {
  const { field, text, order, fresh } = means;
  const [chosen, setChosen] = useState({ of: text, index: NONE });
  const index = chosen.of === text && chosen.index < order.length ? chosen.index : NONE;
  /** For which text Tab was pressed before its suggestions were there. */
  const owed = useRef<string>(undefined);
  const latest = useRef({ ...means, index });
  useEffect(() => {
    latest.current = { ...means, index };
  });
  useEffect(() => {
    if (owed.current !== text || !fresh) return;
    owed.current = undefined;
    const first = order[0];
    if (first && first.text !== text) latest.current.onTake(first);
  }, [text, order, fresh]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const now = latest.current;
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const done = () => {
        event.preventDefault();
        // The field's own Escape and Enter, and the page's, are not meant.
        event.stopPropagation();
      };
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (by && !event.shiftKey) {
        done();
        if (!now.unfolded) return now.setUnfolded(true);
        // Past either end stands the field itself.
        const places = now.order.length + 1;
        return setChosen({ of: now.text, index: ((now.index + 1 + by + places) % places) - 1 });
      }
      if (event.key === "Escape" && now.shown) {
        done();
        return now.onFold();
      }
      const active = now.order[now.index];
      if (event.key === "Tab" && !event.shiftKey && now.unfolded && now.text) {
        const taken = active ?? now.order[0];
        if (!now.fresh) owed.current = now.text;
        else if (!taken || taken.text === now.text) return;
        else now.onTake(taken);
        return done();
      }
      if (event.key === "Enter") {
        // Goes on to the field, which leads to the vault from elsewhere.
        if (active && now.unfolded) now.onTake(active);
        else now.onSearch();
        now.setUnfolded(false);
      }
    };
    field.addEventListener("keydown", onKey);
    return () => field.removeEventListener("keydown", onKey);
  }, [field]);
  return index;
}
