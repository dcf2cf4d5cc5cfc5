import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isStrictAddress } from '@support-center/mail';
import { closeServer, listenOnLoopback, type RunningServer } from './loopback.ts';
import type { MailDrop } from './mail-drop.ts';
import type { Outbox } from './smtp-server.ts';
import { text, writeLetter } from './write-letter.ts';

const MAX_BODY = 64 * 1024;

/** A page on loopback that drops a letter into the maildrop and lists what the desk sent. */
export async function startLetterForm(
  options: { drop: MailDrop; outbox: Outbox; supportEmail: string },
  port: number,
): Promise<RunningServer> {
  const server = createServer((request, response) => {
    handle(request, response, options).catch(() => response.destroy());
  });
  const opened = await listenOnLoopback(server, port);
  return { port: opened, stop: () => closeServer(server, () => server.closeAllConnections()) };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  options: { drop: MailDrop; outbox: Outbox; supportEmail: string },
): Promise<void> {
  if (!isFromHere(request)) return answer(response, 403, 'Only this machine may use this page.', options.outbox);
  if (request.method === 'GET') return answer(response, 200, '', options.outbox);
  if (request.method !== 'POST') return answer(response, 405, 'This page takes GET and POST.', options.outbox);
  const body = await readBody(request);
  if (body === null) return answer(response, 413, 'The letter is too long: at most 64 KB.', options.outbox);
  const fields = new URLSearchParams(body);
  const from = fields.get('from')?.trim() ?? '';
  if (!isStrictAddress(from)) return answer(response, 400, 'Enter one address, like anna@example.com.', options.outbox);
  const subject = (fields.get('subject') ?? '').replace(/\p{Cc}+/gu, ' ').slice(0, 200);
  options.drop.add(
    writeLetter(
      { from, subject, id: randomUUID(), at: new Date(), part: text(`${fields.get('text') ?? ''}\n`) },
      options.supportEmail,
    ),
  );
  return answer(response, 200, 'The letter is in the mailbox; the desk collects it within 5 seconds.', options.outbox);
}

/** A page of another site must not write letters: host and origin are this page's own. */
function isFromHere({ socket, headers }: IncomingMessage): boolean {
  const here = /^(127\.0\.0\.1|localhost)(:\d+)?$/;
  const origin = headers.origin?.replace('http://', '') ?? headers.host ?? '';
  return (
    /^(::ffff:)?127\./.test(socket.remoteAddress ?? '') && here.test(headers.host ?? '') && origin === headers.host
  );
}

/** The body as text; null when it is longer than 64 KB. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answer(response: ServerResponse, status: number, notice: string, outbox: Outbox): void {
  const sent = outbox
    .slice(-20)
    .reverse()
    .map((mail) => `<li>${escaped(mail.to)}: ${escaped(mail.subject)}</li>`);
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Send a letter</title>
<style>body{font:16px system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem}label{display:block;margin:.8rem 0}input,textarea{display:block;width:100%;font:inherit}</style>
<h1>Send a letter</h1><p role="status">${escaped(notice)}</p>
<form method="post" action="/"><label>From <input name="from" type="email" required maxlength="254" value="anna@example.com"></label>
<label>Subject <input name="subject" maxlength="200"></label><label>Text <textarea name="text" rows="8" maxlength="20000"></textarea></label><button>Send</button></form>
<h2>What the desk sent</h2><ul>${sent.join('') || '<li>Nothing yet.</li>'}</ul></html>`);
}

function escaped(raw: string): string {
  return raw.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
