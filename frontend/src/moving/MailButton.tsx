import type { ReactNode } from "react";
import type { Character } from "../api/types";
import { useAt } from "../past/at";
import { Icon } from "../ui/Icon";
import { moving } from "./late";

interface MailProps {
  character: Character;
  className: string;
  label?: string;
  children: ReactNode;
}

/** A postmaster's count: pressed, it offers to collect. */
export function MailButton({ character, className, label, children }: MailProps) {
  if (useAt()) return <Still className={className}>{children}</Still>;
  return (
    <button
      type="button"
      className={className}
      aria-label={label}
      aria-haspopup="menu"
      onClick={({ currentTarget }) => void moving().then(({ openMail }) => openMail(character.id, currentTarget))}
    >
      {children}
    </button>
  );
}

/** A full slot's count: pressed, it offers to make room. */
export function RoomButton({ store, bucket, children }: { store: string; bucket: number; children: ReactNode }) {
  if (useAt()) return <Still>{children}</Still>;
  return (
    <button
      type="button"
      className="room"
      aria-haspopup="menu"
      onClick={({ currentTarget }) => void moving().then(({ openRoom }) => openRoom(store, bucket, currentTarget))}
    >
      {children}
      <Icon name="chevron-down" extra="i-14" />
    </button>
  );
}

/** In the past there is nothing to press. */
const Still = ({ className, children }: { className?: string; children: ReactNode }) => (
  <span className={className}>{children}</span>
);
