import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import type { Profile } from "../api/types";
import { currentOf, equip } from "./acts";
import { guessed } from "./guess";
import { openMenu } from "./menu";
import { tileMenu } from "./menus";

/** Milliseconds and pixels within which two presses are one double press. */
const DOUBLE = 450;
const NEAR = 6;

/** A tile's menu (secondary press, menu key), and equipping by a double press. */
export function useTilePresses(profile: Profile): void {
  const navigate = useNavigate();
  const client = useQueryClient();
  const latest = useRef(profile);
  useEffect(() => {
    latest.current = profile;
  }, [profile]);
  useEffect(() => {
    const show = (id: string) => void navigate(`/vault/items/${encodeURIComponent(id)}`, { state: { inside: true } });
    const onMenu = (event: MouseEvent) => {
      const under = event.target instanceof Element ? event.target : null;
      const id = under?.closest<HTMLElement>(".tile[data-id]")?.dataset.id;
      const byKey = event.clientX === 0 && event.clientY === 0;
      const at = byKey && under ? under : { x: event.clientX, y: event.clientY };
      const menu = id ? tileMenu(client, latest.current, id, at, show) : undefined;
      if (!menu) return;
      event.preventDefault();
      openMenu(menu);
    };

    // The first press opens the sheet, which may then lie where the second one falls: so both are watched by place.
    let first: { id: string; x: number; y: number; at: number } | undefined;
    const onClick = (event: MouseEvent) => {
      const touch = (event as PointerEvent).pointerType === "touch";
      if (touch || event.button !== 0 || !event.isTrusted || event.shiftKey || event.ctrlKey || event.metaKey) return;
      const before = first;
      const id = event.target instanceof Element ? event.target.closest<HTMLElement>(".tile[data-id]")?.dataset.id : undefined;
      first = id && event.detail > 0 ? { id, x: event.clientX, y: event.clientY, at: event.timeStamp } : undefined;
      if (!before || event.detail < 2 || event.timeStamp - before.at > DOUBLE) return;
      if (Math.hypot(event.clientX - before.x, event.clientY - before.y) > NEAR) return;
      event.preventDefault();
      event.stopPropagation();
      first = undefined;
      const now = latest.current;
      const on = currentOf(now);
      if (!on || !guessed(now, [{ id: before.id }], on.id, true).arrive) return;
      void equip(now, [before.id], on.id);
      if (location.pathname.startsWith("/vault/items/")) void navigate(-1);
    };
    document.addEventListener("contextmenu", onMenu);
    addEventListener("click", onClick, { capture: true });
    return () => {
      document.removeEventListener("contextmenu", onMenu);
      removeEventListener("click", onClick, { capture: true });
    };
  }, [navigate, client]);
}
