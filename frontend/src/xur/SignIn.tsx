import { SignInForm } from "../app/SignInForm";
import { messages } from "./messages";

/** For who looks in from the street. */
export function SignIn() {
  return (
    <>
      <SignInForm />
      <div className="t-12 t-2">{messages.signInWhy}</div>
    </>
  );
}
