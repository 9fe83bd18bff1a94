/** The dashed frame around the place under the pointer, and the label at its foot that tells what a drop would do. */

const EDGE = 8;
const LABEL = 28;
const WIDEST = 360;
/** Pixels of a letter in the label, about: measuring it would have the page laid out in the middle of a movement. */
const LETTER = 6.6;

/** Where a place is on the screen. Read before anything is written, so that the browser lays out once a frame. */
export interface Spot {
  box: DOMRect;
  /** One of the heads of the columns: these are places too, and all else goes under them. */
  inHead: boolean;
  head: number;
  foot: number;
}

export function spotOf(place: Element): Spot {
  return {
    box: place.getBoundingClientRect(),
    inHead: !!place.closest(".vhead"),
    head: headBottom(),
    foot: innerHeight - footHeight(),
  };
}

export class Frame {
  private readonly frame = document.createElement("div");
  private readonly label = document.createElement("div");
  private spot: Spot | undefined;
  private words = "";

  constructor() {
    this.frame.className = "drop-frame";
    this.label.className = "drop-l";
    for (const each of [this.frame, this.label]) {
      each.hidden = true;
      each.setAttribute("aria-hidden", "true"); // the live region says it
    }
  }

  show(spot: Spot | undefined): void {
    this.spot = spot;
    this.frame.hidden = !spot;
    this.label.hidden = !spot || !this.words;
    if (!spot) return;
    if (!this.frame.isConnected) document.body.append(this.frame, this.label);
    const { box, inHead, head, foot } = spot;
    const top = Math.max(box.top - EDGE / 2, inHead ? 0 : head);
    const bottom = Math.max(top, Math.min(box.bottom + EDGE / 2, innerHeight - EDGE));
    Object.assign(this.frame.style, {
      zIndex: inHead ? "21" : "",
      left: `${box.left + 2}px`,
      top: `${top}px`,
      width: `${box.width - 4}px`,
      height: `${bottom - top}px`,
    });
    const wide = Math.min(WIDEST, Math.max(Math.min(box.width - 2 * EDGE, 320), this.words.length * LETTER + 2 * EDGE));
    this.label.style.minWidth = `${wide}px`;
    this.label.style.left = `${Math.max(EDGE, Math.min(box.left + EDGE, innerWidth - wide - EDGE))}px`;
    this.label.style.top = `${Math.min(bottom - EDGE, foot - LABEL - EDGE)}px`;
  }

  /** `refused`: a drop would do nothing, and the words say why. */
  say(words: string, refused: boolean): void {
    this.words = words;
    this.label.textContent = words;
    this.frame.classList.toggle("no", refused);
    this.label.classList.toggle("no", refused);
    this.show(this.spot);
  }

  remove(): void {
    this.frame.remove();
    this.label.remove();
  }
}

/** The lower edge of what is fixed at the top. */
export function headBottom(): number {
  return document.querySelector(".vhead")?.getBoundingClientRect().bottom ?? 0;
}

/** How much the tab bar of a phone takes at the bottom. */
export function footHeight(): number {
  return document.querySelector<HTMLElement>(".tabbar")?.offsetHeight ?? 0;
}
