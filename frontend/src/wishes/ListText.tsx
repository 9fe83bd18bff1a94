import { useQuery } from "@tanstack/react-query";
import { Dialog } from "../ui/Dialog";
import { Icon, Outline } from "../ui/Icon";
import { Trouble } from "../ui/Trouble";
import { fileOf, textQuery } from "./asking";
import { WISH_ICONS } from "./icons";
import { messages } from "./messages";
import type { WishList } from "./wire";

/** What stands in a list, line by line as it came. */
export function ListText({ list: { id, title }, onClose }: { list: WishList; onClose: () => void }) {
  const { data, error, refetch } = useQuery(textQuery(id));
  return (
    <Dialog
      title={messages.textOf(title)}
      close={messages.close}
      onClose={onClose}
      action={
        <a className="btn btn-ghost btn-sm" href={fileOf(id)} download>
          <Outline path={WISH_ICONS.download} extra="i-16" />
          {messages.download}
        </a>
      }
    >
      {error ? (
        <Trouble heading="h3" title={messages.textFailed} error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <>
          {data.cut && (
            <div className="note info m-3">
              <Icon name="info-circle" />
              <div className="grow">{messages.cut}</div>
            </div>
          )}
          <pre className="wtext mono" tabIndex={0} aria-label={messages.textOf(title)}>
            {data.text}
          </pre>
        </>
      ) : (
        <p className="panel-b t-13 t-2 mb-0" role="status">
          {messages.textReading}
        </p>
      )}
    </Dialog>
  );
}
