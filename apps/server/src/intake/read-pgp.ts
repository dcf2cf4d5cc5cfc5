import {
  type Mail,
  type MailAttachment,
  type MailShape,
  parseMail,
  rawMimePart,
  readShape,
} from '@support-center/mail';
import {
  detectMime,
  isPgpName,
  type MimePath,
  type MimePgp,
  type OpenFailure,
  type OpenSuccess,
  readProtectedHeaders,
  verifyDetached,
} from '@support-center/pgp';
import type { PgpSection, PgpState } from '../tickets/message.entity.ts';
import { pgpState } from '../tickets/pgp-state.ts';
import { IN_PARTS, mayPass, type PgpKnowledge, signatureFacts, textOf, type Verdict } from './pgp-knowledge.ts';

/** A letter as it is to be shown, and what OpenPGP did for it. */
export interface PgpReading {
  readonly mail: Mail;
  readonly state: PgpState;
  /** The subject that was protected inside the encryption; null: none. */
  readonly innerSubject: string | null;
}

/** Shown instead of words that could not be opened. */
export const NOT_OPENED = '(encrypted, not opened)';

const OPENED_BYTES = 52 * 1024 * 1024;
/** The inner part has no envelope of its own, and needs none. */
const ENVELOPE_FAULTS = new Set(['NO_SENDER', 'SENDER_NOT_FROM', 'SEVERAL_FROM', 'DATE_MISSING', 'DATE_ABSURD']);

/** Whether the structure of a letter may be one of OpenPGP's, so that it is worth a closer look. */
export function mayBePgpMime(mail: Mail): boolean {
  if (mail.encryption !== null && mail.encryption.kind !== 'PGP_INLINE') return true;
  const [only] = mail.attachments;
  const isBare = mail.structure.children.length === 0 && mail.attachments.length === 1;
  return mail.structure.mimeType === 'application/pgp' || (isBare && isPgpName(only?.name));
}

/**
 * Opens and checks PGP/MIME (RFC 3156). Only the letter itself is opened; encrypted parts among others stay closed
 * (EFAIL). Null: no OpenPGP in its structure.
 */
export async function readPgpMime(
  bytes: Buffer,
  mail: Mail,
  known: PgpKnowledge,
  depth = 0,
): Promise<PgpReading | null> {
  if (!mayBePgpMime(mail)) return null;
  const shape = readShape(bytes);
  const found = detectMime(shape);
  if (found.kind === 'ENCRYPTED') return openWhole(bytes, mail, found, known, depth);
  if (found.kind === 'SIGNED') return readSigned(bytes, mail, shape, found, known, depth);
  if (found.kind === 'NONE') return null;
  return (await insideSmime(bytes, mail, shape, known, depth)) ?? readNested(bytes, mail, shape, found, known);
}

async function openWhole(
  bytes: Buffer,
  mail: Mail,
  found: MimePgp & { kind: 'ENCRYPTED' },
  known: PgpKnowledge,
  depth: number,
): Promise<PgpReading | null> {
  const payload = rawMimePart(bytes, found.payload);
  if (!payload) return null;
  const result = known.open(payload.content, depth);
  if (!result) return notOpened(mail, payload.content, { ok: false, code: 'TIMED_OUT', explanation: '', keyIds: [] });
  return result.ok ? opened(mail, result, found.isRepaired, known, depth) : notOpened(mail, payload.content, result);
}

async function opened(
  mail: Mail,
  result: OpenSuccess,
  isRepaired: boolean,
  known: PgpKnowledge,
  depth: number,
): Promise<PgpReading> {
  const data = Buffer.from(result.data.buffer, result.data.byteOffset, result.data.byteLength);
  const inner = await parseMail(data, { limits: { messageBytes: OPENED_BYTES } });
  const deeper = await readPgpMime(data, inner, known, depth + 1);
  const own = signatureFacts({ ...result.signature, signatures: result.signatures });
  const within = deeper?.state ?? null;
  const facts = own.signature === 'NONE' && within ? within : own;
  const notes = [
    ...result.notes.map(({ text }) => text),
    ...(isRepaired ? ['A mail server had changed the structure of the letter; it was put right.'] : []),
    ...(within?.notes ?? []),
    ...(within && facts === own && within.signature !== 'NONE' ? [`Inside: ${within.explanation}`] : []),
  ];
  const subject = result.isEncrypted ? subjectIn(data) : null;
  const innerSubject = deeper?.innerSubject ?? (subject === null ? null : await decodeSubject(subject));
  const shown = deeper?.mail ?? inner;
  return {
    mail: withBodyOf(mail, shown, inner),
    innerSubject,
    state: pgpState({
      encrypted: result.isEncrypted,
      decrypted: result.isEncrypted && within?.failure == null,
      failure: within?.failure ?? null,
      canRetry: within?.canRetry ?? false,
      signature: facts.signature,
      signer: facts.signer,
      signerFingerprint: facts.signerFingerprint,
      explanation:
        result.isEncrypted && within?.encrypted !== true ? `Encrypted. ${facts.explanation}` : facts.explanation,
      notes,
      sections: within?.sections ?? [],
      subjectIsSecret: innerSubject !== null,
    }),
  };
}

/** Null: no subject was protected. */
function subjectIn(data: Buffer): string | null {
  return readProtectedHeaders(data)?.subject ?? null;
}

async function decodeSubject(raw: string): Promise<string | null> {
  const { subject } = await parseMail(Buffer.from(`Subject: ${raw}\r\n\r\n`, 'latin1'));
  return subject === null || subject.trim() === '' ? null : subject;
}

/** The outer envelope with the inner words; nothing of the inner envelope is taken over. */
function withBodyOf(mail: Mail, shown: Mail, inner: Mail): Mail {
  return {
    ...mail,
    text: shown.text,
    html: shown.html,
    attachments: shown.attachments,
    language: shown.language ?? mail.language,
    faults: [...mail.faults, ...inner.faults.filter(({ code }) => !ENVELOPE_FAULTS.has(code))],
  };
}

function notOpened(mail: Mail, payload: Buffer, failure: OpenFailure): PgpReading {
  const name = 'message.asc';
  const source = mail.attachments.find(({ content }) => content.equals(payload));
  const whole: MailAttachment[] = source ? [{ ...source, name, inline: false }] : [];
  return {
    mail: {
      ...mail,
      text: NOT_OPENED,
      html: null,
      attachments: [...mail.attachments.filter((one) => one !== source && one.kind !== 'ENCRYPTED'), ...whole],
    },
    innerSubject: null,
    state: pgpState({
      encrypted: true,
      failure: failure.code,
      canRetry: mayPass(failure.code),
      explanation: failure.explanation,
    }),
  };
}

async function readSigned(
  bytes: Buffer,
  mail: Mail,
  shape: MailShape,
  found: MimePgp & { kind: 'SIGNED' },
  known: PgpKnowledge,
  depth: number,
): Promise<PgpReading | null> {
  const content = rawMimePart(bytes, found.content);
  if (!content) return null;
  const verdict = await check(bytes, content.entity, found.signature, known);
  const inside = await parseMail(content.entity);
  const deeper = await readPgpMime(content.entity, inside, known, depth);
  if (deeper) {
    const notes = [...deeper.state.notes, `The letter as a whole is signed besides. ${verdict.explanation}`];
    return { ...deeper, mail: withBodyOf(mail, deeper.mail, inside), state: { ...deeper.state, notes } };
  }
  const facts = signatureFacts(verdict);
  const shown = withBodyOf(mail, inside, inside);
  const beside = await othersBeside(bytes, shape, found);
  if (beside.length === 0) return { mail: shown, innerSubject: null, state: pgpState(facts) };
  const sections: PgpSection[] = [
    { kind: 'SIGNED', text: inside.text, signature: facts.signature, explanation: facts.explanation },
    ...beside,
  ];
  return {
    mail: inSections(shown, sections),
    innerSubject: null,
    state: pgpState({ explanation: IN_PARTS, sections }),
  };
}

async function check(bytes: Buffer, entity: Buffer, signature: MimePath, known: PgpKnowledge): Promise<Verdict> {
  const part = rawMimePart(bytes, signature);
  const verdict = await verifyDetached(entity, part?.content ?? '', await known.keys(), known.judging);
  known.noteSigners(verdict.signatures);
  return verdict;
}

/** Parts that stand in the signed letter beside content and signature: a list put them there, and no signature covers them. */
async function othersBeside(
  bytes: Buffer,
  shape: MailShape,
  found: MimePgp & { kind: 'SIGNED' },
): Promise<PgpSection[]> {
  const parent = found.content.slice(0, -1);
  const count = parent.reduce<MailShape | undefined>((at, index) => at?.parts[index], shape)?.parts.length ?? 0;
  const sections: PgpSection[] = [];
  for (let index = 0; index < count; index++) {
    const path = [...parent, index];
    if ([found.content, found.signature].some((own) => own.join() === path.join())) continue;
    sections.push(...(await plainSection(bytes, path)));
  }
  return sections;
}

async function plainSection(bytes: Buffer, path: MimePath): Promise<PgpSection[]> {
  const part = rawMimePart(bytes, path);
  const text = part ? (await parseMail(part.entity)).text : '';
  if (text.trim() === '') return [];
  return [{ kind: 'PLAIN', text, signature: 'NONE', explanation: 'Neither encrypted nor signed.' }];
}

function inSections(mail: Mail, sections: readonly PgpSection[]): Mail {
  return {
    ...mail,
    text: textOf(sections),
    html: null,
    attachments: mail.attachments.filter(({ kind }) => kind !== 'SIGNATURE'),
  };
}

/** An S/MIME signature around an encrypted letter: the letter inside counts, the signature is told of apart. */
async function insideSmime(
  bytes: Buffer,
  mail: Mail,
  shape: MailShape,
  known: PgpKnowledge,
  depth: number,
): Promise<PgpReading | null> {
  if (shape.contentType !== 'multipart/signed' || !/pkcs7/i.test(shape.params.protocol ?? '')) return null;
  const content = rawMimePart(bytes, [0]);
  const inside = content && (await parseMail(content.entity));
  const deeper = inside && (await readPgpMime(content.entity, inside, known, depth));
  if (!deeper) return null;
  const notes = [...deeper.state.notes, 'The letter as a whole is signed with S/MIME besides, which is not checked.'];
  return { ...deeper, mail: withBodyOf(mail, deeper.mail, inside), state: { ...deeper.state, notes } };
}

const HIDDEN =
  'An encrypted part inside a larger letter stays closed, because such letters are made to steal texts (EFAIL). It is attached.';

/** Encrypted parts among others stay closed; signed ones (as behind a list's footer) are checked and shown apart. */
async function readNested(
  bytes: Buffer,
  mail: Mail,
  shape: MailShape,
  found: MimePgp & { kind: 'NESTED' },
  known: PgpKnowledge,
): Promise<PgpReading> {
  const isEncrypted = found.parts.some(({ kind }) => kind === 'ENCRYPTED');
  const notes = isEncrypted ? [HIDDEN] : [];
  if (found.parts.every(({ kind }) => kind === 'ENCRYPTED')) {
    return { mail, innerSubject: null, state: pgpState({ explanation: HIDDEN, failure: 'NESTED' }) };
  }
  const sections: PgpSection[] = [];
  const apart = found.parts.filter(({ path }) => path.length > 1);
  const top = shape.contentType === 'multipart/mixed' ? shape.parts.map((_, index) => [index]) : [];
  for (const path of [...top, ...apart.map(({ path }) => path)]) {
    const own = found.parts.find((part) => part.path.join() === path.join());
    if (own?.kind === 'SIGNED') sections.push(await signedSection(bytes, path, known));
    else if (own) sections.push({ kind: 'NOT_OPENED', text: '', signature: 'NONE', explanation: HIDDEN });
    else if (!apart.some((part) => part.path[0] === path[0])) sections.push(...(await plainSection(bytes, path)));
  }
  const state = pgpState({ explanation: IN_PARTS, sections, notes });
  return { mail: inSections(mail, sections), innerSubject: null, state };
}

async function signedSection(bytes: Buffer, path: MimePath, known: PgpKnowledge): Promise<PgpSection> {
  const content = rawMimePart(bytes, [...path, 0]);
  const entity = content?.entity ?? Buffer.alloc(0);
  const verdict = await check(bytes, entity, [...path, 1], known);
  const { text } = await parseMail(entity);
  return { kind: 'SIGNED', text, signature: verdict.state, explanation: verdict.explanation };
}
