import type { Profile } from "../api/types";
import { MailButton } from "../moving/MailButton";
import { LookBack } from "../past/LookBack";
import { Glyph, Icon, Silhouette } from "../ui/Icon";
import type { Row } from "./arrange";
import { Whereabouts } from "./GuardianHead";
import { callName, mailWarns } from "./guardian";
import { messages } from "./messages";

interface Props {
  profile: Profile;
  rows: Row[];
  only: string;
  onStore: (store: string) => void;
  section?: string;
}

/** On a phone one store at a time: the switch between them, and a strip of categories to jump to. */
export function PhoneHead({ profile, rows, only, onStore, section }: Props) {
  return (
    <>
      <div className="gswitch" role="group" aria-label={messages.guardians}>
        {profile.characters.map((each) => (
          <button
            key={each.id}
            type="button"
            data-store={each.id}
            aria-pressed={only === each.id}
            onClick={() => onStore(each.id)}
          >
            <b>
              {each.class !== "unknown" && <Glyph name={`cls-${each.class}`} extra={`g gu-${each.class}`} />}
              {each.light}
            </b>
            <span className="clip">{callName(each).split(" ")[0]}</span>
            {mailWarns(each.postmaster) && (
              <span className="bub">
                {each.postmaster.used}
                <span className="visually-hidden"> of {each.postmaster.capacity} in the postmaster</span>
              </span>
            )}
          </button>
        ))}
        <button type="button" data-store="vault" aria-pressed={only === "vault"} onClick={() => onStore("vault")}>
          <b>{profile.vault.used}</b>
          <span className="clip">{messages.title}</span>
        </button>
      </div>
      <nav className="cats" aria-label={messages.categories}>
        {rows.map((row) => (
          <a key={row.key} href={`#row-${row.key}`} aria-label={row.name} aria-current={section === row.key ? "true" : undefined}>
            <Silhouette kind={kindOfRow(row, profile)} />
          </a>
        ))}
      </nav>
    </>
  );
}

/** What stands on a phone under the head: where the guardian is. */
export function PhoneFacts({ profile, only, asOf }: { profile: Profile; only: string; asOf?: string }) {
  const character = profile.characters.find((each) => each.id === only);
  if (!character) {
    const free = Math.max(0, profile.vault.capacity - profile.vault.used);
    return (
      <div className="gfacts">
        <span>{messages.of(profile.vault.used, profile.vault.capacity)}</span>
        <span className={free === 0 ? "t-danger" : "t-3"}>{messages.free(free)}</span>
        <LookBack />
      </div>
    );
  }
  const { used, capacity } = character.postmaster;
  return (
    <div className="gfacts">
      <Whereabouts character={character} asOf={asOf} />
      <MailButton character={character} className={`pm ${mailWarns(character.postmaster) ? "warn" : ""}`}>
        <Icon name="mailbox" extra="i-16" />
        {messages.mail(used, capacity)}
      </MailButton>
    </div>
  );
}

function kindOfRow(row: Row, profile: Profile): string {
  const cell = [...row.cells.values()][0];
  const item = cell?.equipped[0] ?? cell?.rest[0] ?? row.vault[0]?.items[0];
  if (row.key === "postmaster") return "engram";
  return (item && profile.definitions[item.hash]?.kind) ?? "unknown";
}
