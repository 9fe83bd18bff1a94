import { answeredAt } from "../api/profile";
import { transfers } from "../transfers/live";
import { lay } from "./laid";
import { layBy } from "./late";

/** From now on profiles are drawn with what is under way laid over them. Returns how to end it. */
export function startLaying(): () => void {
  const publish = () => {
    const now = transfers.current();
    layBy((profile) => lay(profile, now, answeredAt(profile)));
  };
  publish();
  const end = transfers.subscribe(publish);
  return () => {
    end();
    layBy((profile) => profile);
  };
}
