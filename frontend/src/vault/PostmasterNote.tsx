import type { Character } from "../api/types";
import { MailButton } from "../moving/MailButton";
import { useAt } from "../past/at";
import { Icon } from "../ui/Icon";
import { callName, mailWarns } from "./guardian";
import { messages } from "./messages";

/** Says which guardian is about to lose something. */
export function PostmasterNote({ characters }: { characters: Character[] }) {
  // What was about to be lost then is no warning now.
  if (useAt()) return null;
  const full = characters.filter((each) => mailWarns(each.postmaster));
  return full.map((each) => (
    <div className="note warn mb-2" key={each.id}>
      <Icon name="alert-triangle" />
      <div className="grow">
        <b>{messages.postmasterNearlyFull(callName(each), each.postmaster.capacity - each.postmaster.used)}</b>{" "}
        {messages.oldestLost(each.postmaster.capacity)}
      </div>
      <MailButton character={each} className="btn btn-quiet btn-sm">
        {messages.collect(each.postmaster.used)}
      </MailButton>
    </div>
  ));
}
