import "./moving.scss";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import type { Profile } from "../api/types";
import { useComparison } from "../compare/comparing";
import { Asks } from "../curation/Asks";
import { wordsQuery } from "../curation/asking";
import { DeedBar } from "../curation/DeedBar";
import { startCuration } from "../curation/deeds";
import { BulkBar } from "./BulkBar";
import { FloatingMenu } from "./FloatingMenu";
import { startLaying } from "./laying";
import { openMenu } from "./menu";
import { mailMenu, roomMenu } from "./menus";
import { messages } from "./messages";
import { select, selection, useSelection } from "./selection";
import { tell, useTold } from "./told";
import { useDragging } from "./useDragging";
import { useFocusKept } from "./useFocusKept";
import { useMovingKeys } from "./useMovingKeys";
import { useTilePresses } from "./useTilePresses";

const Compare = lazy(() => import("../compare/Compare"));

let shown: Profile | undefined;

/** What the heads and slots of the page open. */
export function openMail(character: string, at: HTMLElement): void {
  const whose = shown?.characters.find((each) => each.id === character);
  if (shown && whose) openMenu(mailMenu(shown, whose, at));
}

export function openRoom(store: string, bucket: number, at: HTMLElement): void {
  const menu = shown && roomMenu(shown, store, bucket, at);
  if (menu) openMenu(menu);
}

/** Everything that moves items, beside whatever shows them: dragging, selecting, keys, menus. `profile`: as it is drawn. */
export default function Moving({ profile }: { profile: Profile }) {
  const client = useQueryClient();
  useEffect(startLaying, []);
  useEffect(() => startCuration(client), [client]);
  // Menus open at once: what they offer has to be there before.
  useQuery(wordsQuery);
  useEffect(() => {
    shown = profile;
  }, [profile]);
  useDragging(profile);
  useTilePresses(profile);
  useMovingKeys(profile);
  useFocusKept(profile);
  useSelectionKept(profile);
  return (
    <>
      {createPortal(<DeedBar />, document.body)}
      {createPortal(<BulkBar profile={profile} />, document.body)}
      {createPortal(<Asks profile={profile} />, document.body)}
      <Compared profile={profile} />
      <FloatingMenu />
      <Told />
    </>
  );
}

function Compared({ profile }: { profile: Profile }) {
  const comparison = useComparison();
  return <Suspense>{comparison && <Compare key={comparison.ids.join()} comparison={comparison} profile={profile} />}</Suspense>;
}

function Told() {
  return (
    <div id="moving-told" className="visually-hidden" role="status">
      {useTold()}
    </div>
  );
}

/** What is no longer there is no longer selected; and who cannot see the ticks hears how many there are. */
function useSelectionKept(profile: Profile): void {
  const selected = useSelection();
  useEffect(() => {
    if (!selection().size) return;
    const ids = new Set(profile.items.map((item) => item.id));
    select([...selection()].filter((id) => ids.has(id)));
  }, [profile]);
  const before = useRef(0);
  useEffect(() => {
    if (selected.size || before.current) tell(messages.selectedSentence(selected.size));
    before.current = selected.size;
  }, [selected]);
}
