import { lazy, Suspense } from "react";
import type { Profile } from "../api/types";
import { useAsk } from "./asks";

const NoteDialog = lazy(() => import("./NoteDialog").then((module) => ({ default: module.NoteDialog })));
const TagDialog = lazy(() => import("./TagDialog").then((module) => ({ default: module.TagDialog })));

/** Whatever is being asked of the person. */
export function Asks({ profile }: { profile: Profile }) {
  const ask = useAsk();
  if (!ask) return null;
  const ids = ask.ids.filter((id) => profile.items.some((each) => each.id === id));
  if (!ids.length) return null;
  return (
    <Suspense>
      {ask.kind === "note" ? (
        <NoteDialog ids={ids} profile={profile} hashtag={ask.hashtag} />
      ) : (
        <TagDialog ids={ids} profile={profile} />
      )}
    </Suspense>
  );
}
