import { afterEach, expect, test } from 'vitest';
import {
  type NewTicket,
  onNewTicketReturned,
  readNewTicket,
  returnNewTicket,
  writeNewTicket,
} from './new-ticket-draft.ts';
import { emptyDraft } from './reply-draft.ts';

afterEach(() => localStorage.clear());

const form = (fields: Partial<NewTicket> = {}): NewTicket => ({
  ...emptyDraft(false),
  requesterEmail: '',
  requesterName: '',
  subject: '',
  ...fields,
});
const kofi = form({
  requesterEmail: 'kofi@acme.example',
  subject: 'Your <order>',
  text: 'It is on its way.',
  html: '<p>It is on its way.</p>',
  files: [{ id: 'f1', name: 'bill.pdf', mimeType: 'application/pdf', sizeBytes: 9, isPicture: false }],
});

test('a form that cannot be read is an empty one', () => {
  localStorage.setItem('draft:new-ticket', '{"subject":7');
  expect(readNewTicket()).toMatchObject({ requesterEmail: '', subject: '', text: '' });
});

test('what was taken back stands in the form as it was, and the form is told', () => {
  let told = 0;
  const stop = onNewTicketReturned(() => told++);
  returnNewTicket(kofi);
  stop();
  expect([readNewTicket(), told]).toEqual([kofi, 1]);
});

test('what was begun meanwhile stays above it, and nothing of either is lost', () => {
  writeNewTicket(form({ requesterEmail: 'zoe@acme.example', text: 'Dear Zoe' }));
  returnNewTicket(kofi);
  const kept = readNewTicket();
  expect(kept).toMatchObject({
    requesterEmail: 'zoe@acme.example',
    subject: 'Your <order>',
    text: 'Dear Zoe\n\nTo: kofi@acme.example\n\nIt is on its way.',
    html: '<p>Dear Zoe</p><p>To: kofi@acme.example</p><p>It is on its way.</p>',
    files: [{ id: 'f1' }],
  });
  writeNewTicket(form({ subject: 'Other', text: 'x' }));
  returnNewTicket(kofi);
  expect(readNewTicket().html).toContain('<p>Subject: Your &lt;order&gt;</p>');
});
