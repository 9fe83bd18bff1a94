import { Icon } from "../ui/Icon";
import { messages } from "./messages";
import { CsrfField } from "./SignInForm";

/** A form, because it changes something: a link could be followed by accident or by a stranger's page. */
export function SignOut({ className, role }: { className?: string; role?: string }) {
  return (
    <form method="post" action="/sign-out" className="m-0" role="none">
      <CsrfField />
      <button type="submit" className={className} role={role}>
        <Icon name="logout" extra="i-20" />
        <span className="grow">{messages.signOut}</span>
      </button>
    </form>
  );
}
