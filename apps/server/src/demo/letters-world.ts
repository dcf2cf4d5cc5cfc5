import { encoded, type Sample, text } from './write-letter.ts';

const JAPANESE =
  'gqiQophigsmCyILBgsSCqILogtyCt4FCDQqSjZW2lNSNhiA0NzExIILMl8yO+4+RgvCNxJStjXOCtYLEgqKCvYK+gq+C3IK3gqmBQg0KguaC64K1gq2CqIrogqKCooK9grWC3IK3gUINCo2yk6EgidSOcQ0K';
const RUSSIAN =
  '+sTSwdfT1NfVytTFIQ0K8M/TzMUgz8LOz9fMxc7J0SDQ0s/H0sHNzcEgzsUgz9TL0tnXwcXUIM/U3qPUINrBIM3B0tQuDQrzINXXwdbFzsnFzSwg78zYx8ENCg==';

/** Letters of the world's scripts and charsets. */
export const worldLetters: readonly Sample[] = [
  {
    from: 'sato@example.jp',
    name: '佐藤 花子',
    rawSubject: '=?Shift_JIS?B?l8yO+4+RgsyNxJStjXOCyYLCgqKCxA==?=',
    id: 'sato-1',
    part: encoded('text/plain; charset=Shift_JIS', Buffer.from(JAPANESE, 'base64')),
  },
  {
    from: 'olga@example.com',
    name: 'Ольга Петрова',
    rawSubject: '=?koi8-r?B?79Teo9QgzsUgz9TL0tnXwcXU09E=?=',
    id: 'olga-1',
    part: encoded('text/plain; charset=koi8-r', Buffer.from(RUSSIAN, 'base64')),
  },
  {
    from: 'juergen@example.de',
    name: 'Jürgen Groß',
    rawSubject: '=?iso-8859-1?Q?R=FCckgabe_der_Schl=FCssel?=',
    id: 'juergen-1',
    part: {
      headers: ['Content-Type: text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding: 8bit'],
      body: 'Guten Tag,\r\n\r\nich möchte die Schlüssel für das Büro zurückgeben. Wann passt es?\r\n\r\nGrüße\r\nJürgen Groß\r\n',
    },
  },
  {
    from: 'chloe@example.fr',
    name: 'Chloé Dubois',
    subject: 'Délai de livraison dépassé',
    id: 'chloe-1',
    part: {
      headers: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable'],
      body: 'Bonjour,\r\n\r\nma commande n=E2=80=99est toujours pas arriv=C3=A9e. O=C3=B9 est-elle=\r\n maintenant ?\r\n\r\nChlo=C3=A9\r\n',
    },
  },
  {
    from: 'noura@example.com',
    name: 'نورة',
    subject: 'سؤال عن الفاتورة',
    id: 'noura-1',
    part: text('مرحبا،\n\nلم أستلم فاتورة هذا الشهر. هل يمكنكم إرسالها؟\n\nشكرا\nنورة\n'),
  },
  {
    from: 'emoji@example.org',
    name: 'Zoë 🌻',
    subject: 'Thank you 🎉',
    id: 'zoe-1',
    part: text('It works again! 🎉\nYou are quick. 👏\n'),
  },
  {
    from: 'undeclared@example.net',
    name: 'Per Ek',
    subject: 'A letter that does not say its charset',
    id: 'per-1',
    part: { headers: [], body: 'Hej! Jag kan inte \xf6ppna bilagan fr\xe5n ig\xe5r.\r\n' },
  },
];
