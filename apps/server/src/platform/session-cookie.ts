import type { Config } from './config.ts';

const MAX_AGE_SECONDS = 7 * 24 * 3600;

/** `__Host-` binds the cookie to this host over HTTPS; on plain loopback HTTP browsers refuse such a cookie. */
export function cookieName(config: Pick<Config, 'insecureCookies'>): string {
  return config.insecureCookies ? 'hd_s' : '__Host-hd_s';
}

/** The Set-Cookie line that signs a browser in, or out with null. */
export function sessionCookie(config: Pick<Config, 'insecureCookies'>, token: string | null): string {
  const secure = config.insecureCookies ? '' : '; Secure';
  const age = token === null ? 0 : MAX_AGE_SECONDS;
  return `${cookieName(config)}=${token ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure}`;
}

/** The session token in a Cookie header; null when there is none. */
export function readSessionCookie(config: Pick<Config, 'insecureCookies'>, header: string | undefined): string | null {
  const name = cookieName(config);
  for (const pair of (header ?? '').slice(0, 8192).split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return null;
}
