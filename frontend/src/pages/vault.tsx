/** /vault and /vault/items/:id */

import { lazy, Suspense, useCallback, useEffect, useMemo, useRef } from "react";
import { createPortal } from "react-dom";
import { matchPath, useLocation, useMatch, useNavigate } from "react-router";
import { ProfileGate } from "../app/ProfileGate";
import { useKeys } from "../app/keys";
import type { Profile } from "../api/types";
import { atSearch, LIFE, useAt } from "../past/at";
import { useMatches } from "../search/useMatches";
import { useShared } from "../search/useShared";
import { usePreferences } from "../settings/preferences";
import { standings } from "../vault/arrange";
import { tileOf } from "../vault/tileOf";
import { useArranged, useRevealed, Vault } from "../vault/Vault";

const ItemSheet = lazy(() => import("../items/ItemSheet").then((module) => ({ default: module.ItemSheet })));

const ITEM = "/vault/items/:id";

export default function VaultPage() {
  useShared();
  return <ProfileGate>{(profile) => <VaultAndSheet profile={profile} />}</ProfileGate>;
}

function VaultAndSheet({ profile }: { profile: Profile }) {
  const open = useMatch(ITEM)?.params.id;
  const { order, openItem, close } = useSheet(profile, open);
  useRevealed(open);
  useEffect(() => {
    // The sheet's code comes when nothing else has to: it is there before the first press.
    const timer = setTimeout(() => void import("../items/ItemSheet"), 1500);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <Vault profile={profile} open={open} />
      {open &&
        createPortal(
          // Beside the frame, not in it: on a phone the frame under the sheet takes no focus.
          <Suspense>
            <ItemSheet id={open} profile={profile} order={order} onOpen={openItem} onClose={close} />
          </Suspense>,
          document.body,
        )}
    </>
  );
}

/** The open item by the browser's address. It runs ahead of what is drawn, so that J pressed twice is two steps. */
const addressed = () => matchPath(ITEM, location.pathname)?.params.id;

/** Where the open item stands among those shown, and how to go on from it. */
function useSheet(profile: Profile, open: string | undefined) {
  const { sort, group } = usePreferences();
  const rows = useArranged(profile, sort, group);
  const matches = useMatches(profile);
  const navigate = useNavigate();
  const location = useLocation();
  const at = useAt();
  const last = useRef<string>(undefined);
  const order = useMemo(
    () => (open ? standings(rows, profile.characters.map((each) => each.id), matches) : []),
    [open, rows, profile, matches],
  ); // prettier-ignore

  const openItem = useCallback(
    (id: string) => {
      const { search, hash } = location;
      void navigate(
        { pathname: `/vault/items/${encodeURIComponent(id)}`, search, hash },
        { replace: true, state: location.state },
      );
    },
    [navigate, location],
  );
  const close = useCallback(() => {
    last.current = addressed() ?? last.current;
    const inside = (location.state as { inside?: boolean } | null)?.inside;
    void (inside ? navigate(-1) : navigate(`/vault${atSearch(at)}`));
  }, [navigate, location.state, at]);
  const step = (by: number) => {
    const here = addressed();
    const next = order[order.findIndex((each) => each.id === here) + by];
    if (next) openItem(next.id);
  };
  const showLife = () => {
    const life = document.activeElement?.closest<HTMLElement>(".tile[data-id]")?.dataset.id;
    if (!life) return false;
    void navigate(`/vault/items/${encodeURIComponent(life)}${atSearch(at)}${LIFE}`, { state: { inside: true } });
  };
  useKeys(open ? { j: () => step(1), k: () => step(-1), Escape: close } : { h: showLife });

  // Closing gives focus back to the tile.
  useEffect(() => {
    if (!open && last.current) tileOf(last.current)?.focus();
    last.current = open && (addressed() ?? last.current);
  }, [open]);
  return { order, openItem, close };
}
