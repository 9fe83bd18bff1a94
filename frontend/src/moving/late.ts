/**
 * Moving comes after the first paint: nobody can move what is not drawn yet. This much is there from the start: a way to load the
 * rest, and the place where it says how a profile is drawn while things are under way.
 */

import { useMemo, useSyncExternalStore } from "react";
import type { Profile } from "../api/types";

let loading: Promise<typeof import("./Moving")> | undefined;

/** The rest of this folder. */
export function moving(): Promise<typeof import("./Moving")> {
  return (loading ??= import("./Moving"));
}

type Lay = (profile: Profile) => Profile;

let lay: Lay = (profile) => profile;
const listeners = new Set<() => void>();

export function layBy(next: Lay): void {
  lay = next;
  for (const each of listeners) each();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The profile as it is drawn: what is under way lies where it is going. */
export function useLaid(profile: Profile | undefined): Profile | undefined {
  const by = useSyncExternalStore(subscribe, () => lay);
  return useMemo(() => profile && by(profile), [profile, by]);
}
