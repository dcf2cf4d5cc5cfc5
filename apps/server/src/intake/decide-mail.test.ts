import type { AutoMailVerdict, Mail, SenderCheck } from '@support-center/mail';
import { buildEntryIndex, parseEntryList } from '@support-center/mail';
import { describe, expect, test } from 'vitest';
import { type Decision, type DecisionInput, decideMail } from './decide-mail.ts';
import type { Candidate } from './find-thread.ts';

const now = new Date('2026-03-02T09:00:00Z');
const human: AutoMailVerdict = { class: 'HUMAN', reason: 'no sign of a machine', hold: false };
const index = (text: string) => buildEntryIndex(parseEntryList(text).entries);

function candidate(fields: Partial<Candidate> = {}): Candidate {
  return {
    ticketId: 't12',
    number: 12,
    status: 'ANSWERED',
    closedAt: null,
    lastActivityAt: new Date('2026-03-01T09:00:00Z'),
    byToken: null,
    byForeignId: null,
    distance: 0,
    bySubject: null,
    isParticipant: false,
    mergedFrom: null,
    tookPartIn: null,
    ...fields,
  };
}

interface Given {
  candidates?: Candidate[];
  on?: boolean;
  auto?: AutoMailVerdict;
  generic?: boolean;
  from?: string | null;
  spam?: string;
  highlight?: string;
  suppress?: boolean;
  repeats?: number;
  closeDays?: number | null;
  forgedIds?: number;
  agent?: string | null;
  check?: SenderCheck;
  bySender?: number;
  byTicket?: number;
}

function decide(given: Given): Decision {
  const from = given.from === undefined ? 'anna@acme.example' : given.from;
  const input: DecisionInput = {
    mail: { from: from === null ? null : { address: from, name: null }, severalFrom: false } as Mail,
    thread: {
      candidates: given.candidates ?? [],
      forgedIds: given.forgedIds ?? 0,
      isGenericSubject: given.generic ?? false,
      staleTags: [],
      deleted: [],
    },
    auto: given.auto ?? human,
    unreadable: null,
    repeats: given.repeats ?? 0,
    answersNoTicket: false,
    repeatsMessageId: false,
    senderAgentId: given.agent ?? null,
    senderCheck: given.check ?? 'UNKNOWN',
    newSenderLetters: { bySender: given.bySender ?? 0, byTicket: new Map([['t12', given.byTicket ?? 0]]) },
    settings: {
      ignoreSenderAddress: given.on ?? false,
      suppressConfirmations: given.suppress ?? false,
      closeAnsweredAfterDays: given.closeDays === undefined ? 7 : given.closeDays,
      highlight: index(given.highlight ?? ''),
      spam: index(given.spam ?? ''),
    },
    now,
  };
  return decideMail(input);
}

/** The decision in one word: join, join-new (from a new sender), open, open-linked. */
function outcome(decision: Decision): string {
  if (decision.kind === 'JOIN' && decision.staffId) return 'join-staff';
  if (decision.kind === 'JOIN') return decision.newSender ? 'join-new' : decision.silent ? 'join-silent' : 'join';
  if (decision.kind === 'OPEN') return decision.linkedTo ? 'open-linked' : 'open';
  return decision.kind.toLowerCase();
}

describe('follow-up or new ticket', () => {
  const token = { byToken: 'In-Reply-To' as const };
  const foreign = { byForeignId: 'References' as const };
  const tag = { bySubject: 'tag' as const };
  const equal = { bySubject: 'equal' as const };

  test.each<[string, Partial<Candidate>[], Pick<Given, 'generic'>, string, string]>([
    // signals of the one candidate                      more            option off     option on
    ['participant with our id', [{ ...token, isParticipant: true }], {}, 'join', 'join'],
    ['participant with a foreign id', [{ ...foreign, isParticipant: true }], {}, 'join', 'join'],
    ['participant with the tag', [{ ...tag, isParticipant: true }], {}, 'join', 'join'],
    ['participant with an equal subject', [{ ...equal, isParticipant: true }], {}, 'join', 'join'],
    [
      'participant with an equal, general subject',
      [{ ...equal, isParticipant: true }],
      { generic: true },
      'join',
      'join',
    ],
    ['outsider with our id', [{ ...token }], {}, 'open-linked', 'join-new'],
    ['outsider with a foreign id only', [{ ...foreign }], {}, 'open-linked', 'open-linked'],
    ['outsider with a foreign id and the subject', [{ ...foreign, ...equal }], {}, 'open-linked', 'join-new'],
    ['outsider with the tag', [{ ...tag }], {}, 'open', 'join-new'],
    ['outsider with an equal subject', [{ ...equal }], {}, 'open', 'join-new'],
    ['outsider with an equal, general subject', [{ ...equal }], { generic: true }, 'open', 'open-linked'],
    [
      'outsider with three equal subjects',
      [equal, { ...equal, ticketId: 'b' }, { ...equal, ticketId: 'c' }],
      {},
      'open',
      'open-linked',
    ],
    [
      'outsider with a tag among three',
      [{ ...tag }, { ...equal, ticketId: 'b' }, { ...equal, ticketId: 'c' }],
      {},
      'open',
      'join-new',
    ],
    [
      'sender of one among three',
      [
        { ...equal, isParticipant: true },
        { ...equal, ticketId: 'b' },
      ],
      {},
      'join',
      'join',
    ],
    ['nothing', [], {}, 'open', 'open'],
  ])('%s', (_name, candidates, more, off, on) => {
    const all = candidates.map((fields) => candidate(fields));
    expect([
      outcome(decide({ candidates: all, ...more })),
      outcome(decide({ candidates: all, ...more, on: true })),
    ]).toEqual([off, on]);
  });

  test('an id of ours with a wrong signature is treated as absent, and that is said', () => {
    const decision = decide({ forgedIds: 1, on: true });
    expect(outcome(decision)).toBe('open');
    expect(decision.reasons.join()).toContain('wrong signature');
  });

  test.each<[string, Given, string, boolean]>([
    ['our signature and the mail server', { check: 'PASS', candidates: [candidate(token)] }, 'join-staff', false],
    ['our signature alone', { check: 'UNKNOWN', candidates: [candidate(token)] }, 'open-linked', true],
    ['our signature against the mail server', { check: 'FAIL', candidates: [candidate(token)] }, 'open-linked', true],
    ['the mail server and a foreign id', { check: 'PASS', candidates: [candidate(foreign)] }, 'open-linked', true],
    ['the mail server and the tag', { check: 'PASS', candidates: [candidate(tag)] }, 'open', true],
    ['nothing', {}, 'open', true],
  ])('a staff address in From with %s', (_name, given, expected, isClaim) => {
    const decision = decide({ agent: 'dana', ...given });
    expect(outcome(decision)).toBe(expected);
    expect(decision.warnings.join().includes('claims to be staff')).toBe(isClaim);
  });

  test('a sender whom the mail server calls forged is not turned away, and that is said', () => {
    const decision = decide({ check: 'FAIL', candidates: [candidate({ ...token, isParticipant: true })] });
    expect(outcome(decision)).toBe('join');
    expect(decision.warnings.join()).toContain('dmarc=fail');
  });

  test.each([
    ['the fifth letter of a new sender within an hour', { bySender: 4 }, 'join-new'],
    ['the sixth', { bySender: 5 }, 'hold'],
    ['the fifth of new senders to a ticket', { byTicket: 4 }, 'join-new'],
    ['the sixth to a ticket', { byTicket: 5 }, 'hold'],
    [
      'a participant’s after those',
      { byTicket: 5, candidates: [candidate({ ...equal, isParticipant: true })] },
      'join',
    ],
  ])('%s', (_name, given, expected) => {
    expect(outcome(decide({ on: true, candidates: [candidate(equal)], ...given }))).toBe(expected);
  });

  test.each([
    ['13 days ago', 13, 7, 'join'],
    ['15 days ago', 15, 7, 'open-linked'],
    ['15 days ago where tickets close after 30', 15, 30, 'join'],
    ['15 days ago where tickets never close by themselves', 15, -1, 'open-linked'],
  ])('a ticket closed %s', (_name, days, closeDays, expected) => {
    const closed = candidate({
      ...equal,
      isParticipant: true,
      status: 'CLOSED',
      closedAt: new Date(now.getTime() - days * 86_400_000),
    });
    expect(outcome(decide({ candidates: [closed], closeDays }))).toBe(expected);
  });
});

describe('blocked and held', () => {
  test.each([
    ['a spam domain', { spam: 'acme.example' }, 'block'],
    ['a subdomain of a spam domain', { spam: 'acme.example', from: 'a@mail.acme.example' }, 'block'],
    ['a domain that only ends the same', { spam: 'acme.example', from: 'a@notacme.example' }, 'open'],
    [
      'an address on the highlight list in a spam domain',
      { spam: 'acme.example', highlight: 'anna@acme.example' },
      'open',
    ],
    [
      'an address on the spam list in a highlighted domain',
      { spam: 'anna@acme.example', highlight: 'acme.example' },
      'block',
    ],
    ['the same entry in both lists', { spam: 'acme.example', highlight: 'acme.example' }, 'block'],
    [
      'the third answer to our mail with the same words within ten minutes',
      { repeats: 2, candidates: [candidate({ bySubject: 'tag', isParticipant: true })] },
      'hold',
    ],
    ['the second one', { repeats: 1, candidates: [candidate({ bySubject: 'tag', isParticipant: true })] }, 'join'],
    ['the third letter with the same words that answers nothing of ours', { repeats: 2 }, 'open'],
    ['our own mail that came back', { auto: { class: 'LOOP', reason: 'our own mail', hold: false } as const }, 'block'],
    ['a letter that goes in circles', { auto: { class: 'LOOP', reason: '26 Received', hold: true } as const }, 'hold'],
    ['an unknown sender', { from: null, spam: 'acme.example' }, 'open'],
  ])('%s', (_name, given, expected) => {
    const decision = decide(given as Given);
    expect(outcome(decision)).toBe(expected);
    expect(decision.reasons.length).toBeGreaterThan(0);
  });
});

describe('automatic mail', () => {
  const absence: AutoMailVerdict = {
    class: 'OUT_OF_OFFICE',
    reason: 'automatic mail (Auto-Submitted: auto-replied)',
    hold: false,
  };

  test('joins in silence what our id names', () => {
    const decision = decide({
      auto: absence,
      candidates: [candidate({ byToken: 'In-Reply-To', isParticipant: true })],
    });
    expect(outcome(decision)).toBe('join-silent');
  });

  test.each([false, true])('never joins by its subject alone (option %s)', (on) => {
    expect(
      outcome(decide({ auto: absence, on, candidates: [candidate({ bySubject: 'equal', isParticipant: true })] })),
    ).toBe('open');
  });

  test('is never confirmed, and says why', () => {
    const decision = decide({ auto: absence });
    expect(decision).toMatchObject({ kind: 'OPEN', confirm: false });
    expect(decision.reasons.join()).toContain('no confirmation: automatic mail (Auto-Submitted: auto-replied)');
  });
});

describe('the confirmation', () => {
  test.each([
    ['a new ticket of a person', {}, true],
    ['a ticket while confirmations are switched off', { suppress: true }, false],
    ['an unknown sender', { from: null }, false],
    ['an address nobody reads', { auto: { class: 'NO_REPLY', reason: 'no-reply', hold: false } as const }, false],
    ['a mailing list', { auto: { class: 'LIST', reason: 'List-Id', hold: false } as const }, false],
  ])('%s', (_name, given, confirm) => {
    expect(decide(given as Given)).toMatchObject({ kind: 'OPEN', confirm });
  });
});
