/** /organizer and /organizer/items/:id */

import { lazy, Suspense, useCallback, useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { useLocation, useNavigate } from "react-router";
import type { Profile } from "../api/types";
import { ProfileGate } from "../app/ProfileGate";
import { useKeys } from "../app/keys";
import { openItemIn, useOpenItem } from "../items/openItem";
import { Organizer } from "../organizer/Organizer";
import { messages } from "../organizer/messages";
import type { Row } from "../organizer/rows";
import { useShared } from "../search/useShared";

const ItemSheet = lazy(() => import("../items/ItemSheet").then((module) => ({ default: module.ItemSheet })));

const HERE = "/organizer";
const addressOf = (id: string) => `${HERE}/items/${encodeURIComponent(id)}`;

export default function OrganizerPage() {
  useShared();
  return <ProfileGate>{(profile) => <TableAndSheet profile={profile} />}</ProfileGate>;
}

function TableAndSheet({ profile }: { profile: Profile }) {
  const open = useOpenItem();
  const navigate = useNavigate();
  const { search } = useLocation();
  const show = useCallback(
    (id: string) => void navigate({ pathname: addressOf(id), search }, { state: { inside: true } }),
    [navigate, search],
  );
  return (
    <Organizer
      profile={profile}
      open={open}
      onOpen={show}
      beside={(rows) => open !== undefined && <Sheet open={open} profile={profile} rows={rows} />}
    />
  );
}

/** The sheet of one row's item, and how to go on to the next. */
function Sheet({ open, profile, rows }: { open: string; profile: Profile; rows: readonly Row[] }) {
  const navigate = useNavigate();
  const { search, hash, state } = useLocation();
  const last = useRef(open);
  const go = (id: string) => void navigate({ pathname: addressOf(id), search, hash }, { replace: true, state: state as unknown });
  const close = () => {
    last.current = openItemIn(location.pathname) ?? last.current;
    const inside = (state as { inside?: boolean } | null)?.inside;
    void (inside ? navigate(-1) : navigate({ pathname: HERE, search }));
  };
  const step = (by: number) => {
    // By the browser's address: it runs ahead of what is drawn.
    const here = openItemIn(location.pathname);
    const next = rows[rows.findIndex((row) => row.id === here) + by];
    if (next) go(next.id);
  };
  useKeys({ j: () => step(1), k: () => step(-1), Escape: close });
  useEffect(() => {
    last.current = open;
    document.body.toggleAttribute("data-sheet", true);
  }, [open]);
  useEffect(
    () => () => {
      document.body.removeAttribute("data-sheet");
      document.querySelector<HTMLElement>(`tr[data-id="${CSS.escape(last.current)}"] .c-name`)?.focus();
    },
    [],
  );
  const order = rows.map((row, index) => ({ id: row.id, index: index + 1, of: rows.length, where: messages.theTable }));
  return createPortal(
    <Suspense>
      <ItemSheet id={open} profile={profile} order={order} onOpen={go} onClose={close} />
    </Suspense>,
    document.body,
  );
}
