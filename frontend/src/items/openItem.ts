/** Which item's sheet is open, on whichever page shows one beside itself. There from the start: the frame must know. */

import { useLocation } from "react-router";

const SHEET = /^\/(?:vault|organizer)\/items\/([^/]+)/;

export function openItemIn(pathname: string): string | undefined {
  const id = SHEET.exec(pathname)?.[1];
  return id && decodeURIComponent(id);
}

export const useOpenItem = () => openItemIn(useLocation().pathname);
