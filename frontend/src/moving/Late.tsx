import { lazy, Suspense, useEffect, useState } from "react";
import type { Profile } from "../api/types";
import { moving } from "./late";

const Moving = lazy(moving);
/** Milliseconds: what nobody touches has time. */
const UNTOUCHED = 1500;
const TOUCHES = ["pointerdown", "pointermove", "keydown", "focusin"];

/** Loads all that moves items: at the first touch, or a while after the page stands. */
export function Late({ profile }: { profile: Profile }) {
  const [due, setDue] = useState(false);
  useEffect(() => {
    if (due) return;
    const go = () => setDue(true);
    const timer = setTimeout(go, UNTOUCHED);
    for (const each of TOUCHES) addEventListener(each, go, { once: true, passive: true });
    return () => {
      clearTimeout(timer);
      for (const each of TOUCHES) removeEventListener(each, go);
    };
  }, [due]);
  return <Suspense>{due && <Moving profile={profile} />}</Suspense>;
}
