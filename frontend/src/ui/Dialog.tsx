import { useEffect, useId, useRef, type ReactNode } from "react";
import "../styles/dialog.scss";
import { Icon } from "./Icon";

interface Props {
  title: ReactNode;
  /** Of the button that closes it. */
  close: string;
  action?: ReactNode;
  children: ReactNode;
  onClose: () => void;
}

/** What is looked at and left again: Escape, its button and a press outside close it. On a phone it is the whole screen. */
export function Dialog({ title, close, action, children, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const before = useRef<Element>(null);
  useEffect(() => {
    before.current ??= document.activeElement;
    dialog.current?.showModal();
    return () => {
      // A dialog that is closed gives the focus back; one that is taken off the page takes the focus along.
      if (document.activeElement === document.body && before.current instanceof HTMLElement)
        before.current.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dlg"
      aria-labelledby={heading}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <div className="dlg-in">
        <div className="panel-h">
          <h2 id={heading} className="grow">
            {title}
          </h2>
          {action}
          <button
            type="button"
            className="btn btn-ghost btn-sm btn-icon"
            aria-label={close}
            onClick={() => dialog.current?.close()}
          >
            <Icon name="x" />
          </button>
        </div>
        <div className="dlg-b">{children}</div>
      </div>
    </dialog>
  );
}
