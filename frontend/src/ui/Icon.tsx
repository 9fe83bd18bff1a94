import { memo } from "react";
import { GLYPHS, type GlyphName } from "./glyphs";
import { ICONS, type IconName } from "./icons";
import { SILHOUETTES, TILT } from "./silhouettes";

/** An outline icon. It says nothing by itself: the words stand beside it or in the button's label. */
export const Icon = memo(function Icon({ name, extra }: { name: IconName; extra?: string }) {
  return <Outline path={ICONS[name]} extra={extra} />;
});

/** An outline icon by its path: for those that a first load need not carry. */
export const Outline = memo(function Outline({ path, extra = "" }: { path: string; extra?: string }) {
  return (
    <svg
      className={`i ${extra}`}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
});

/** A game glyph: element, class, power, lock. */
export const Glyph = memo(function Glyph({ name, extra = "g" }: { name: GlyphName; extra?: string }) {
  return (
    <svg className={extra} viewBox="0 0 12 12" fill="currentColor" fillRule="evenodd" aria-hidden="true">
      <path d={GLYPHS[name]} />
    </svg>
  );
});

/** An item kind's silhouette, for group labels and the category strip. */
export const Silhouette = memo(function Silhouette({ kind }: { kind: string }) {
  const path = SILHOUETTES[kind];
  if (!path) return <Icon name="help-circle" />;
  return (
    <svg viewBox="0 0 64 64" fill="currentColor" aria-hidden="true">
      <path d={path} transform={kind in TILT ? `rotate(${TILT[kind]} 32 32)` : undefined} />
    </svg>
  );
});
