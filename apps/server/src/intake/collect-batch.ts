import { createHash } from 'node:crypto';
import { Pop3Error, type Pop3Options, type Pop3Session } from '@support-center/pop3';
import { In } from 'typeorm';
import { BlobTooLargeError, type ReceivedBlob, receiveBlob } from '../platform/blobs.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { InboundMail } from './inbound-mail.entity.ts';
import { MailboxKey } from './mailbox-key.entity.ts';
import { logMailbox } from './mailbox-status.ts';
import { type FetchedLetter, storeLetters } from './store-letters.ts';

/** A letter larger than this stays on the server; its headers become a ticket. */
export const MAX_LETTER_BYTES = 25 * 1024 * 1024;
/** Letters fetched in one session: then QUIT makes their removal sure. */
const BATCH_LETTERS = 200;
const BATCH_MS = 30_000;
/** Letters committed in one transaction. */
const GROUP_LETTERS = 50;
const GROUP_BYTES = 8 * 1024 * 1024;
const KEY_LOOKUP = 500;
/** LIST is only a hint (some servers count line ends as one byte), so a letter a little over the limit is tried. */
const SIZE_HINT_SLACK = 1.1;
const HEADERS_ONLY_LINES = 0;

/** How to get at a mailbox. */
export interface MailboxAccess {
  readonly mailboxId: string;
  readonly pop3: Pop3Options;
}

/** A letter as this session lists it. */
interface Listed {
  readonly number: number;
  /** Its UIDL; null where the server has none. */
  readonly uid: string | null;
  readonly bytes: number | null;
}

/** Fetches that failed, so that a letter which always breaks the session comes last and blocks no other. */
const failedFetches = new Map<string, number>();
/** Letters that grew past the limit while they came, whatever LIST said. */
const oversized = new Set<string>();

/**
 * One session: what is known is removed, what is unknown is fetched, stored durably, and only then marked for removal;
 * QUIT makes it so. Returns how many fetchable letters still wait and how many stay on the server.
 */
export async function collectBatch(
  ctx: Context,
  access: MailboxAccess,
  signal: AbortSignal,
): Promise<{ waiting: number; left: number }> {
  const session = await ctx.openPop3({ ...access.pop3, signal });
  try {
    const listed = await list(session);
    const keys = await knownKeys(ctx, access.mailboxId, listed);
    const plan = planSession(listed, keys);
    if (plan.fetch.length > 0)
      await logMailbox(
        ctx,
        access.mailboxId,
        'LISTED',
        `${listed.length} on the server, ${plan.fetch.length} to collect.`,
      );
    const marked = await markAll(
      session,
      plan.remove.map(({ letter, key }) => ({ number: letter.number, key })),
    );
    const fetched = await fetchAndStore(ctx, access, session, plan.fetch.slice(0, BATCH_LETTERS), signal);
    marked.push(...fetched.marked);
    signal.throwIfAborted(); // without QUIT nothing is removed: another process may hold the lease now
    await session.quit();
    if (marked.length > 0) await recordRemoval(ctx, access.mailboxId, marked);
    return { waiting: plan.fetch.length - fetched.tried, left: listed.length - marked.length };
  } catch (error) {
    session.destroy();
    // A letter that turned out too large only now: the next session takes its headers and goes on with the others.
    if (error instanceof Pop3Error && error.code === 'TOO_LARGE') return { waiting: 1, left: 0 };
    throw error;
  }
}

async function list(session: Pop3Session): Promise<Listed[]> {
  const sizes = await session.list();
  const uids = await session.uidl();
  return [...sizes].map(([number, bytes]) => ({ number, bytes, uid: uids?.get(number) ?? null }));
}

/** What this mailbox knows under the names that the server lists. */
async function knownKeys(
  ctx: Context,
  mailboxId: string,
  listed: readonly Listed[],
): Promise<Map<string, MailboxKey & { leftOnServer: boolean }>> {
  const known = new Map<string, MailboxKey & { leftOnServer: boolean }>();
  const uids = listed.flatMap((letter) => (letter.uid === null ? [] : [letter.uid]));
  for (let at = 0; at < uids.length; at += KEY_LOOKUP) {
    const rows = await ctx.db.findBy(MailboxKey, { mailboxId, sourceKey: In(uids.slice(at, at + KEY_LOOKUP)) });
    const left = await ctx.db.find(InboundMail, {
      where: { id: In(rows.map((row) => row.inboundMailId)), leftOnServer: true },
      select: { id: true },
    });
    const leftIds = new Set(left.map((mail) => mail.id));
    for (const row of rows)
      known.set(row.sourceKey, Object.assign(row, { leftOnServer: leftIds.has(row.inboundMailId) }));
  }
  return known;
}

interface Plan {
  readonly fetch: Listed[];
  readonly remove: { letter: Listed; key: string }[];
}

/** A name that is known is only removed again, unless it may mean another letter now: then it is read and compared. */
function planSession(
  listed: readonly Listed[],
  known: ReadonlyMap<string, MailboxKey & { leftOnServer: boolean }>,
): Plan {
  const counts = new Map<string, number>();
  for (const { uid } of listed) if (uid !== null) counts.set(uid, (counts.get(uid) ?? 0) + 1);
  const fetch: Listed[] = [];
  const remove: Plan['remove'] = [];
  for (const letter of listed) {
    // Two letters under one name: the name says nothing, their bytes tell them apart.
    const uid = letter.uid !== null && counts.get(letter.uid) === 1 ? letter.uid : null;
    const key = uid === null ? undefined : known.get(uid);
    if (!key) fetch.push({ ...letter, uid });
    else if (key.leftOnServer) continue;
    else if (mayMeanAnother(key, letter)) fetch.push(letter);
    else remove.push({ letter, key: key.sourceKey });
  }
  const failures = (letter: Listed) => failedFetches.get(nameOf(letter)) ?? 0;
  fetch.sort((a, b) => failures(a) - failures(b) || a.number - b.number);
  return { fetch, remove };
}

function mayMeanAnother(key: MailboxKey, letter: Listed): boolean {
  const removedAndBack = key.removedAt !== null && !key.keptByServer;
  const otherSize = key.listedBytes !== null && letter.bytes !== null && key.listedBytes !== letter.bytes;
  return removedAndBack || otherSize;
}

/** Fetches letters in groups; each group is committed before any of it is marked for removal. */
async function fetchAndStore(
  ctx: Context,
  access: MailboxAccess,
  session: Pop3Session,
  letters: readonly Listed[],
  signal: AbortSignal,
): Promise<{ marked: string[]; tried: number }> {
  const marked: string[] = [];
  const endAt = Date.now() + BATCH_MS;
  const occurrences = new Map<string, number>();
  let tried = 0;
  for (const group of inGroups(letters)) {
    const fetched = await fetchGroup(ctx, access, session, group, occurrences);
    tried += group.length;
    signal.throwIfAborted();
    await storeLetters(ctx, access.mailboxId, fetched);
    await logMailbox(
      ctx,
      access.mailboxId,
      'STORED',
      `${fetched.length} ${fetched.length === 1 ? 'letter' : 'letters'} stored.`,
    );
    const removable = fetched.filter((letter) => !letter.leftOnServer);
    marked.push(
      ...(await markAll(
        session,
        removable.map(({ number, sourceKey }) => ({ number, key: sourceKey })),
      )),
    );
    if (Date.now() > endAt) break;
  }
  return { marked, tried };
}

function* inGroups(letters: readonly Listed[]): Generator<Listed[]> {
  let group: Listed[] = [];
  let bytes = 0;
  for (const letter of letters) {
    group.push(letter);
    bytes += isTooLarge(letter) ? 0 : (letter.bytes ?? 0);
    if (group.length < GROUP_LETTERS && bytes < GROUP_BYTES) continue;
    yield group;
    [group, bytes] = [[], 0];
  }
  if (group.length > 0) yield group;
}

type Fetched = FetchedLetter & { number: number };

async function fetchGroup(
  ctx: Context,
  access: MailboxAccess,
  session: Pop3Session,
  group: readonly Listed[],
  occurrences: Map<string, number>,
): Promise<Fetched[]> {
  const fetched: Fetched[] = [];
  const keep = (letter: Listed, blob: ReceivedBlob, leftOnServer: boolean) =>
    fetched.push({
      number: letter.number,
      sourceKey: letter.uid ?? contentKey(blob.sha256, occurrences),
      blob,
      listedBytes: letter.bytes,
      leftOnServer,
    });
  const byNumber = new Map(group.filter((letter) => !isTooLarge(letter)).map((letter) => [letter.number, letter]));
  for await (const { number, body } of session.retrieveAll([...byNumber.keys()], { limitBytes: MAX_LETTER_BYTES })) {
    const letter = byNumber.get(number)!;
    const blob = await receiveOne(ctx, access, letter, body);
    if (blob) keep(letter, blob, false);
  }
  for (const letter of group) if (isTooLarge(letter)) keep(letter, await receiveHeaders(ctx, session, letter), true);
  return fetched;
}

function nameOf(letter: Listed): string {
  return letter.uid ?? `#${letter.number}`;
}

function isTooLarge(letter: Listed): boolean {
  return (letter.bytes ?? 0) > MAX_LETTER_BYTES * SIZE_HINT_SLACK || oversized.has(nameOf(letter));
}

/** Without a name the identity of a letter is its hash and which one of its kind it is in this session. */
function contentKey(sha256: string, occurrences: Map<string, number>): string {
  const occurrence = (occurrences.get(sha256) ?? 0) + 1;
  occurrences.set(sha256, occurrence);
  return `sha256:${sha256}:${occurrence}`;
}

/** Null: the server refused this one; it stays there, and the others go on. */
async function receiveOne(
  ctx: Context,
  access: MailboxAccess,
  letter: Listed,
  body: AsyncIterable<Buffer>,
): Promise<ReceivedBlob | null> {
  const name = nameOf(letter);
  failedFetches.set(name, (failedFetches.get(name) ?? 0) + 1);
  try {
    const blob = await receiveBlob(ctx, body, MAX_LETTER_BYTES);
    failedFetches.delete(name);
    return blob;
  } catch (error) {
    if (error instanceof Pop3Error && error.code === 'TOO_LARGE') oversized.add(name);
    if (!(error instanceof Pop3Error) || error.code !== 'REFUSED') throw error;
    await logMailbox(
      ctx,
      access.mailboxId,
      'FAILED',
      `The server did not hand out letter ${letter.number}. It stays there and is tried again.`,
    );
    return null;
  }
}

/** Too large a letter: its headers make a ticket that says so. Where TOP is missing, a line that says so must do. */
async function receiveHeaders(ctx: Context, session: Pop3Session, listed: Listed): Promise<ReceivedBlob> {
  try {
    return await receiveBlob(ctx, session.top(listed.number, HEADERS_ONLY_LINES), MAX_LETTER_BYTES);
  } catch (error) {
    if (!(error instanceof Pop3Error || error instanceof BlobTooLargeError)) throw error;
    if (error instanceof Pop3Error && error.code !== 'REFUSED') throw error;
    const bytes = Buffer.from(
      `Subject: A letter of ${listed.bytes ?? 'unknown'} bytes waits on the mail server\r\nX-Letter: ${listed.uid ?? listed.number}\r\n\r\n`,
    );
    return {
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sizeBytes: bytes.length,
      small: bytes,
      partialId: null,
    };
  }
}

/** Marks letters for removal and returns the names of those; one that the server refuses is known by its name next time. */
async function markAll(session: Pop3Session, letters: readonly { number: number; key: string }[]): Promise<string[]> {
  const refused = await session.deleteAll(letters.map((letter) => letter.number));
  return letters.filter((letter) => !refused.has(letter.number)).map((letter) => letter.key);
}

/** QUIT was answered with +OK: what was marked is gone, as far as the server says. */
async function recordRemoval(ctx: Context, mailboxId: string, keys: readonly string[]): Promise<void> {
  await transact(ctx, async (ctx) => {
    const now = ctx.clock.now();
    for (let at = 0; at < keys.length; at += KEY_LOOKUP) {
      const some = { mailboxId, sourceKey: In(keys.slice(at, at + KEY_LOOKUP)) };
      const rows = await ctx.db.find(MailboxKey, { where: some, select: { inboundMailId: true } });
      await ctx.db.update(MailboxKey, some, { removedAt: now });
      await ctx.db.update(InboundMail, { id: In(rows.map((row) => row.inboundMailId)) }, { removedFromServerAt: now });
    }
  });
  await logMailbox(
    ctx,
    mailboxId,
    'REMOVED',
    `${keys.length} ${keys.length === 1 ? 'letter' : 'letters'} removed from the server.`,
  );
}
