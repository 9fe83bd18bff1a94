import type { Session } from "../api/types";
import type { IconName } from "../ui/icons";

export interface Entry {
  path: string;
  label: string;
  icon: IconName;
  /** G, then this letter. */
  key: string;
  /** On a phone: in the tab bar, or in the sheet that More opens. */
  phone: "tab" | "more";
  /** On the rail: at its top or at its foot. */
  rail: "top" | "foot";
  /** Without items to search: on a phone its name stands in the search field's place. */
  plain?: true;
  /** Other pages that belong to it. */
  also?: string[];
  /** Only where the server has one. */
  where?: "board";
}

/** The menu, in its order; each page's file is `pages/<path>.tsx`. */
export const NAVIGATION: Entry[] = [
  { path: "vault", label: "Vault", icon: "box", key: "v", phone: "tab", rail: "top", also: ["search"] },
  { path: "characters", label: "Guardians", icon: "users", key: "c", phone: "tab", rail: "top" },
  { path: "organizer", label: "Organizer", icon: "table", key: "o", phone: "more", rail: "top" },
  { path: "xur", label: "Xûr", icon: "building-store", key: "x", phone: "tab", rail: "top", plain: true },
  { path: "timeline", label: "Timeline", icon: "history", key: "t", phone: "more", rail: "top", plain: true, also: ["ledgers"] },
  { path: "journal", label: "Journal", icon: "notebook", key: "j", phone: "more", rail: "foot", plain: true },
  { path: "board", label: "Board", icon: "activity", key: "b", phone: "more", rail: "foot", plain: true, where: "board" },
  { path: "notifications", label: "Messages", icon: "bell", key: "n", phone: "more", rail: "foot", plain: true },
  {
    path: "system",
    label: "System",
    icon: "server-2",
    key: "y",
    phone: "more",
    rail: "foot",
    plain: true,
    also: ["updateManifest"],
  },
  { path: "settings", label: "Settings", icon: "settings", key: "s", phone: "more", rail: "foot", plain: true, also: ["wishes"] },
];

/** What of it this server has. */
export const menuOf = (session: Session | undefined) => NAVIGATION.filter(({ where }) => !where || session?.[where]);

export const entryOf = (pathname: string) =>
  NAVIGATION.find(({ path, also }) => [path, ...(also ?? [])].some((each) => pathname.startsWith(`/${each}`)));
