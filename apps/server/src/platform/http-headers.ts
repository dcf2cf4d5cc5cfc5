import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';

const APP_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "frame-src 'self'",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // The second cleaning of mail, and the reading of pasted HTML by the editor; nothing else may make HTML of text.
  'trusted-types dompurify ProseMirrorClipboard',
].join('; ');

/** Security headers on every answer, and no answer at all to a foreign host name. */
export function protectAnswers(app: FastifyInstance, config: Config): void {
  const publicHost = new URL(config.publicUrl).host;
  app.addHook('onRequest', async (request, reply) => {
    if (hostsOf(request.raw.rawHeaders) > 1)
      await reply.code(400).type('text/plain').send('A request names one host.\n');
    else if (!isOurHost(request.headers.host, publicHost)) {
      await reply.code(421).type('text/plain').send('This server does not answer for that host name.\n');
    }
  });
  const headers = Object.entries(securityHeaders(config));
  app.addHook('onSend', async (_request, reply) => {
    for (const [name, value] of headers) if (!reply.hasHeader(name)) reply.header(name, value);
  });
}

/** What every answer carries unless it says otherwise. */
export function securityHeaders(config: Config): Record<string, string> {
  return {
    'content-security-policy': APP_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
    'x-frame-options': 'DENY',
    ...(config.publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/** Two Host headers are read differently by what stands before us (RFC 9112, section 3.2). */
function hostsOf(rawHeaders: readonly string[]): number {
  return rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length;
}

/** The configured public name, and the names of this machine that only it can use. */
export function isOurHost(host: string | undefined, publicHost: string): boolean {
  if (host === undefined) return false;
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return host.toLowerCase() === publicHost || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(name);
}

/** A browser names where a request comes from; another site's page may not act here. */
export function isSameOrigin(
  headers: { origin?: string | undefined; host?: string | undefined; 'sec-fetch-site'?: string | string[] | undefined },
  publicUrl: string,
): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (headers.origin === undefined) return true;
  if (headers.origin === publicUrl) return true;
  return (
    URL.canParse(headers.origin) &&
    new URL(headers.origin).host === headers.host &&
    isOurHost(headers.host, new URL(publicUrl).host)
  );
}
