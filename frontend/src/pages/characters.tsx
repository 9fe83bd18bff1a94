/** /characters leads to the guardian played last; /characters/:id is one of them. */

import { Link, Navigate, useMatch } from "react-router";
import { ProfileGate } from "../app/ProfileGate";
import { CharacterHead } from "../characters/CharacterHead";
import { Inventory } from "../characters/Inventory";
import { messages } from "../characters/messages";
import { Stats } from "../characters/Stats";
import type { Profile } from "../api/types";
import { atSearch, useAt } from "../past/at";
import { Mid } from "../ui/Mid";

export default function CharactersPage() {
  return <ProfileGate>{(profile) => <One profile={profile} />}</ProfileGate>;
}

function One({ profile }: { profile: Profile }) {
  const id = useMatch("/characters/:id")?.params.id;
  const search = atSearch(useAt());
  const first = profile.characters[0];
  if (!id && first) return <Navigate to={`/characters/${first.id}${search}`} replace />;
  const character = profile.characters.find((each) => each.id === id);
  if (!character) {
    return (
      <Mid
        heading="h1"
        icon="help-circle"
        title={messages.gone}
        actions={
          <Link className="btn btn-quiet" to={`/vault${search}`}>
            {messages.all}
          </Link>
        }
      >
        <p>{messages.goneWhy}</p>
      </Mid>
    );
  }
  return (
    <div className="page">
      <CharacterHead character={character} profile={profile} />
      <div className="stack">
        <Stats character={character} profile={profile} />
        <Inventory character={character} profile={profile} />
      </div>
    </div>
  );
}
