import { Link } from "react-router";
import type { Character } from "../api/types";
import { useNow } from "../freshness/clock";
import { inFull, since } from "../freshness/words";
import { MailButton } from "../moving/MailButton";
import { atSearch, useAt } from "../past/at";
import { Glyph, Icon } from "../ui/Icon";
import { callName, exactPower, kindOf, mailWarns, standingOf, wholePower } from "./guardian";
import { messages } from "./messages";

/** A guardian above its column. The whole head leads to its page, the letter box to its row. */
export function GuardianHead({ character, asOf }: { character: Character; asOf?: string }) {
  const { postmaster: mail } = character;
  const warns = mailWarns(mail);
  const standing = standingOf(character);
  const at = useAt();
  return (
    <div className="ghead" data-store={character.id}>
      <img className="bn" src={character.background} alt="" />
      <div className="top">
        <img className="em" src={character.emblem} alt="" width="36" height="36" />
        <div className="nm clip">
          <Link className="ghead-a" draggable={false} to={`/characters/${character.id}${atSearch(at)}`}>
            {callName(character)}
          </Link>
        </div>
        <div className="pw">
          <Glyph name="power" />
          <span className="visually-hidden">{messages.power(character.light)}</span>
          <span aria-hidden="true">{character.light}</span>
        </div>
        <div className="cl clip" title={kindOf(character)}>
          {kindOf(character)}
        </div>
      </div>
      <div className="mid-l clip" title={standing || undefined}>
        {standing}
      </div>
      <div className="bot">
        <Whereabouts character={character} asOf={asOf} />
        {character.max_power !== undefined && (
          <span className="nowrap" title={messages.maxPowerLong(exactPower(character.max_power))}>
            {messages.maxPower(wholePower(character.max_power))}
          </span>
        )}
        <MailButton character={character} className={`pm ${warns ? "warn" : ""}`} label={messages.mail(mail.used, mail.capacity)}>
          <Icon name={warns ? "alert-triangle" : "mailbox"} extra="i-14" />
          {mail.used}/{mail.capacity}
        </MailButton>
      </div>
    </div>
  );
}

/** Whether somebody plays it now, or when that was; when Bungie is down, as of when we know. */
export function Whereabouts({ character, asOf }: { character: Character; asOf?: string }) {
  const now = useNow(30);
  const then = Date.parse(character.last_played);
  // Of the past it is not remembered; which moment it is, the band says.
  if (!then) return null;
  const here = character.playing && !asOf;
  return (
    <span className="row-c clip gap-4" title={inFull(then)}>
      <Icon name={here ? "circle-dot" : "clock"} extra={`i-14 ${here ? "t-accent" : ""}`} />
      <span className="clip">
        {!here && <span className="visually-hidden">{asOf ? messages.asOf : messages.played} </span>}
        {asOf ?? (here ? messages.playing : since(then, now))}
      </span>
    </span>
  );
}
