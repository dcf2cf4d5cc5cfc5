import type { Pop3Capabilities } from './capabilities.ts';
import { cleanServerText, Pop3Error } from './errors.ts';
import type { Link } from './link.ts';
import type { Pop3Options } from './options.ts';
import { refusal } from './refusal.ts';
import type { Reply } from './response.ts';

type Credentials = Pick<Pop3Options, 'user' | 'password' | 'accessToken'>;

/** The way that was taken to sign in. */
export type SignInMethod = 'USER' | 'PLAIN' | 'XOAUTH2';

/** Everything that must never show up in words of the server, in each form in which it is sent. */
export function secretsOf(credentials: Credentials): string[] {
  const { password, accessToken } = credentials;
  const secrets = [password, base64(password), plainResponse(credentials)];
  if (accessToken !== undefined) secrets.push(accessToken, xoauth2Response(credentials));
  return secrets.filter((secret) => secret !== '');
}

/** Refuses what would break out of a line or of a SASL message. @throws Pop3Error AUTH */
export function checkCredentials(credentials: Credentials): void {
  const named = {
    'user name': credentials.user,
    password: credentials.password,
    'access token': credentials.accessToken,
  };
  for (const [name, value] of Object.entries(named)) {
    if (value === undefined || !/[\0\r\n\u0001]/.test(value)) continue;
    throw new Pop3Error('AUTH', `The ${name} holds a line break or control character. Enter it again.`);
  }
}

/**
 * Signs in: XOAUTH2 with an access token; else AUTH PLAIN where the server offers it (RFC 5034), else USER and PASS
 * (RFC 1939, section 7). Never APOP: its MD5 protects nothing today.
 * @throws Pop3Error AUTH, IN_USE, LOGIN_DELAY, SYS_TEMP, SYS_PERM
 */
export async function signIn(link: Link, options: Credentials, capabilities: Pop3Capabilities): Promise<SignInMethod> {
  if (options.accessToken !== undefined) return signInByToken(link, options);
  if (capabilities.sasl.includes('PLAIN')) {
    const offered = await link.command('AUTH PLAIN');
    if (offered.kind === 'CONTINUE') {
      requireSignedIn(await respond(link, plainResponse(options)));
      return 'PLAIN';
    }
    // Refused before a secret was sent: a server that names PLAIN but does not take it may still take USER.
    if (offered.responseCode !== null || !capabilities.user) requireSignedIn(offered);
  }
  requireSignedIn(await link.command(`USER ${options.user}`), 'The server refused the user name. Check it.');
  requireSignedIn(await link.command(`PASS ${options.password}`));
  return 'USER';
}

/** A line of a SASL exchange. It is a secret, so no error may name it. */
function respond(link: Link, line: string): Promise<Reply> {
  link.send(line);
  return link.reply('an answer to the sign-in');
}

/** The challenge form: the token goes on a line of its own, and a JSON error is answered with an empty line. */
async function signInByToken(link: Link, options: Credentials): Promise<SignInMethod> {
  const offered = await link.command('AUTH XOAUTH2');
  if (offered.kind !== 'CONTINUE') {
    throw refusal(
      offered,
      'AUTH',
      'The server does not take access tokens (XOAUTH2). Use a password, or switch it on there.',
    );
  }
  let reply = await respond(link, xoauth2Response(options));
  let told = '';
  if (reply.kind === 'CONTINUE') {
    told = cleanServerText(Buffer.from(reply.text, 'base64').toString('utf8'), secretsOf(options));
    reply = await respond(link, '');
  }
  if (reply.kind === 'OK' && told === '') return 'XOAUTH2';
  const refused: Reply = { ...reply, text: reply.text || told };
  throw refusal(
    refused,
    'AUTH',
    'The server refused the access token. It may have expired; sign in with the provider again.',
  );
}

const WRONG_PASSWORD = 'The server refused the password. Check it, or create an app password.';
const NEEDS_TLS = 'The server takes passwords only over an encrypted connection. Choose TLS or STARTTLS.';

function requireSignedIn(reply: Reply, message = WRONG_PASSWORD): void {
  if (reply.kind === 'OK') return;
  const wantsTls = /plain ?text|\b(ssl|tls|encrypt\w*)\b/i.test(reply.text);
  throw refusal(reply, 'AUTH', wantsTls ? NEEDS_TLS : message);
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const plainResponse = ({ user, password }: Credentials): string => base64(`\0${user}\0${password}`);
const xoauth2Response = ({ user, accessToken }: Credentials): string =>
  base64(`user=${user}\x01auth=Bearer ${accessToken}\x01\x01`);
