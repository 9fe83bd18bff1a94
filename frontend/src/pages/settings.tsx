/** /settings */

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLocation } from "react-router";
import { sessionQuery } from "../api/session";
import { Channels } from "../notifications/Channels";
import { Choices } from "../notifications/Choices";
import { Accounts } from "../settings/Accounts";
import { DeleteData } from "../settings/DeleteData";
import { Devices } from "../settings/Devices";
import { Invitations } from "../settings/Invitations";
import { Look } from "../settings/Look";
import { Memory } from "../settings/Memory";
import { messages } from "../settings/messages";
import { Moving } from "../settings/Moving";
import { Curation } from "../settings/curation/Curation";
import { messages as curation } from "../settings/curation/messages";
import { messages as totals } from "../settings/totals/messages";
import { Totals } from "../settings/totals/Totals";
import "../styles/notifications.scss";
import "../styles/settings.scss";
import { Icon } from "../ui/Icon";
import type { IconName } from "../ui/icons";

export default function SettingsPage() {
  const user = useQuery(sessionQuery).data?.user;
  const { hash } = useLocation();
  const admin = user?.role === "admin";
  const sections: [string, IconName, string][] = [
    ["accounts", "user", messages.accounts],
    ["notifications", "bell", messages.notifications],
    ["look", "palette", messages.look],
    ["moves", "transfer", messages.moves],
    ["curation", "notebook", curation.title],
    ["wishes", "target", curation.wishes],
    ["totals", "table", totals.title],
    ["devices", "device-desktop", messages.devices],
    ...(admin ? [["invitations", "ticket", messages.invitations] as [string, IconName, string]] : []),
    ["memory", "history", messages.memory],
    ["data", "trash", messages.data],
  ];
  useEffect(() => {
    if (hash) document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [hash]);
  return (
    <div className="page set">
      <nav className="setnav" aria-label={messages.title}>
        <h1 className="h2 mb-3">{messages.title}</h1>
        {sections.map(([id, icon, title]) => (
          <a key={id} href={`#${id}`} aria-current={(hash || "#accounts") === `#${id}` ? "true" : undefined}>
            <Icon name={icon} />
            {title}
          </a>
        ))}
      </nav>
      <div className="stack gap-24">
        <Accounts />
        <Channels />
        <Choices />
        <Look />
        <Moving />
        <Curation />
        <Totals />
        <Devices />
        {admin && <Invitations />}
        <Memory />
        {user && <DeleteData name={user.name} />}
      </div>
    </div>
  );
}
