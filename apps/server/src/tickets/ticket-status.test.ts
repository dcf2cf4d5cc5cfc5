import { expect, test } from 'vitest';
import { closesAt } from './closes-at.ts';
import type { TicketStatus } from './ticket.entity.ts';
import { moveTicket, type TicketMove } from './ticket-status.ts';

const now = new Date('2026-03-02T09:00:00Z');

test.each<[TicketStatus, boolean, TicketMove, TicketStatus]>([
  ['OPEN', false, 'reply', 'ANSWERED'],
  ['CLOSED', true, 'reply', 'ANSWERED'],
  ['ANSWERED', true, 'follow-up', 'OPEN'],
  ['ON_HOLD', false, 'follow-up', 'OPEN'],
  ['CLOSED', true, 'follow-up', 'OPEN'],
  ['OPEN', false, 'hold', 'ON_HOLD'],
  ['CLOSED', false, 'hold', 'CLOSED'],
  ['ON_HOLD', true, 'resume', 'ANSWERED'],
  ['ON_HOLD', false, 'resume', 'OPEN'],
  ['ANSWERED', true, 'resume', 'ANSWERED'],
  ['ANSWERED', true, 'close', 'CLOSED'],
  ['CLOSED', true, 'reopen', 'OPEN'],
  ['ON_HOLD', true, 'reopen', 'ON_HOLD'],
  ['ANSWERED', true, 'delivery-failed', 'OPEN'],
  ['ON_HOLD', true, 'delivery-failed', 'ON_HOLD'],
])('%s (answered: %s) becomes by %s: %s', (status, answered, move, expected) => {
  const ticket = {
    status,
    answeredAt: answered ? new Date(0) : null,
    closedAt: status === 'CLOSED' ? new Date(0) : null,
    reopenedAt: null,
    closeWhenSent: false,
  };
  moveTicket(ticket, move, now);
  expect(ticket.status).toBe(expected);
  expect(ticket.closedAt !== null).toBe(expected === 'CLOSED');
});

test.each([
  ['ANSWERED', 7, '2026-03-09T09:00:00.000Z'],
  ['ANSWERED', -1, undefined],
  ['ANSWERED', null, undefined],
  ['ON_HOLD', 7, undefined],
] as const)('a ticket in state %s with the setting %s closes at %s', (status, days, expected) => {
  expect(closesAt({ status, answeredAt: now, lastInboundAt: now }, days)?.toISOString()).toBe(expected);
});

test('a ticket with a letter below its answer does not close by itself', () => {
  const lastInboundAt = new Date(now.getTime() + 1);
  expect(closesAt({ status: 'ANSWERED', answeredAt: now, lastInboundAt }, 7)).toBeNull();
});
