"""What React draws anew, seen from outside: it tells each commit to a developer's tools, and here the test is what it tells.

The page carries nothing for it.
"""

from __future__ import annotations

from playwright.sync_api import Page

TOOLS = """() => {
  const RENDERED = 1;
  const HOST = 5;
  const COMPONENTS = [0, 1, 11, 14, 15];
  window.drawn = [];
  const note = (fiber, host) => {
    const main = document.getElementById('main');
    if (!main || !host || host === main || !main.contains(host)) return;
    const card = host.closest('section[id^=chart-]')?.id;
    const props = fiber.memoizedProps || {};
    // The card itself stands in what is around it, and is known by what it is given.
    const own = props.face || props.onRetry ? props.id && `chart-${props.id}` : undefined;
    window.drawn.push(card ?? own ?? (host.className || host.tagName));
  };
  const visit = (next, before, host) => {
    if (next === before) return;
    if (COMPONENTS.includes(next.tag) && (!before || next.flags & RENDERED)) note(next, host);
    if (before && next.child === before.child) return;
    const inner = next.tag === HOST ? next.stateNode : host;
    for (let child = next.child; child; child = child.sibling) visit(child, child.alternate, inner);
  };
  window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    isDisabled: false, supportsFiber: true, checkDCE() {}, inject: () => 1, onCommitFiberUnmount() {}, onPostCommitFiberRoot() {},
    onCommitFiberRoot: (_, root) => visit(root.current, root.current.alternate, null),
  };
}"""
WATCH = """(card) => {
  window.drawn = [];
  window.touched = [];
  window.watcher?.disconnect();
  window.watcher = new MutationObserver((all) => {
    for (const { target } of all) {
      const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      if (!element?.closest(card)) window.touched.push(element?.outerHTML.slice(0, 120));
    }
  });
  const options = { subtree: true, childList: true, attributes: true, characterData: true };
  window.watcher.observe(document.getElementById('main'), options);
}"""


class Renders:
    """Which parts of ``main`` are drawn anew: chart cards by their id, other parts by the class of what they stand in."""

    def __init__(self, page: Page) -> None:
        """Before the page is opened."""
        self._page = page
        page.add_init_script(f"({TOOLS})()")

    def watch(self, card: str) -> None:
        """From now on; ``card`` is the selector of the one part whose document may change."""
        self._page.evaluate(WATCH, card)

    def drawn(self) -> set[str]:
        return set(self._page.evaluate("() => window.drawn"))

    def touched(self) -> list[str]:
        """What changed in the document outside that part."""
        found: list[str] = self._page.evaluate("() => window.touched")
        return found
