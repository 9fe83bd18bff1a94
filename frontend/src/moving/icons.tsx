import { Icon, Outline } from "../ui/Icon";
import { ICONS, type IconName } from "../ui/icons";

/** Outline glyphs that only moving needs. From Tabler Icons (MIT, copyright Paweł Kuna). */
const OWN = {
  "lock-open":
    "M5 13a2 2 0 0 1 2 -2h10a2 2 0 0 1 2 2v6a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2l0 -6M11 16a1 1 0 1 0 2 0a1 1 0 1 0 -2 0M8 11v-5a4 4 0 0 1 8 0",
  shirt: "M15 4l6 2v5h-3v8a1 1 0 0 1 -1 1h-10a1 1 0 0 1 -1 -1v-8h-3v-5l6 -2a3 3 0 0 0 6 0",
} as const;

export type MovingIconName = IconName | keyof typeof OWN;

export function MovingIcon({ name, extra }: { name: MovingIconName; extra?: string }) {
  return name in ICONS ? (
    <Icon name={name as IconName} extra={extra} />
  ) : (
    <Outline path={OWN[name as keyof typeof OWN]} extra={extra} />
  );
}
