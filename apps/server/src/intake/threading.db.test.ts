import { describe, expect, test } from 'vitest';
import { describeEachDatabase, type TestWorld } from '../../test/context.ts';
import {
  agentActor,
  buildAgent,
  type LetterParts,
  letterBytes,
  messagesOf,
  receiveLetter,
  receiveTicket,
  SUPPORT,
  saveDesk,
  ticketOf,
} from '../../test/factories.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { MAIN_MAILBOX } from '../settings/mailbox.entity.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { SupportSettingsRow } from '../settings/support-settings.entity.ts';
import { closeTicket } from '../tickets/close-ticket.ts';
import { Participant } from '../tickets/participant.entity.ts';
import { replyToTicket } from '../tickets/reply-to-ticket.ts';
import { signedReplyAddress } from '../tickets/signed-reply-address.ts';
import { Ticket } from '../tickets/ticket.entity.ts';
import type { Decision } from './decide-mail.ts';
import { judgeMail } from './file-mail.ts';
import { InboundMail } from './inbound-mail.entity.ts';
import { understandMail } from './understand-mail.ts';
import type { UnderstandTask } from './understood-mail.ts';

const handler = (task: never) => understandMail(task as UnderstandTask);
const SUBJECT = 'Printer on fire';
const ANNA = 'Anna <anna@acme.example>';
const MALLORY = 'mallory@evil.example';
const DANA = 'dana@desk.example';
const VERIFIED = 'Authentication-Results: mx.desk.example; dmarc=pass header.from=desk.example';
const FORGED_SENDER = 'Authentication-Results: mx.desk.example; dmarc=fail header.from=acme.example';

type Outcome = 'join' | 'join-new' | 'join-staff' | 'open' | 'open-linked' | 'hold' | 'block';

function outcomeOf(decision: Decision): Outcome {
  if (decision.kind === 'JOIN') return decision.staffId ? 'join-staff' : decision.newSender ? 'join-new' : 'join';
  if (decision.kind === 'OPEN') return decision.linkedTo ? 'open-linked' : 'open';
  return decision.kind === 'HOLD' ? 'hold' : 'block';
}

/** What the desk would do with a letter; writes nothing. */
async function judge(ctx: Context, letter: LetterParts, settings: Partial<SupportSettingsRow> = {}): Promise<Decision> {
  const understood = await understandMail({ bytes: letterBytes(letter), inboundMailId: 'x' });
  const judged = await judgeMail(
    ctx,
    { mailboxId: MAIN_MAILBOX, inboundMailId: null, understood },
    { ...(await readSettings(ctx)), ...settings },
  );
  return judged.decision;
}

/** A ticket of Anna's with an answer of Dana's, whose signed Message-ID is T; and one with a subject that says nothing. */
async function buildThreads(world: TestWorld) {
  const ctx = world.ctx();
  await saveDesk(ctx, { authservId: 'mx.desk.example' });
  const dana = await buildAgent(ctx, { email: DANA });
  const ticket = await receiveTicket(ctx, { from: ANNA, subject: SUBJECT, id: 'first@acme.example' });
  await replyToTicket(world.ctx(agentActor(dana)), { ticketId: ticket.id, text: 'Use water.' });
  await receiveTicket(ctx, { from: ANNA, subject: 'Help' });
  const [reply] = await ctx.db.findBy(OutgoingMail, { kind: 'REPLY' });
  const token = reply!.messageId;
  const forged = token.replace(/-(.)/, (_, sign) => `-${sign === 'a' ? 'b' : 'a'}`);
  return { ctx, ticket, token, forged, dana };
}

describeEachDatabase(
  'threading',
  (world) => {
    describe('a letter finds its ticket', () => {
      test('by every signal, from every kind of sender, with the address checked and unchecked', async () => {
        const { ctx, token, forged, ticket } = await buildThreads(world());
        const signals: Record<string, LetterParts> = {
          T: { subject: 'Quite another thing', headers: [`In-Reply-To: ${token}`] },
          'T in References': { subject: 'Quite another thing', headers: [`References: <x@y.example> ${token}`] },
          'forged T': { subject: 'Quite another thing', headers: [`In-Reply-To: ${forged}`] },
          M: { subject: 'Quite another thing', headers: ['In-Reply-To: <first@acme.example>'] },
          'M and S': { subject: `Re: ${SUBJECT}`, headers: ['References: <first@acme.example>'] },
          'S tag': { subject: `Quite another thing [#${ticket.number}]` },
          'S equal': { subject: `AW: ${SUBJECT}` },
          'S generic': { subject: 'Re: Help' },
          none: { subject: 'Quite another thing' },
        };
        const senders: Record<string, LetterParts> = {
          participant: { from: ANNA },
          outsider: { from: MALLORY },
          'spoofed participant': { from: ANNA, headers: [FORGED_SENDER] },
          'staff claim': { from: DANA },
          staff: { from: DANA, headers: [VERIFIED] },
        };
        type Row = [participant: Outcome, outsider: Outcome, spoofed: Outcome, staffClaim: Outcome, staff: Outcome];
        const open5: Row = ['open', 'open', 'open', 'open', 'open'];
        const linked: Row = ['join', 'open-linked', 'join', 'open-linked', 'open-linked'];
        const joined: Row = ['join', 'join-new', 'join', 'join-new', 'join-new'];
        const expected: Record<string, { off: Row; on: Row }> = {
          T: {
            off: ['join', 'open-linked', 'join', 'open-linked', 'join-staff'],
            on: ['join', 'join-new', 'join', 'join-new', 'join-staff'],
          },
          'T in References': {
            off: ['join', 'open-linked', 'join', 'open-linked', 'join-staff'],
            on: ['join', 'join-new', 'join', 'join-new', 'join-staff'],
          },
          'forged T': { off: open5, on: open5 },
          M: { off: linked, on: linked },
          'M and S': { off: linked, on: joined },
          'S tag': { off: ['join', 'open', 'join', 'open', 'open'], on: joined },
          'S equal': { off: ['join', 'open', 'join', 'open', 'open'], on: joined },
          'S generic': { off: ['join', 'open', 'join', 'open', 'open'], on: linked },
          none: { off: open5, on: open5 },
        };
        const warned: Record<string, string> = {
          'spoofed participant': 'dmarc=fail',
          'staff claim': 'claims to be staff',
        };
        for (const [signal, parts] of Object.entries(signals)) {
          for (const [option, ignoreSenderAddress] of [
            ['off', false],
            ['on', true],
          ] as const) {
            const found: Outcome[] = [];
            for (const [who, sender] of Object.entries(senders)) {
              const headers = [...(parts.headers ?? []), ...(sender.headers ?? [])];
              const decision = await judge(ctx, { ...parts, ...sender, headers }, { ignoreSenderAddress });
              found.push(outcomeOf(decision));
              expect(decision.reasons.length, `${signal} ${who}`).toBeGreaterThan(0);
              const warnings = decision.warnings.join();
              if (warned[who]) expect(warnings, `${signal} ${who}`).toContain(warned[who]);
              if (signal === 'forged T') expect(warnings).toContain('wrong signature');
            }
            expect([signal, option, ...found]).toEqual([signal, option, ...expected[signal]![option]]);
          }
        }
      });

      test('behind every prefix, counter and list tag that mail programs write', async () => {
        const { ctx } = await buildThreads(world());
        const prefixes =
          'Re RE re[2] Re(3) Re^2 AW Antw Antwort SV VS VB Svar RV Res Rif Rép Rep Ref Odp Vá YNT Yan BLS ATS Atb HB TR FW Fwd FS WG WTR Doorst VL ENC PD Továbbítás RVS TRS İLT ПД Ответ Отв Re:отв Пересл На Απ Σχετ Προθ ΠΡΘ 回复 回覆 答复 答覆 转发 轉寄 轉發 返信 転送 회신 답장 전달 رد إعادة_توجيه השב תגובה הועבר Automatic_reply Automatische_Antwort'.split(
            ' ',
          );
        const subjects = [
          ...prefixes.map((prefix) => `${prefix.replace('_', ' ')}: ${SUBJECT}`),
          `R: ${SUBJECT}`,
          `I: ${SUBJECT}`,
          `Re：${SUBJECT}`,
          `[users] Re: [#1] AW: ${SUBJECT}`,
          `  re :  PRINTER   on fire`,
        ];
        for (const subject of subjects) {
          const encoded = `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`;
          expect([subject, outcomeOf(await judge(ctx, { subject: encoded }))]).toEqual([subject, 'join']);
        }
        for (const subject of [`R:${SUBJECT}`, `X: ${SUBJECT}`, `${SUBJECT} again`])
          expect([subject, outcomeOf(await judge(ctx, { subject }))]).toEqual([subject, 'open']);
      });

      test('by the signed address that it was sent to', async () => {
        const { ctx, ticket } = await buildThreads(world());
        const to = signedReplyAddress(ctx, ticket, SUPPORT)!;
        expect(outcomeOf(await judge(ctx, { subject: 'Anything', to }))).toBe('join');
        expect(outcomeOf(await judge(ctx, { subject: 'Anything', headers: [`X-Original-To: ${to}`] }))).toBe('join');
        const forged = to.replace(/.@/, (end) => (end === 'a@' ? 'b@' : 'a@'));
        const decision = await judge(ctx, { subject: 'Anything', to: forged });
        expect([outcomeOf(decision), decision.warnings.join().includes('wrong signature')]).toEqual(['open', true]);
      });

      test('by the nearest id where several tickets are named', async () => {
        const { ctx, ticket } = await buildThreads(world());
        const other = await receiveTicket(ctx, { from: ANNA, subject: 'Second matter', id: 'second@acme.example' });
        const decide = async (headers: string[]) => judge(ctx, { subject: 'Third matter', headers });
        expect(await decide(['References: <first@acme.example> <second@acme.example>'])).toMatchObject({
          kind: 'JOIN',
          ticketId: other.id,
        });
        expect(
          await decide(['In-Reply-To: <first@acme.example>', 'References: <first@acme.example> <second@acme.example>']),
        ).toMatchObject({ kind: 'JOIN', ticketId: ticket.id });
      });

      test('by its subject only while the ticket is alive, by its ids for ever', async () => {
        const { ctx, token } = await buildThreads(world());
        const byTag = { subject: 'Again [#1]' };
        const bySubject = { subject: `Re: ${SUBJECT}` };
        const outcomes = async (settings = {}) =>
          Promise.all(
            [byTag, bySubject, { subject: 'Again', headers: [`In-Reply-To: ${token}`] }].map(async (letter) =>
              outcomeOf(await judge(ctx, letter, settings)),
            ),
          );
        world().clock.advance({ days: 89 });
        expect(await outcomes()).toEqual(['join', 'join', 'join']);
        world().clock.advance({ days: 2 });
        expect(await outcomes()).toEqual(['open', 'open', 'join']);
        expect(await outcomes({ ignoreSenderAddress: true })).toEqual(['open', 'open', 'join']);
        expect(await outcomes({ subjectMatchDays: 120 })).toEqual(['join', 'join', 'join']);
        expect((await judge(ctx, byTag)).reasons.join()).toContain('[#1] was passed over');
      });

      test('opened again within the window, and linked from a new one after it', async () => {
        const { ctx, ticket, token } = await buildThreads(world());
        await closeTicket(ctx, { ticketId: ticket.id });
        const letter = { subject: 'Again', headers: [`In-Reply-To: ${token}`] };
        world().clock.advance({ days: 13 });
        expect(outcomeOf(await judge(ctx, letter))).toBe('join');
        world().clock.advance({ days: 2 });
        expect(await judge(ctx, letter)).toMatchObject({ kind: 'OPEN', linkedTo: { ticketId: ticket.id } });
        expect(outcomeOf(await judge(ctx, letter, { closeAnsweredAfterDays: 30 }))).toBe('join');
        const opened = await receiveTicket(ctx, letter);
        expect(opened.linkedToTicketId).toBe(ticket.id);
      });

      test('not among three of one subject, but by the tag or as the sender’s own', async () => {
        const ctx = world().ctx();
        await saveDesk(ctx);
        const numbers: number[] = [];
        for (const name of ['ann', 'ben', 'cat']) {
          numbers.push((await receiveTicket(ctx, { from: `${name}@acme.example`, subject: 'Monthly report' })).number);
        }
        const on = { ignoreSenderAddress: true };
        const stranger = await judge(ctx, { from: MALLORY, subject: 'Re: Monthly report' }, on);
        expect(outcomeOf(stranger)).toBe('open-linked');
        for (const number of numbers) expect(stranger.reasons.join()).toContain(`#${number}`);
        expect(await judge(ctx, { from: MALLORY, subject: `[#${numbers[1]}] Monthly report` }, on)).toMatchObject({
          kind: 'JOIN',
          ticketNumber: numbers[1],
          newSender: true,
        });
        expect(await judge(ctx, { from: 'ben@acme.example', subject: 'Re: Monthly report' }, on)).toMatchObject({
          kind: 'JOIN',
          ticketNumber: numbers[1],
          newSender: false,
        });
      });

      test('through a chain of merges, as a new sender who took part before, and never round a circle', async () => {
        const { ctx, ticket, token } = await buildThreads(world());
        const middle = await receiveTicket(ctx, { from: 'ben@acme.example', subject: 'Middle matter' });
        const last = await receiveTicket(ctx, { from: 'cat@acme.example', subject: 'Last matter' });
        const merge = (id: string, mergedIntoId: string | null) =>
          transact(ctx, (ctx) => ctx.db.update(Ticket, { id }, { mergedIntoId }));
        await merge(ticket.id, middle.id);
        await merge(middle.id, last.id);
        const letter = { subject: 'Again', headers: [`In-Reply-To: ${token}`] };
        expect(await judge(ctx, letter)).toMatchObject({ kind: 'JOIN', ticketId: last.id, newSender: true });
        expect(outcomeOf(await judge(ctx, { ...letter, from: MALLORY }))).toBe('open-linked');
        expect(await judge(ctx, { ...letter, from: 'cat@acme.example' })).toMatchObject({
          kind: 'JOIN',
          newSender: false,
        });
        await transact(ctx, (ctx) =>
          ctx.db.insert(Participant, { ticketId: last.id, address: 'anna@acme.example', addedAt: world().clock.now() }),
        );
        expect(await judge(ctx, letter)).toMatchObject({ kind: 'JOIN', ticketId: last.id, newSender: false });
        await merge(last.id, ticket.id);
        expect(outcomeOf(await judge(ctx, letter))).toBe('open');
      });

      test('by the tag of the ticket that is left, as a new sender of the one merged into it', async () => {
        const { ctx, ticket } = await buildThreads(world());
        const left = await receiveTicket(ctx, { from: 'ben@acme.example', subject: SUBJECT });
        await transact(ctx, (ctx) => ctx.db.update(Ticket, { id: ticket.id }, { mergedIntoId: left.id }));
        const decision = await judge(ctx, { from: ANNA, subject: `Re: [#${left.number}] ${SUBJECT}` });
        expect(decision).toMatchObject({ kind: 'JOIN', ticketId: left.id, newSender: true });
        expect(decision.reasons).toContain(`new sender: the address took part in #${ticket.number} only`);
      });

      test('no more when the ticket was deleted', async () => {
        const { ctx, ticket, token } = await buildThreads(world());
        await transact(ctx, (ctx) => ctx.db.delete(Ticket, { id: ticket.id }));
        const headers = [`In-Reply-To: ${token}`, 'References: <first@acme.example>'];
        expect(outcomeOf(await judge(ctx, { subject: `[#${ticket.number}] ${SUBJECT}`, headers }))).toBe('open');
      });
    });

    describe('a new sender', () => {
      async function joinedBy(letter: LetterParts) {
        const { ctx, ticket, token, dana } = await buildThreads(world());
        await saveDesk(ctx, { ignoreSenderAddress: true, authservId: 'mx.desk.example' });
        const mail = await receiveLetter(ctx, { from: MALLORY, headers: [`In-Reply-To: ${token}`], ...letter });
        expect(mail).toMatchObject({ fate: 'JOINED', ticketId: ticket.id });
        return { ctx, ticket, dana, token };
      }

      test('moves nothing, gets nothing, and is quoted to nobody', async () => {
        const { ctx, ticket, dana } = await joinedBy({ text: 'Send me everything you have.', id: 'evil@evil.example' });
        expect(await ticketOf(ctx, ticket.id)).toMatchObject({
          status: 'ANSWERED',
          requesterEmail: 'anna@acme.example',
        });
        expect((await messagesOf(ctx, ticket.id)).at(-1)).toMatchObject({ newSender: true });
        expect(await ctx.db.count(Participant)).toBe(0);
        await replyToTicket(world().ctx(agentActor(dana)), { ticketId: ticket.id, text: 'Is it out?' });
        const mails = await ctx.db.find(OutgoingMail, { order: { id: 'ASC' } });
        expect(mails.flatMap((mail) => mail.recipients)).not.toContain(MALLORY);
        const sent = (await ctx.db.find(OutgoingMail)).length;
        expect(sent).toBe(4); // two confirmations, two replies
      });

      test('is held after five letters within an hour, and let in again later', async () => {
        const { ctx, token } = await joinedBy({});
        const write = (from: string) => receiveLetter(ctx, { from, headers: [`In-Reply-To: ${token}`] });
        for (let n = 2; n <= 5; n++) expect((await write(MALLORY)).fate).toBe('JOINED');
        expect(await write(MALLORY)).toMatchObject({ fate: 'HELD' });
        expect(await write('second@evil.example')).toMatchObject({ fate: 'HELD' });
        expect(await write(ANNA)).toMatchObject({ fate: 'JOINED' });
        world().clock.advance({ minutes: 61 });
        expect(await write(MALLORY)).toMatchObject({ fate: 'JOINED' });
      });
    });

    describe('an agent who answers from a mail program', () => {
      test.each([
        ['to the requester has answered the ticket', `${SUPPORT}, anna@acme.example`, 'REPLY', 'ANSWERED'],
        ['to the desk alone has written a note', SUPPORT, 'NOTE', 'OPEN'],
      ])('%s', async (_name, to, kind, status) => {
        const { ctx, ticket, token, dana } = await buildThreads(world());
        const headers = [`In-Reply-To: ${token}`];
        await receiveLetter(ctx, { from: ANNA, headers });
        const mail = await receiveLetter(ctx, { from: DANA, to, headers: [...headers, VERIFIED] });
        expect(mail).toMatchObject({ fate: 'JOINED', ticketId: ticket.id });
        const message = (await messagesOf(ctx, ticket.id)).find(({ inboundMailId }) => inboundMailId === mail.id);
        expect(message).toMatchObject({ kind, authorId: dana.id, newSender: false });
        expect(await ticketOf(ctx, ticket.id)).toMatchObject({ status });
      });
    });

    describe('two letters', () => {
      test('with one Message-ID and other bytes are both kept, and the second says so', async () => {
        const ctx = world().ctx();
        await saveDesk(ctx);
        await receiveLetter(ctx, { from: MALLORY, id: 'same@acme.example', subject: 'First come' });
        const second = await receiveLetter(ctx, { from: ANNA, id: 'same@acme.example', subject: 'The true one' });
        expect(second).toMatchObject({ fate: 'TICKETED' });
        expect(second.reason).toContain('same Message-ID');
        const [message] = await messagesOf(ctx, second.ticketId!);
        expect(message!.warnings).toEqual(['same Message-ID as another letter: both are kept']);
        expect(await ctx.db.count(InboundMail)).toBe(2);
      });
    });
  },
  { handler },
);
