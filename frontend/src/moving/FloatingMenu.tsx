import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from "react";
import { createPortal } from "react-dom";
import { Glyph } from "../ui/Icon";
import { MovingIcon } from "./icons";
import { closeMenu, useMenu, type Entry, type Menu } from "./menu";

const EDGE = 8;
const GAP = 4;

/** The open menu, over everything. Arrows, Home, End and first letters move in it; Escape gives focus back. */
export function FloatingMenu() {
  const menu = useMenu();
  return menu ? createPortal(<Floating key={menu.label} menu={menu} />, document.body) : null;
}

function Floating({ menu }: { menu: Menu }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current) place(box.current, menu.at);
  });
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus({ preventScroll: true });
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) closeMenu(false);
    };
    const scrolled = () => closeMenu(true);
    document.addEventListener("pointerdown", elsewhere, true);
    addEventListener("resize", scrolled);
    return () => {
      document.removeEventListener("pointerdown", elsewhere, true);
      removeEventListener("resize", scrolled);
    };
  }, [menu]);
  const onKeyDown = (event: KeyboardEvent) => {
    // Page and sheet have Escape and letters of their own.
    event.stopPropagation();
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      closeMenu(true);
      return;
    }
    const items = [...(box.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const to = goal(event.key, items, items.indexOf(document.activeElement as HTMLElement));
    if (to === undefined) return;
    event.preventDefault();
    items[(to + items.length) % items.length]?.focus();
  };
  return (
    <div ref={box} className="menu moving-menu" role="menu" aria-label={menu.label} onKeyDown={onKeyDown}>
      <div className="moving-menu-h clip" role="presentation">
        {menu.label}
      </div>
      {menu.parts
        .filter((part) => part.length)
        .map((part, index) => (
          <div key={index} role="group">
            {part.map((entry) => (
              <Choice key={entry.label} entry={entry} />
            ))}
          </div>
        ))}
    </div>
  );
}

function Choice({ entry: { label, icon, glyph, hint, key, why, act } }: { entry: Entry }) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={why ? true : undefined}
      onClick={() => {
        if (why) return;
        closeMenu(true);
        act();
      }}
    >
      {icon ? (
        <MovingIcon name={icon} extra="i-16" />
      ) : glyph ? (
        <Glyph name={glyph} extra={glyphLook(glyph)} />
      ) : (
        <span className="i i-16" />
      )}
      <span className="grow">
        {label}
        {(why ?? hint) && <span className="t-12 d-block t-3">{why ?? hint}</span>}
      </span>
      {key && <kbd className="d-desk">{key}</kbd>}
    </button>
  );
}

const glyphLook = (glyph: string) => `g g-16 ${glyph.startsWith("cls-") ? glyph.replace("cls-", "gu-") : ""}`;

function goal(key: string, items: HTMLElement[], here: number): number | undefined {
  const fixed = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 }[key];
  if (fixed !== undefined || key.length !== 1 || key === " ") return fixed;
  const letter = key.toLowerCase();
  const order = [...items.keys()].map((index) => (here + 1 + index) % items.length);
  return order.find((index) => items[index]!.textContent?.trim().toLowerCase().startsWith(letter));
}

/** Under what opened it, or above where there is no room; never over the window's edge. */
function place(box: HTMLElement, at: Menu["at"]): void {
  const from = at instanceof Element ? at.getBoundingClientRect() : new DOMRect(at.x, at.y, 0, 0);
  const { offsetWidth: width, offsetHeight: height } = box;
  const below = from.bottom + GAP;
  const top = below + height <= innerHeight - EDGE ? below : Math.max(EDGE, from.top - GAP - height);
  box.style.left = `${Math.max(EDGE, Math.min(from.left, innerWidth - width - EDGE))}px`;
  box.style.top = `${Math.min(top, Math.max(EDGE, innerHeight - height - EDGE))}px`;
}
