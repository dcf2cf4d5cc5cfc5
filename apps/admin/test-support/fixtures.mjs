// Invented people and tickets for looking at the app without a server. Times count from the start of the process.
const now = Date.now();
const MINUTE = 60_000;
const iso = (minutesAgo) => new Date(now - minutesAgo * MINUTE).toISOString();

export const agents = [
  { id: 'a1', name: 'Dana Whitfield', email: 'dana@example.com', role: 'ADMIN', disabled: false, lastSeenAt: iso(1) },
  { id: 'a2', name: 'Ravi Menon', email: 'ravi@example.com', role: 'ASSISTANT', disabled: false, lastSeenAt: iso(14) },
  { id: 'a3', name: 'Clara Voss', email: 'clara@example.com', role: 'ASSISTANT', disabled: false, lastSeenAt: iso(3) },
  { id: 'a4', name: 'Sam Idris', email: 'sam@example.com', role: 'ASSISTANT', disabled: true, lastSeenAt: null },
];

const people = [
  ['Tomasz Lindqvist', 'acme.example'],
  ['Freya Nyström', 'northwind.example'],
  ['Kofi Mensah', 'globex.example'],
  ['Tomasz Okafor', 'globex.example'],
  ['Leila Yilmaz', 'hooli.example'],
  ['Luca Chen', 'hooli.example'],
  ['Hugo Nyström', 'acme.example'],
  ['Yuki Sharma', 'initech.example'],
  ['Zoe Alvarez', 'umbrella.example'],
];
const subjects = [
  [
    'Attachment arrives empty',
    'Please find the log attached. It happens about every ten minutes and only from our office.',
  ],
  [
    'Site down since 09:40 — urgent',
    'All three shops answer 502 since 09:40. We lose orders every minute, please call back.',
  ],
  [
    'Quota reached although mailbox is empty',
    'Thanks for the quick answer. I tried what you wrote but the same message comes up again.',
  ],
  [
    'Invoice #3191 shows the wrong VAT rate',
    'Hi team, could you confirm when this will be done? Our release is planned for Friday.',
  ],
  [
    'Can we get a signed data processing agreement?',
    'I think there is a misunderstanding: we pay yearly, not monthly. See the attached invoice.',
  ],
  ['Refund for order 5770', 'Our customers receive a bounce saying 550 5.7.1 relay denied, text below.'],
];
const priority = new Set(['northwind.example', 'hooli.example']);

function ticket(index, status) {
  const [name, domain] = people[(index * 7 + (status === 'OPEN' ? 0 : 3) + Math.floor(index / 9)) % people.length];
  const [subject, snippet] = subjects[(index * 5 + Math.floor(index / 4)) % subjects.length];
  const number = (status === 'OPEN' ? 48_210 : status === 'ANSWERED' ? 47_000 : 36_000) - index;
  const agent = index % 3 === 2 ? null : agents[index % 3];
  return {
    __typename: 'Ticket',
    id: `t${number}`,
    number,
    subject,
    snippet,
    status,
    priority: 0,
    unread: status === 'OPEN' && index % 3 !== 0,
    encrypted: index % 11 === 10,
    attachmentCount: index % 4 === 1 ? 2 : 0,
    messageCount: 1 + (index % 5),
    mailbox: 'support@example.com',
    createdAt: iso(20 + index * 17),
    updatedAt: iso(13 + index * 17),
    lastActivityAt: iso(13 + index * 17),
    answeredAt: status === 'ANSWERED' ? iso(12) : null,
    closesAt: status === 'ANSWERED' ? iso(-60 * 24 * 3) : null,
    closedAt: null,
    reopenedAt: null,
    requester: {
      name,
      email: `${name
        .toLowerCase()
        .normalize('NFD')
        .replace(/[^a-z ]/g, '')
        .replace(' ', '.')}@${domain}`,
    },
    assignee: agent,
    highlight: priority.has(domain) ? { entry: domain } : null,
    requesterTicketCount: 23,
    requesterOpenCount: 2,
    requesterFirstSeenAt: '2024-03-14T10:00:00.000Z',
    draft: null,
    mergedInto: null,
    linkedTo: null,
    linkedFrom: [],
    events: [],
    requesterKeys: [],
  };
}

const many = (count, status) => Array.from({ length: count }, (_, index) => ticket(index, status));
export const tickets = [...many(412, 'OPEN'), ...many(9160, 'ANSWERED'), ...many(428, 'ON_HOLD')];

const [site, quota, invoice] = tickets.slice(1, 4);
Object.assign(site, {
  linkedTo: { ...invoice, assignee: agents[2] },
  linkedFrom: [quota],
  events: [
    { kind: 'MOVE', ticket: site, otherTicket: quota, messageId: 'x', address: 'freya@northwind.example', minutes: 60 },
    {
      kind: 'ADD_SENDER',
      ticket: site,
      otherTicket: null,
      messageId: 'x',
      address: 'ops@northwind.example',
      minutes: 5,
    },
  ].map(({ minutes, ...event }, i) => ({ id: `e${i}`, at: iso(minutes), undoneAt: null, agent: agents[2], ...event })),
});
Object.assign(invoice, { mergedInto: site, status: 'CLOSED', messageCount: 0 });

const message = (id, kind, more) => ({
  __typename: 'Message',
  id,
  kind,
  createdAt: iso(31),
  sentAt: kind === 'INBOUND' ? iso(32) : null,
  subject: 'Site down since 09:40 — urgent',
  from: null,
  fromName: null,
  to: [],
  cc: [],
  author: null,
  text: '',
  newText: '',
  html: null,
  hasQuote: false,
  htmlUrl: null,
  blockedImages: 0,
  newSender: false,
  warnings: [],
  delivery: null,
  deliveryDetail: null,
  nextAttemptAt: null,
  rawUrl: null,
  pgp: null,
  reasons: [],
  attachments: [],
  headers: [],
  ...more,
});

export function messagesOf(found) {
  const { requester } = found;
  return [
    message(`${found.id}-m1`, 'INBOUND', {
      from: requester.email,
      fromName: requester.name,
      to: ['support@example.com'],
      createdAt: iso(190),
      sentAt: iso(191),
      text: 'Hello,\n\nis there maintenance today?\n\nOn Monday you wrote:\n> Thanks for your mail.',
      newText: 'Hello,\n\nis there maintenance today?',
      hasQuote: true,
      rawUrl: '/raw/r1',
      reasons: ['opened a new ticket: no ticket fits', 'confirmed once'],
      headers: [{ name: 'Subject', value: found.subject }],
    }),
    message(`${found.id}-m2`, 'CONFIRMATION', {
      createdAt: iso(189),
      delivery: 'SENT',
      text: 'We have received your mail.',
      newText: 'We have received your mail.',
    }),
    message(`${found.id}-m3`, 'REPLY', {
      createdAt: iso(120),
      author: agents[1],
      delivery: 'FAILED',
      deliveryDetail: '550 5.7.1 relay denied.',
      text: 'Hello, no maintenance is planned today. Which address fails?',
      newText: 'Hello, no maintenance is planned today. Which address fails?',
    }),
    message(`${found.id}-m4`, 'NOTE', {
      createdAt: iso(90),
      author: agents[2],
      text: 'Both nodes were restarted at 09:38, see the change calendar.',
      newText: 'Both nodes were restarted at 09:38, see the change calendar.',
    }),
    message(`${found.id}-m5`, 'INBOUND', {
      from: requester.email,
      fromName: requester.name,
      to: ['support@example.com'],
      cc: ['ops@northwind.example'],
      text: 'Hello,\n\nall three shops answer 502 since 09:40.',
      newText: 'all three shops answer 502',
      hasQuote: true,
      htmlUrl: '/m/m5',
      blockedImages: 1,
      rawUrl: '/raw/r5',
      pgp: found.encrypted
        ? {
            encrypted: true,
            decrypted: true,
            signature: 'VALID',
            explanation: 'Encrypted. Signed by Freya <freya@northwind.example>; the signature is valid.',
            failure: null,
            canRetry: false,
            signer: 'Freya <freya@northwind.example>',
            notes: [],
            textIsKept: true,
            sections: [],
          }
        : null,
      newSender: found.number === 48_209,
      warnings:
        found.number === 48_209
          ? ['claims to be staff: a From address proves nothing, so it is treated as a customer']
          : [],
      reasons: [`joined #${found.number} by References`],
      attachments: [
        { id: 'at1', name: 'error-502.png', mimeType: 'image/png', sizeBytes: 182_000, url: '/a/at1', inline: false },
        { id: 'at2', name: 'nginx-error.log', mimeType: 'text/plain', sizeBytes: 48_000, url: '/a/at2', inline: false },
      ],
      headers: [
        { name: 'From', value: `${requester.name} <${requester.email}>` },
        { name: 'Received', value: 'from mx.northwind.example by mail.example.com; Mon, 3 Nov 2025 09:52:10 +0100' },
        { name: 'Authentication-Results', value: 'mail.example.com; spf=pass dkim=pass' },
      ],
    }),
  ];
}

export const settings = {
  defaultEmailFrom: 'news@example.com',
  supportEmail: 'support@example.com',
  pop3Host: 'mail.example.com',
  pop3Port: 995,
  pop3Security: 'TLS',
  pop3User: 'desk@example.com',
  pop3PasswordIsSet: true,
  pollIntervalSeconds: 60,
  smtpHost: 'mail.example.com',
  smtpPort: 587,
  smtpSecurity: 'STARTTLS',
  smtpUser: 'desk@example.com',
  smtpPasswordIsSet: true,
  closeAnsweredAfterDays: 7,
  showAnswered: true,
  showOnHold: true,
  defaultKnowledgeBaseId: 'kb1',
  defaultSupportKnowledgeBaseId: 'kb1',
  maxSuggestions: 5,
  suggestionFloor: 0.22,
  suppressConfirmations: false,
  ignoreSenderAddress: false,
  subjectMatchDays: 90,
  authservId: 'mx.example.com',
  signedReplyAddress: false,
  highlightEntries: ['northwind.example', 'hooli.example'],
  spamEntries: ['spammy.example', 'junk@bulk.example'],
  keepOpenedText: true,
  pgpKeys: [
    {
      fingerprint: '4F1A0C2E9B77D3A6518E22C09A4D7B61E0F3C815',
      userIds: ['Support <support@example.com>'],
      createdAt: '2024-02-01T00:00:00.000Z',
      expiresAt: '2028-02-01T00:00:00.000Z',
      publicKey: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n…',
    },
  ],
  problems: [],
  updatedAt: iso(5000),
};

export const mailbox = {
  id: 'mb1',
  address: 'support@example.com',
  state: 'WORKING',
  reason: '38 letters read in 4 s.',
  since: iso(600),
  lastSuccessAt: iso(0.2),
  nextAttemptAt: iso(-0.8),
  collectedLast24h: 214,
  hourly: [3, 4, 2, 5, 6, 4, 9, 12, 14, 9, 8, 15, 11, 7, 10, 13, 9, 6, 12, 16, 14, 8, 9, 13],
  collecting: false,
  leftOnServer: 0,
  blockedLast24h: 12,
  heldCount: 1,
  log: [
    { id: 'e1', at: iso(0.2), kind: 'REMOVED', message: '14 letters removed from the server' },
    { id: 'e2', at: iso(0.21), kind: 'STORED', message: '14 letters stored' },
    { id: 'e3', at: iso(0.24), kind: 'LISTED', message: '14 letters on the server' },
    { id: 'e4', at: iso(0.25), kind: 'SIGNED_IN', message: 'Signed in as desk@example.com' },
    { id: 'e5', at: iso(0.26), kind: 'CONNECTED', message: 'Connected to mail.example.com:995 (TLS)' },
  ],
};

const fates = ['TICKETED', 'JOINED', 'BLOCKED', 'HELD', 'TICKETED'];
export const letters = Array.from({ length: 140 }, (_, index) => {
  const fate = fates[index % fates.length];
  const reasons = {
    TICKETED: 'opened a new ticket',
    JOINED: 'joined by References',
    BLOCKED: 'spammy.example stands under Spam E-mails',
    HELD: 'could not be read: the letter ends inside a part',
  };
  return {
    __typename: 'InboundMail',
    id: `l${index}`,
    receivedAt: iso(2 + index * 9),
    from: tickets[index].requester.email,
    subject: tickets[index].subject,
    messageId: `<${index}@x.example>`,
    sizeBytes: 4200 + index * 1313,
    sha256: 'a'.repeat(64),
    fate,
    reason: reasons[fate],
    ticket: fate === 'TICKETED' || fate === 'JOINED' ? tickets[index] : null,
    rawUrl: `/raw/l${index}`,
    removedFromServerAt: iso(1 + index * 9),
  };
});

export const apiTokens = [
  {
    id: 'tok1',
    name: 'Reporting',
    prefix: 'sc_8f2a',
    scopes: ['tickets:read'],
    createdAt: iso(90_000),
    expiresAt: iso(-90_000),
    lastUsedAt: iso(12),
    revokedAt: null,
  },
  {
    id: 'tok2',
    name: 'Old import',
    prefix: 'sc_11bc',
    scopes: ['tickets:write', 'mail:send'],
    createdAt: iso(190_000),
    expiresAt: iso(-9_000),
    lastUsedAt: null,
    revokedAt: iso(400),
  },
];

export const mailDocument = (
  withImages,
) => `<!doctype html><html><head><meta charset="utf-8"><style>body{margin:0;font:14px/1.5 Inter,system-ui,sans-serif;color:#171b21}table{border-collapse:collapse}td,th{border:1px solid #d5dae1;padding:4px 10px}</style></head><body>
<p>Hello,</p><p>all three shops answer <b>502</b> since 09:40. We lose orders every minute, please call back as soon as you can.</p>
<table><tr><th>Shop</th><th>First error</th><th>Last good order</th></tr><tr><td>north.example</td><td>09:40:12</td><td>09:39:58</td></tr><tr><td>south.example</td><td>09:40:15</td><td>09:39:31</td></tr></table>
<p>${withImages ? 'image shown' : '<span style="display:inline-block;border:1px dashed #999;padding:20px 40px;color:#59616d">Remote image blocked</span>'}</p>
<p><a href="https://evil.example/x">https://bank.example</a></p><p>Kind regards,<br>Freya Nyström</p></body></html>`;
