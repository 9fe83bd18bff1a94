/** The dashed frame around the place under the pointer, and the label at its foot that tells what a drop would do. */

const EDGE = 8;
const LABEL = 28;

export class Frame {
  private readonly frame = document.createElement("div");
  private readonly label = document.createElement("div");
  private place: Element | undefined;

  constructor() {
    this.frame.className = "drop-frame";
    this.label.className = "drop-l";
    for (const each of [this.frame, this.label]) {
      each.hidden = true;
      each.setAttribute("aria-hidden", "true"); // the live region says it
      document.body.append(each);
    }
  }

  show(place: Element | undefined): void {
    this.place = place;
    this.frame.hidden = this.label.hidden = !place;
    this.follow();
  }

  /** `refused`: a drop would do nothing, and the words say why. */
  say(words: string, refused: boolean): void {
    this.label.textContent = words;
    this.frame.classList.toggle("no", refused);
    this.label.classList.toggle("no", refused);
    this.label.hidden = !words || !this.place;
    this.follow();
  }

  /** Stays at its place while the page scrolls. */
  follow(): void {
    if (!this.place) return;
    const box = this.place.getBoundingClientRect();
    // The heads of the columns are places too; all else goes under them.
    const inHead = !!this.place.closest(".vhead");
    const top = Math.max(box.top - EDGE / 2, inHead ? 0 : headBottom());
    const bottom = Math.max(top, Math.min(box.bottom + EDGE / 2, innerHeight - EDGE));
    Object.assign(this.frame.style, {
      zIndex: inHead ? "21" : "",
      left: `${box.left + 2}px`,
      top: `${top}px`,
      width: `${box.width - 4}px`,
      height: `${bottom - top}px`,
    });
    const foot = Math.min(bottom - EDGE, innerHeight - LABEL - EDGE - footHeight());
    this.label.style.left = `${Math.min(Math.max(EDGE, box.left + EDGE), innerWidth - this.label.offsetWidth - EDGE)}px`;
    this.label.style.top = `${foot}px`;
    this.label.style.minWidth = `${Math.min(box.width - 2 * EDGE, 320)}px`;
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
