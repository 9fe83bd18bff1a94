import { useEffect, useRef } from "react";
import "../styles/keys.scss";
import { Icon } from "../ui/Icon";
import { KEY_LIST } from "./keyList";
import { messages } from "./messages";

export function KeyHelp({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="keys"
      aria-labelledby="keys-h"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <div className="panel-h">
        <h2 id="keys-h" className="grow">
          {messages.help}
        </h2>
        <button
          type="button"
          className="btn btn-ghost btn-sm btn-icon"
          aria-label={messages.close}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="x" />
        </button>
      </div>
      <div className="panel-b keys-b">
        {KEY_LIST.map((part) => (
          <section key={part.title}>
            <h3 className="sec mb-2">{part.title}</h3>
            <dl>
              {part.keys.map(([keys, does]) => (
                <div key={does}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}
