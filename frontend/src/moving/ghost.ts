/** What hangs at the pointer while something is dragged: up to two tiles, and how many they stand for. */

const SHOWN = 2;
const LOOKS = ["sel", "open", "dim", "moving"];

export interface Ghost {
  moveTo(x: number, y: number): void;
  remove(): void;
}

/** `grip`: where in the first tile it was taken, in pixels. */
export function ghostOf(tiles: HTMLElement[], count: number, grip: { x: number; y: number }): Ghost {
  const ghost = document.createElement("div");
  ghost.className = "drag-ghost";
  ghost.inert = true;
  ghost.setAttribute("aria-hidden", "true");
  for (const tile of tiles.slice(0, SHOWN)) {
    const copy = tile.cloneNode(true) as HTMLElement;
    copy.removeAttribute("data-id");
    copy.removeAttribute("data-lifted");
    copy.classList.remove(...LOOKS);
    copy.querySelector(".b-sel")?.remove();
    ghost.append(copy);
  }
  if (count > 1) {
    const more = document.createElement("span");
    more.className = "more";
    more.textContent = count.toLocaleString("en");
    ghost.append(more);
  }
  document.body.append(ghost);
  return {
    moveTo(x, y) {
      ghost.style.transform = `translate(${x - grip.x}px, ${y - grip.y}px)`;
    },
    remove: () => ghost.remove(),
  };
}
