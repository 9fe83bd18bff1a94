import { Icon } from "../ui/Icon";
import { messages } from "./messages";
import type { Actions } from "./useActions";

/** Opens what can be done with all that is found. Where there is little room it is the count of it, too. */
export function ActionsButton({ actions: { count, button, open }, onPress }: { actions: Actions; onPress: () => void }) {
  if (!count) return null;
  return (
    <button
      ref={button}
      type="button"
      className="btn btn-ghost btn-sm q-acts"
      aria-haspopup="menu"
      aria-label={messages.actionsLong(count)}
      data-tip={messages.actionsTip}
      onClick={() => {
        onPress();
        open();
      }}
    >
      <span className="q-acts-n">{count.toLocaleString("en")}</span>
      <span className="q-acts-w">{messages.actions}</span>
      <Icon name="chevron-down" extra="i-14" />
    </button>
  );
}
