import { isIP, type Socket } from 'node:net';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { Deadline } from './connect.ts';
import { Pop3Error } from './errors.ts';
import type { Pop3Options } from './options.ts';
import { seconds } from './pace.ts';

/** The certificate that the server showed. */
export interface Pop3Certificate {
  /** Common name, or organisation where there is none. */
  subject: string;
  issuer: string;
  validTo: Date;
  /** Host names and addresses it is for. */
  altNames: string[];
}

/**
 * Puts TLS 1.2 or later on a socket and checks the certificate against `options.host`.
 * @throws Pop3Error TLS, TLS_CERTIFICATE, TIMEOUT, CLOSED, ABORTED
 */
export async function secure(socket: Socket, options: Pop3Options, deadline: Deadline): Promise<TLSSocket> {
  const { host, port, tls } = options;
  const secured = connect({
    socket,
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(tls?.ca === undefined ? {} : { ca: tls.ca }),
    minVersion: 'TLSv1.2',
    // Node still checks chain and name; `authorized` tells the outcome, and here it is enforced below, before a byte
    // is written. So the error can say what is wrong with the certificate: Node itself would drop it unseen.
    rejectUnauthorized: false,
  });
  const ready = new Promise<void>((resolve, reject) => {
    secured.once('secureConnect', resolve);
    secured.on('error', (cause: NodeJS.ErrnoException) => reject(handshakeError(cause, port)));
    secured.once('close', () => reject(closedError()));
  });
  const late = `The server on port ${port} did not begin TLS within ${seconds(deadline.ms)}. Check port and encryption.`;
  await deadline.within(ready, late, () => secured.destroy());
  if (!secured.authorized && tls?.rejectUnauthorized !== false) {
    const certificate = certificateOf(secured);
    const reason = String(secured.authorizationError);
    secured.destroy();
    throw new Pop3Error('TLS_CERTIFICATE', certificateProblem(reason, certificate, host));
  }
  return secured;
}

/** What the server showed in the handshake; null when it showed nothing. */
export function certificateOf(socket: TLSSocket): Pop3Certificate | null {
  const shown = socket.getPeerCertificate() as Partial<PeerCertificate> | null;
  if (!shown?.valid_to) return null;
  return {
    subject: nameIn(shown.subject),
    issuer: nameIn(shown.issuer),
    validTo: new Date(shown.valid_to),
    altNames: (shown.subjectaltname ?? '')
      .split(', ')
      .flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? []),
  };
}

function nameIn(fields: Partial<PeerCertificate['subject']> | undefined): string {
  const name = fields?.CN ?? fields?.O ?? '';
  return String(Array.isArray(name) ? name[0] : name).slice(0, 200);
}

function certificateProblem(reason: string, certificate: Pop3Certificate | null, host: string): string {
  const day = certificate?.validTo.toISOString().slice(0, 10);
  if (reason.includes('ERR_TLS_CERT_ALTNAME_INVALID')) {
    const names = certificate?.altNames.length ? certificate.altNames : [certificate?.subject ?? ''];
    const shown = names.slice(0, 5).join(', ').slice(0, 300);
    return `The certificate is for ${shown}, not ${host}. Use that name.`;
  }
  if (reason.includes('CERT_HAS_EXPIRED'))
    return `The certificate expired on ${day}. It must be renewed on the server.`;
  if (reason.includes('CERT_NOT_YET_VALID')) return 'The certificate is not valid yet. Check the clocks of both sides.';
  if (reason.includes('SELF_SIGNED') || reason.includes('UNABLE_TO')) {
    return `The certificate was issued by ${certificate?.issuer || 'someone'}, who is not trusted here. Add that issuer's certificate, or use one of a public authority.`;
  }
  return `The certificate was not accepted (${reason}). It must be replaced on the server.`;
}

function handshakeError(cause: NodeJS.ErrnoException, port: number): Pop3Error {
  const code = cause.code ?? '';
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST/.test(code)) {
    const message = `Port ${port} does not begin with TLS. Choose STARTTLS, or the TLS port (mostly 995).`;
    return new Pop3Error('TLS', message, { cause });
  }
  if (/PROTOCOL/.test(code)) {
    return new Pop3Error('TLS', 'The server offers only TLS older than 1.2. It must be updated.', { cause });
  }
  if (code === 'ECONNRESET') return closedError(cause);
  return new Pop3Error('TLS', `TLS could not begin (${code || 'unknown'}). Check port and encryption.`, { cause });
}

function closedError(cause?: Error): Pop3Error {
  return new Pop3Error('CLOSED', 'The server closed the connection while TLS began. Check port and encryption.', {
    cause,
  });
}
