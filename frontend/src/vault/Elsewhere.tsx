import type { Profile } from "../api/types";
import { Mid } from "../ui/Mid";
import { ACCOUNT } from "./arrange";
import { callName } from "./guardian";
import { messages } from "./messages";

interface Props {
  profile: Profile;
  /** The store that is looked at, in which nothing matches. */
  only: string;
  /** By store: how many items match there. */
  counts: ReadonlyMap<string, number>;
  onStore: (store: string) => void;
}

/** On a phone: what matches lies with another guardian, and the way there. */
export default function Elsewhere({ profile, only, counts, onStore }: Props) {
  const here = profile.characters.find((each) => each.id === only);
  // What all guardians share is beside each of them.
  const places = profile.characters.flatMap((each, index) => {
    const count = (counts.get(each.id) ?? 0) + (index === 0 ? (counts.get(ACCOUNT) ?? 0) : 0);
    return count ? [{ id: each.id, label: messages.foundOn(count, callName(each)) }] : [];
  });
  return (
    <Mid
      icon="search"
      title={here ? messages.noneOn(callName(here)) : messages.noneInVault}
      actions={places.map(({ id, label }) => (
        <button key={id} type="button" className="btn btn-quiet" onClick={() => onStore(id)}>
          {label}
        </button>
      ))}
    >
      <p>{messages.lookThere}</p>
    </Mid>
  );
}
