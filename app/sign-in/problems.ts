// What went wrong, by the code in the address. The codes are next-auth's, and ours of lib/auth.ts.
const texts: Readonly<Record<string, string>> = {
  CredentialsSignin: 'The email address or the password is not right. Check both and try again.',
  TooManyAttempts: 'Too many attempts. Wait 15 minutes and try again.',
  AccessDenied:
    'Single sign-on did not confirm an email address that may be used here. Ask whoever manages your sign-on.',
  Unavailable: 'Sign-in does not work at the moment. Nothing is wrong with your account; try again in a minute.',
}

/** One sentence for the person; never says whether an account exists. */
export function problemText(code: string): string {
  return (Object.hasOwn(texts, code) && texts[code]) || 'Sign-in did not work. Try again.'
}
