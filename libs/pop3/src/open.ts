import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { checkCredentials, secretsOf, signIn } from './auth.ts';
import { askCapabilities, NO_CAPABILITIES, type Pop3Capabilities } from './capabilities.ts';
import { connectToAny, Deadline, resolveHost } from './connect.ts';
import { Pop3Error } from './errors.ts';
import { DEFAULT_LIMITS, type Pop3Limits } from './limits.ts';
import { Link } from './link.ts';
import type { Pop3Options, Pop3Step } from './options.ts';
import { refusal } from './refusal.ts';
import { certificateOf, type Pop3Certificate, secure } from './secure.ts';
import { LiveSession, type Pop3Session } from './session.ts';
import { monotonicMs, Wire } from './wire.ts';

/**
 * Connects, greets, encrypts and signs in. Asks CAPA again after STLS and after the sign-in (RFC 2449, RFC 2595).
 * With STARTTLS it never goes on in the clear.
 * @throws Pop3Error; nothing is left open then
 */
export async function openPop3(options: Pop3Options): Promise<Pop3Session> {
  checkCredentials(options);
  const limits: Pop3Limits = { ...DEFAULT_LIMITS, ...options.limits };
  const steps = new Steps(options.onStep);
  const deadline = new Deadline(limits.connectMs, options.signal);

  const addresses = options.addresses ?? (await resolveHost(options.host, deadline));
  steps.done('RESOLVE', addresses.join(', '));
  const socket = await connectToAny(addresses, options.port, deadline);
  steps.done('CONNECT', `${socket.remoteAddress ?? options.host} port ${options.port}`);
  try {
    return await overSocket(socket, options, limits, deadline, steps);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function overSocket(
  socket: Socket,
  options: Pop3Options,
  limits: Pop3Limits,
  deadline: Deadline,
  steps: Steps,
): Promise<Pop3Session> {
  const secrets = secretsOf(options);
  if (options.security === 'NONE') {
    steps.done('SECURE', 'no encryption');
    return signedIn(new Link(new Wire(socket, options.signal), limits, secrets), options, null, steps, true);
  }
  if (options.security === 'STARTTLS') {
    await askForTls(socket, options, limits);
    deadline = new Deadline(limits.connectMs, options.signal);
  }
  const secured = await secure(socket, options, deadline);
  const certificate = certificateOf(secured);
  steps.done('SECURE', describe(secured, certificate));
  const link = new Link(new Wire(secured, options.signal), limits, secrets);
  return signedIn(link, options, certificate, steps, options.security === 'TLS');
}

/** STLS (RFC 2595, section 4). @throws Pop3Error STLS_MISSING, STLS_INJECTION */
async function askForTls(socket: Socket, options: Pop3Options, limits: Pop3Limits): Promise<void> {
  const wire = new Wire(socket, options.signal);
  const link = new Link(wire, limits, secretsOf(options));
  await readGreeting(link, options.port);
  const offered = await askCapabilities(link, NO_CAPABILITIES);
  const message =
    'The server does not offer STLS, so the connection cannot be encrypted. Choose TLS, mostly on port 995.';
  if (offered.isKnown && !offered.stls) throw new Pop3Error('STLS_MISSING', message);
  const reply = await link.command('STLS');
  if (reply.kind !== 'OK') throw new Pop3Error('STLS_MISSING', message, { serverText: reply.text });
  if (link.hasUnasked) {
    const text =
      'Someone put commands in front of the encryption (STARTTLS injection). Use TLS on port 995; check the network.';
    throw new Pop3Error('STLS_INJECTION', text);
  }
  wire.release();
}

/** From the greeting (unless STLS has had it) to a session. */
export async function signedIn(
  link: Link,
  options: Pop3Options,
  certificate: Pop3Certificate | null,
  steps: Steps,
  isGreetingDue: boolean,
): Promise<Pop3Session> {
  try {
    if (isGreetingDue) await readGreeting(link, options.port);
    else link.greeted();
    const before = await askCapabilities(link, NO_CAPABILITIES);
    const method = await signIn(link, options, before);
    steps.done('SIGN_IN', method);
    const capabilities = await askCapabilities(link, before);
    steps.done('CAPA', nameAll(capabilities));
    return new LiveSession(link, options, capabilities, certificate);
  } catch (error) {
    link.drop();
    throw error;
  }
}

async function readGreeting(link: Link, port: number): Promise<void> {
  const reply = await link.reply(`a greeting on port ${port}`);
  if (reply.kind === 'OK') return;
  throw refusal(
    reply,
    'GREETING',
    'The server turned us away before the sign-in. It may be busy or may block this address.',
  );
}

/** Times the stages of opening, one behind the other. */
export class Steps {
  private since = monotonicMs();

  constructor(private readonly onStep: ((step: Pop3Step) => void) | undefined) {}

  done(name: Pop3Step['name'], detail: string): void {
    const now = monotonicMs();
    this.onStep?.({ name, durationMs: Math.round(now - this.since), detail });
    this.since = now;
  }
}

function describe(socket: TLSSocket, certificate: Pop3Certificate | null): string {
  const version = socket.getProtocol() ?? 'TLS';
  if (certificate === null) return version;
  const trust = socket.authorized ? '' : ', not checked';
  return `${version}, ${certificate.subject} until ${certificate.validTo.toISOString().slice(0, 10)}${trust}`;
}

function nameAll(capabilities: Pop3Capabilities): string {
  const { isKnown, pipelining, uidl, top, loginDelaySeconds } = capabilities;
  if (!isKnown) return 'the server does not tell what it can do';
  const names = [
    pipelining && 'PIPELINING',
    uidl && 'UIDL',
    top && 'TOP',
    loginDelaySeconds && `LOGIN-DELAY ${loginDelaySeconds}`,
  ];
  return names.filter(Boolean).join(', ') || 'nothing beyond the basics';
}
