import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useLocation } from "react-router";
import type { Profile } from "../api/types";
import { useKeys } from "../app/keys";
import { useLaid } from "../moving/late";
import { openMenu } from "../moving/menu";
import { query } from "../search/query";
import { actionsMenu } from "./actions";
import type { Answer } from "./wire";

/** Where items can be acted on, and all that is found is what is shown. The organizer shows less, and selects by itself. */
const ACTING = /^\/(vault|characters)/;

export interface Actions {
  /** How many items they are for; 0: there is nothing to act on. */
  count: number;
  button: React.RefObject<HTMLButtonElement | null>;
  open: () => void;
}

/**
 * What can be done with all that the search finds. Opened before the answer is there, the menu comes with it. `acting`: it was asked
 * for before all this was there.
 */
export function useActions(
  field: HTMLInputElement,
  text: string,
  answer: Answer | undefined,
  profile: Profile,
  acting?: boolean,
): Actions {
  const client = useQueryClient();
  const laid = useLaid(profile)!;
  const button = useRef<HTMLButtonElement>(null);
  const here = ACTING.test(useLocation().pathname) && !profile.at;
  /** For which text the menu was asked for before its answer was there. */
  const owed = useRef(acting ? text : undefined);
  const ids = useMemo(() => {
    if (!here || !answer?.valid) return [];
    const there = new Set(profile.items.map((item) => item.id));
    return answer.ids.filter((id) => there.has(id));
  }, [here, answer, profile]);

  const show = useCallback(() => button.current && openMenu(actionsMenu(client, laid, ids, button.current)), [client, laid, ids]);
  const open = useCallback(() => {
    // The field may be a letter ahead of what is drawn.
    const current = query() === text;
    if (current && ids.length) show();
    else if (here && !(current && answer)) owed.current = query();
    return ids.length > 0;
  }, [here, answer, ids, show, text]);
  useEffect(() => {
    if (owed.current !== text ? owed.current === query() : !answer) return;
    const due = owed.current === text && ids.length > 0;
    owed.current = undefined;
    if (due) show();
  }, [text, answer, ids, show]);

  // While an answer is on its way the button stands as it stood: nothing beside it jumps at each letter.
  const [last, setLast] = useState(0);
  if (answer && last !== ids.length) setLast(ids.length);

  useKeys({ a: open });
  const opened = useRef(open);
  useEffect(() => {
    opened.current = open;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      opened.current();
    };
    field.addEventListener("keydown", onKey);
    return () => field.removeEventListener("keydown", onKey);
  }, [field]);
  return { count: here && text.trim() ? (answer ? ids.length : last) : 0, button, open };
}
