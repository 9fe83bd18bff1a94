import { Icon, Outline } from "../ui/Icon";
import type { IconName } from "../ui/icons";

/** Outline glyphs that only the organizer and the comparison need. From Tabler Icons (MIT, copyright Paweł Kuna). */
const OWN = {
  "arrow-down": "M12 5v14M18 13l-6 6M6 13l6 6",
  "arrow-up": "M12 5v14M18 11l-6 -6M6 11l6 -6",
  columns: "M4 6h5.5M4 10h5.5M4 14h5.5M4 18h5.5M14.5 6h5.5M14.5 10h5.5M14.5 14h5.5M14.5 18h5.5",
  dots: "M4 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0M11 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0M18 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0",
  shirt: "M15 4l6 2v5h-3v8a1 1 0 0 1 -1 1h-10a1 1 0 0 1 -1 -1v-8h-3v-5l6 -2a3 3 0 0 0 6 0",
  spreadsheet:
    "M14 3v4a1 1 0 0 0 1 1h4M17 21h-10a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2h7l5 5v11a2 2 0 0 1 -2 2M8 11h8v7h-8v-7M8 15h8M11 11v7",
} as const;

export type TableIconName = IconName | keyof typeof OWN;

export function TableIcon({ name, extra }: { name: TableIconName; extra?: string }) {
  return name in OWN ? (
    <Outline path={OWN[name as keyof typeof OWN]} extra={extra} />
  ) : (
    <Icon name={name as IconName} extra={extra} />
  );
}
