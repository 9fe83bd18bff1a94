import { useEffect, type RefObject } from "react";

/** What lies under the comparison takes no focus meanwhile; where focus was before, it is again afterwards. */
const UNDER = ".app, .tabbar, .sheet, .bulk, .tray, .pill";

export function useOver(sheet: RefObject<HTMLElement | null>, back: HTMLElement | null | undefined): void {
  useEffect(() => {
    const under = [...document.querySelectorAll<HTMLElement>(UNDER)].filter((each) => !each.inert);
    for (const each of under) each.inert = true;
    document.body.toggleAttribute("data-compare", true);
    sheet.current?.focus({ preventScroll: true });
    return () => {
      for (const each of under) each.inert = false;
      document.body.removeAttribute("data-compare");
      if (back?.isConnected) back.focus({ preventScroll: true });
    };
  }, [sheet, back]);
}
