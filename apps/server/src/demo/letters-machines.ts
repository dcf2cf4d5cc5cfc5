import { html, multipart, type Sample, text } from './write-letter.ts';

const STATUS = [
  'Reporting-MTA: dns; mx.example.net',
  '',
  'Final-Recipient: rfc822; gone@example.net',
  'Action: failed',
  'Status: 5.1.1',
  'Diagnostic-Code: smtp; 550 5.1.1 no such user',
  '',
];
const RETURNED =
  'From: <support@demo.example>\r\nTo: <gone@example.net>\r\nSubject: A letter of ours\r\nMessage-ID: <returned-1@letters.example>\r\n';

/** What no human wrote by hand: spam, answers of machines, reports, lists. */
export const machineLetters: readonly Sample[] = [
  {
    from: 'winner@spam.example',
    name: 'Prize Office',
    subject: 'You have won',
    id: 'spam-1',
    part: html('<h1>You have won!</h1><p>Only today.</p>'),
  },
  {
    from: 'offers@mail.spam.example',
    name: 'Offers',
    subject: 'Cheap ink',
    id: 'spam-2',
    part: text('Ink, cheap. Answer now.\n'),
  },
  {
    from: 'tom.okafor@example.org',
    name: 'Tom Okafor',
    subject: 'Automatic reply: out of the office',
    id: 'auto-1',
    headers: ['Auto-Submitted: auto-replied', 'Precedence: bulk'],
    part: text('I am out of the office until Monday.\n'),
  },
  {
    from: 'MAILER-DAEMON@mx.example.net',
    name: 'Mail Delivery System',
    subject: 'Undelivered mail returned to sender',
    id: 'bounce-1',
    headers: ['Return-Path: <>', 'Auto-Submitted: auto-replied'],
    part: multipart(
      'report; report-type=delivery-status',
      text('Your mail to gone@example.net could not be delivered.\n'),
      { headers: ['Content-Type: message/delivery-status'], body: STATUS.join('\r\n') },
      { headers: ['Content-Type: text/rfc822-headers'], body: RETURNED },
    ),
  },
  {
    from: 'news@lists.example',
    name: 'Weekly News',
    subject: '[weekly] What is new',
    id: 'list-1',
    headers: [
      'List-Id: Weekly <weekly.lists.example>',
      'List-Unsubscribe: <https://lists.example/leave>',
      'Precedence: list',
    ],
    part: multipart(
      'alternative',
      text('What is new: nothing much.\n'),
      html('<h2>What is new</h2><p>Nothing much.</p>'),
    ),
  },
  {
    from: 'monitor@example.com',
    name: 'Monitor',
    subject: 'ALERT: disk 91% full on web-2',
    id: 'monitor-1',
    headers: ['Auto-Submitted: auto-generated'],
    part: text('host: web-2\ndisk: 91%\n'),
  },
];
