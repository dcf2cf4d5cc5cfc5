import { html, multipart, type Sample, text } from './write-letter.ts';

/** What people write on any day: plain letters, HTML, tables, and letters that lack something. */
export const customerLetters: readonly Sample[] = [
  {
    from: 'anna.berg@example.com',
    name: 'Anna Berg',
    subject: 'I cannot sign in since this morning',
    id: 'anna-1',
    part: text(
      'Hello,\n\nsince this morning my password is refused. I have not changed it.\nCan you have a look?\n\nAnna Berg\n',
    ),
  },
  {
    from: 'tom.okafor@example.org',
    name: 'Tom Okafor',
    subject: 'Two charges for order 20417',
    id: 'tom-1',
    part: text(
      'Hi,\n\nmy card was charged twice for order 20417, on Monday and again on Tuesday.\nPlease send one of them back.\n\nTom\n',
    ),
  },
  {
    from: 'lea@northwind.example',
    name: 'Léa Martin',
    subject: 'Urgent: our shop is down',
    id: 'lea-1',
    part: text(
      'Our shop shows an empty page to every customer since 9:40.\nThis costs us money every minute. Please call me.\n\nLéa Martin, Northwind\n',
    ),
  },
  {
    from: 'priya@shop.northwind.example',
    name: 'Priya Nair',
    subject: 'Invoice with our new address',
    id: 'priya-1',
    part: text(
      'Good morning,\n\nwe have moved. From next month on please put the new address on our invoices:\n\n  Northwind\n  12 Harbour Lane\n\nThank you\nPriya\n',
    ),
  },
  {
    from: 'marco.rossi@example.net',
    name: 'Marco Rossi',
    subject: 'How do I export my contacts?',
    id: 'marco-1',
    part: multipart(
      'alternative',
      text('How do I export my contacts? I see no button for it.\n'),
      html('<p>How do I <b>export my contacts</b>?</p><p>I see <i>no button</i> for it.</p>'),
    ),
  },
  {
    from: 'sofia.lind@example.com',
    name: 'Sofia Lind',
    subject: 'The numbers of our report do not add up',
    id: 'sofia-1',
    part: html(
      '<p>Hello, the last row should be the sum:</p><table border="1"><tr><th>Month</th><th>Orders</th></tr><tr><td>January</td><td>120</td></tr><tr><td>February</td><td>95</td></tr><tr><td><b>Total</b></td><td>205</td></tr></table><p>Sofia</p>',
    ),
  },
  {
    from: 'newsfan@example.org',
    name: 'Jon Weiss',
    subject: 'Is this letter from you?',
    id: 'jon-1',
    part: html(
      '<p>I got this and am not sure:</p><img src="http://images.example/pixel.gif" alt="a picture from elsewhere"><script>alert(1)</script><p onclick="alert(2)">Please tell me.</p>',
    ),
  },
  {
    from: 'hurried@example.com',
    name: 'Kim Park',
    subject: null,
    id: 'kim-1',
    part: text('Please call me back: extension 12.\n'),
  },
  { from: 'quiet@example.net', subject: 'My account', id: 'quiet-1', part: text('') },
  {
    from: null,
    subject: 'A letter without a sender',
    id: 'nobody-1',
    part: text('Somebody forgot to say who wrote this.\n'),
  },
  {
    from: 'old.client@example.org',
    name: 'Bea Stone',
    subject: 'A letter without a Message-ID',
    id: null,
    part: text('My mail program is very old, but it works.\n'),
  },
  {
    from: 'carla@example.com',
    name: 'Gómez, Carla',
    subject: 'Please answer to my colleague',
    id: 'carla-1',
    headers: ['Reply-To: <dispatch@example.com>', 'Cc: Dispatch <dispatch@example.com>'],
    part: text('I am away from tomorrow on. Please answer to the dispatch.\n'),
  },
  {
    from: 'dots@example.net',
    name: 'Dot Lines',
    subject: 'Lines that begin with a dot',
    id: 'dots-1',
    part: {
      headers: ['Content-Type: text/plain; charset=us-ascii'],
      body: 'My file begins so:\r\n.\r\n..hidden\r\n.profile\r\nIs that a trouble?\r\n',
    },
  },
  {
    from: 'longwords@example.com',
    name: 'Max Lang',
    subject: `A subject that does not want to end ${'and goes on '.repeat(16)}until here`,
    id: 'max-1',
    part: text(`${'One long line without any break in it. '.repeat(40)}\n`),
  },
];
