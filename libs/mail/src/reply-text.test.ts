import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { steepCost } from '../testing/cpu-time.ts';
import { HEADER_LABELS } from './quote-phrases.ts';
import { hasOwnWords, MAX_READ_LINES, newTextOf, REPLY_MARKER, splitReply } from './reply-text.ts';

const ANSWER = 'Yes, please send two of them.\n\nAnna';
const QUOTE = '> Do you need a spare part?\n>\n> Your support';
const BARE = 'Do you need a spare part?\n\nYour support';

/** Introductions as mail programs write them, each in its language. */
const INTRODUCTIONS: [string, string][] = [
  ['English, Gmail', 'On Fri, May 3, 2024 at 12:00 PM Help Desk <help@desk.example> wrote:'],
  ['English, Gmail, broken after the address', 'On Fri, May 3, 2024 at 12:00 PM Help Desk <help@desk.example>\nwrote:'],
  [
    'English, broken in the address',
    'On Fri, May 3, 2024 at 12:00 PM Help Desk of the Example Company <\nhelp@desk.example> wrote:',
  ],
  [
    'English, broken in three',
    'On Friday, 3 May 2024 at 12:00,\nHelp Desk of the Example Company\n<help@desk.example> wrote:',
  ],
  ['English, broken in four', 'On Friday,\n3 May 2024 at 12:00, Help Desk\n<help@desk.example>\nwrote:'],
  ['English, Apple Mail', 'On 3. May 2024, at 12:00, Help Desk <help@desk.example> wrote:'],
  ['English, Thunderbird', 'On 03.05.24 12:00, Help Desk wrote:'],
  ['English, Proton', 'On Friday, May 3rd, 2024 at 12:00 PM, Help Desk <help@desk.example> wrote:'],
  ['English, Yahoo', 'On Friday, May 3, 2024 at 12:00:00 PM GMT+2, Help Desk <help@desk.example> wrote:  '],
  ['English, name first', 'Help Desk <help@desk.example> wrote:'],
  ['English, bold', '*On Fri, May 3, 2024 at 12:00 PM Help Desk <help@desk.example> wrote:*'],
  ['date first, Gmail', '2024-05-03 12:00 GMT+02:00 Help Desk <help@desk.example>:'],
  ['German, Thunderbird', 'Am 03.05.24 um 12:00 schrieb Help Desk:'],
  ['German, Apple Mail', 'Am 03.05.2024 um 12:00 schrieb Help Desk <help@desk.example>:'],
  ['German, Gmail', 'Help Desk <help@desk.example> schrieb am Fr., 3. Mai 2024, 12:00:'],
  ['German, Gmail, broken', 'Am Fr., 3. Mai 2024 um 12:00 Uhr schrieb Help Desk <\nhelp@desk.example>:'],
  ['French', 'Le ven. 3 mai 2024 à 12:00, Help Desk <help@desk.example> a écrit :'],
  ['French, broken', 'Le ven. 3 mai 2024 à 12:00, Help Desk <help@desk.example> a\nécrit :'],
  ['French with a hard space', 'Le 3 mai 2024 à 12:00, Help Desk <help@desk.example> a écrit\u00a0:'],
  ['Spanish', 'El vie, 3 may 2024 a las 12:00, Help Desk (<help@desk.example>) escribió:'],
  ['Italian', 'Il giorno ven 3 mag 2024 alle ore 12:00 Help Desk <help@desk.example> ha scritto:'],
  ['Portuguese', 'Em sex., 3 de mai. de 2024 às 12:00, Help Desk <help@desk.example> escreveu:'],
  ['Dutch', 'Op vr 3 mei 2024 om 12:00 schreef Help Desk <help@desk.example>:'],
  ['Swedish', 'Den fre 3 maj 2024 kl 12:00 skrev Help Desk <help@desk.example>:'],
  ['Danish', 'Den fre. 3. maj 2024 kl. 12.00 skrev Help Desk <help@desk.example>:'],
  ['Norwegian', 'fre. 3. mai 2024 kl. 12:00 skrev Help Desk <help@desk.example>:'],
  ['Finnish', 'Help Desk <help@desk.example> kirjoitti pe 3. toukok. 2024 klo 12.00:'],
  ['Polish', 'pt., 3 maj 2024 o 12:00 Help Desk <help@desk.example> napisał(a):'],
  ['Polish, Thunderbird', 'W dniu 3.05.2024 o 12:00, Help Desk pisze:'],
  ['Czech', 'Dne 03. 05. 24 v 12:00 Help Desk napsal(a):'],
  ['Slovak', 'Dňa 3. 5. 2024 o 12:00 Help Desk napísal(a):'],
  ['Hungarian', 'Help Desk <help@desk.example> ezt írta (időpont: 2024. máj. 3., P, 12:00):'],
  ['Romanian', 'În vin., 3 mai 2024 la 12:00, Help Desk <help@desk.example> a scris:'],
  ['Turkish', 'Help Desk <help@desk.example>, 3 May 2024 Cum, 12:00 tarihinde şunu yazdı:'],
  ['Russian', 'пт, 3 мая 2024 г. в 12:00, Help Desk <help@desk.example>:\n'.trim().replace('>:', '> написал(а):')],
  ['Russian, Thunderbird', '03.05.2024 12:00, Help Desk пишет:'],
  ['Ukrainian', 'пт, 3 трав. 2024 р. о 12:00 Help Desk <help@desk.example> пише:'],
  ['Greek', 'Στις Παρ 3 Μαΐ 2024 στις 12:00 μ.μ., ο χρήστης Help Desk <help@desk.example> έγραψε:'],
  ['Bulgarian', 'На пт, 3.05.2024 г. в 12:00 Help Desk <help@desk.example> написа:'],
  ['Croatian', 'Dana 3.5.2024. u 12:00, Help Desk je napisao:'],
  ['Catalan', 'El dia 3 maig 2024 a les 12:00, Help Desk <help@desk.example> va escriure:'],
  ['Japanese', '2024年5月3日(金) 12:00 Help Desk <help@desk.example>:'],
  ['Japanese, Apple Mail', '2024/05/03 12:00、Help Desk <help@desk.example>のメール:'],
  ['Chinese', 'Help Desk <help@desk.example> 于2024年5月3日周五 12:00写道：'],
  ['Chinese, traditional', 'Help Desk <help@desk.example> 於 2024年5月3日 週五 下午12:00寫道：'],
  ['Korean', '2024년 5월 3일 (금) 오후 12:00, Help Desk <help@desk.example>님이 작성:'],
  ['Hebrew', 'בתאריך יום ו׳, 3 במאי 2024 ב-12:00 מאת Help Desk <help@desk.example>:'],
  ['Arabic', 'في الجمعة، 3 مايو 2024 في 12:00 م كتب Help Desk <help@desk.example>:'],
  ['Vietnamese', 'Vào Th 6, 3 thg 5, 2024 vào lúc 12:00 Help Desk <help@desk.example> đã viết:'],
  ['Indonesian', 'Pada tanggal Jum, 3 Mei 2024 pukul 12.00 Help Desk <help@desk.example> menulis:'],
];

describe('behind an introduction the quotation is folded', () => {
  test.each(INTRODUCTIONS)('%s, above the quote', (_, introduction) => {
    expect(newTextOf(`${ANSWER}\n\n${introduction}\n\n${QUOTE}\n`)).toEqual({ newText: ANSWER, hasQuote: true });
    expect(newTextOf(`${ANSWER}\n${introduction}\n${QUOTE}`)).toEqual({ newText: ANSWER, hasQuote: true });
  });
  test.each(INTRODUCTIONS)('%s, with the answer below', (_, introduction) => {
    expect(newTextOf(`${introduction}\n${QUOTE}\n\n${ANSWER}`)).toEqual({ newText: ANSWER, hasQuote: true });
  });
  test.each(INTRODUCTIONS)('%s, with no sign before the quoted lines', (_, introduction) => {
    expect(newTextOf(`${ANSWER}\n\n${introduction}\n\n${BARE}`)).toEqual({ newText: ANSWER, hasQuote: true });
  });
});

/** Blocks behind which all is quotation. */
const BLOCKS: [string, string][] = [
  [
    'Outlook, old, English',
    '-----Original Message-----\nFrom: Help Desk [mailto:help@desk.example]\nSent: Friday, May 3, 2024 12:00 PM\nTo: Anna\nSubject: Part',
  ],
  [
    'Outlook, new, English',
    'From: Help Desk <help@desk.example>\nSent: Friday, May 3, 2024 12:00 PM\nTo: Anna <anna@acme.example>\nSubject: Part',
  ],
  [
    'Outlook, bold labels',
    '*From:* Help Desk <help@desk.example>\n*Sent:* Friday, May 3, 2024 12:00 PM\n*To:* Anna\n*Subject:* Part',
  ],
  [
    'Outlook on the web',
    '________________________________\nFrom: Help Desk <help@desk.example>\nSent: Friday, May 3, 2024 12:00:00 PM\nTo: Anna\nSubject: Part',
  ],
  [
    'Outlook for a telephone',
    '________________________________\n\nFrom: Help Desk <help@desk.example>\nSent: Friday, May 3, 2024 12:00:00 PM\nTo: Anna\nSubject: Part',
  ],
  [
    'Outlook for Mac',
    'From: Help Desk <help@desk.example>\nDate: Friday, 3 May 2024 at 12:00\nTo: Anna\nSubject: Part',
  ],
  [
    'Outlook, many recipients',
    'From: Help Desk <help@desk.example>\nSent: Friday\nTo: Anna <a@acme.example>;\n Bob <b@acme.example>\nSubject: Part',
  ],
  [
    'Outlook, German',
    'Von: Help Desk <help@desk.example>\nGesendet: Freitag, 3. Mai 2024 12:00\nAn: Anna\nBetreff: Part',
  ],
  [
    'Outlook, old, German',
    '-----Ursprüngliche Nachricht-----\nVon: Help Desk [mailto:help@desk.example]\nGesendet: Freitag',
  ],
  ['Outlook, French', 'De : Help Desk <help@desk.example>\nEnvoyé : vendredi 3 mai 2024 12:00\nÀ : Anna\nObjet : Part'],
  ['Outlook, old, French', "-----Message d'origine-----\nDe : Help Desk"],
  [
    'Outlook, Spanish',
    'De: Help Desk <help@desk.example>\nEnviado: viernes, 3 de mayo de 2024 12:00\nPara: Anna\nAsunto: Part',
  ],
  [
    'Outlook, Italian',
    'Da: Help Desk <help@desk.example>\nInviato: venerdì 3 maggio 2024 12:00\nA: Anna\nOggetto: Part',
  ],
  [
    'Outlook, Portuguese',
    'De: Help Desk <help@desk.example>\nEnviada em: sexta-feira, 3 de maio de 2024 12:00\nPara: Anna\nAssunto: Part',
  ],
  [
    'Outlook, Dutch',
    'Van: Help Desk <help@desk.example>\nVerzonden: vrijdag 3 mei 2024 12:00\nAan: Anna\nOnderwerp: Part',
  ],
  ['Outlook, Swedish', 'Från: Help Desk <help@desk.example>\nSkickat: den 3 maj 2024 12:00\nTill: Anna\nÄmne: Part'],
  ['Outlook, Danish', 'Fra: Help Desk <help@desk.example>\nSendt: 3. maj 2024 12:00\nTil: Anna\nEmne: Part'],
  [
    'Outlook, Finnish',
    'Lähettäjä: Help Desk <help@desk.example>\nLähetetty: perjantai 3. toukokuuta 2024 12.00\nVastaanottaja: Anna\nAihe: Part',
  ],
  ['Outlook, Polish', 'Od: Help Desk <help@desk.example>\nWysłano: piątek, 3 maja 2024 12:00\nDo: Anna\nTemat: Part'],
  [
    'Outlook, Czech',
    'Od: Help Desk <help@desk.example>\nOdesláno: pátek 3. května 2024 12:00\nKomu: Anna\nPředmět: Part',
  ],
  [
    'Outlook, Hungarian',
    'Feladó: Help Desk <help@desk.example>\nElküldve: 2024. május 3. 12:00\nCímzett: Anna\nTárgy: Part',
  ],
  ['Outlook, Turkish', 'Kimden: Help Desk <help@desk.example>\nGönderildi: 3 Mayıs 2024 12:00\nKime: Anna\nKonu: Part'],
  ['Outlook, Russian', 'От: Help Desk <help@desk.example>\nОтправлено: 3 мая 2024 г. 12:00\nКому: Anna\nТема: Part'],
  ['Outlook, Greek', 'Από: Help Desk <help@desk.example>\nΣτάλθηκε: 3 Μαΐου 2024 12:00\nΠρος: Anna\nΘέμα: Part'],
  ['Outlook, Japanese', '差出人: Help Desk <help@desk.example>\n送信日時: 2024年5月3日 12:00\n宛先: Anna\n件名: Part'],
  ['Outlook, Chinese', '发件人: Help Desk <help@desk.example>\n发送时间: 2024年5月3日 12:00\n收件人: Anna\n主题: Part'],
  [
    'Outlook, Chinese, wide colons',
    '发件人：Help Desk <help@desk.example>\n日期：2024年5月3日 12:00\n收件人：Anna\n主题：Part',
  ],
  [
    'Outlook, Korean',
    '보낸 사람: Help Desk <help@desk.example>\n보낸 날짜: 2024년 5월 3일 12:00\n받는 사람: Anna\n제목: Part',
  ],
  [
    'a free service, German',
    'Gesendet: Freitag, 3. Mai 2024 um 12:00 Uhr\nVon: "Help Desk" <help@desk.example>\nAn: anna@acme.example\nBetreff: Part',
  ],
  [
    'Yahoo, old',
    '________________________________\n From: Help Desk <help@desk.example>\n To: Anna\n Sent: Friday, May 3, 2024 12:00 PM\n Subject: Part',
  ],
  [
    'Proton, old',
    '‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Friday, May 3rd, 2024 at 12:00 PM, Help Desk <help@desk.example> wrote:',
  ],
  [
    'Proton, new',
    '------- Original Message -------\nOn Friday, May 3rd, 2024 at 12:00 PM, Help Desk <help@desk.example> wrote:',
  ],
  ['a spaced delimiter', '----- Original Message ----- '],
  ['a Chinese delimiter', '------------------ 原始邮件 ------------------'],
  ['our own line', REPLY_MARKER],
  ['our own line, shouted', REPLY_MARKER.toUpperCase()],
  ['our own line, broken', REPLY_MARKER.replace('answer above', 'answer\nabove')],
  ['our own line with signs about it', `\u200b  * ${REPLY_MARKER} *`],
];

describe('behind a delimiter or repeated headers all is folded', () => {
  test.each(BLOCKS)('%s', (_, block) => {
    expect(newTextOf(`${ANSWER}\n\n${block}\n\n${BARE}`)).toEqual({ newText: ANSWER, hasQuote: true });
    expect(
      newTextOf(`${ANSWER}\r\n\r\n${block.replaceAll('\n', '\r\n')}\r\n\r\n${BARE}`).newText.replaceAll('\r', ''),
    ).toBe(ANSWER);
  });
  test.each(BLOCKS)('%s, with nothing above it: all is shown', (_, block) => {
    const text = `${block}\n\n${BARE}`;
    expect(newTextOf(text)).toEqual({ newText: text.trim(), hasQuote: false });
  });
  test('another line than ours can be named', () => {
    const text = `${ANSWER}\n##- write above -##\n${BARE}`;
    expect(newTextOf(text, { marker: '##- write above -##' }).newText).toBe(ANSWER);
    expect(newTextOf(text).hasQuote).toBe(false);
    expect(newTextOf(`${ANSWER}\n${REPLY_MARKER}\n${BARE}`, { marker: '##- write above -##' }).newText).toBe(ANSWER);
  });
  test('a line of our own that is too short is not used', () => {
    expect(newTextOf('one\n---\ntwo', { marker: '---' }).newText).toBe('one\n---\ntwo');
    expect(newTextOf('one\n--------\ntwo', { marker: '--------' }).newText).toBe('one');
    expect(newTextOf('one\n-------\ntwo', { marker: '-------' }).newText).toBe('one\n-------\ntwo');
  });
});

const INTRO = INTRODUCTIONS[0]?.[1] as string;

describe('where the new words stand', () => {
  test.each([
    ['no quote', ANSWER, ANSWER, false],
    ['an empty text', '', '', false],
    ['blank lines only', ' \n\n ', '', false],
    ['quote only', QUOTE, QUOTE, false],
    ['introduction and quote only', `${INTRO}\n${QUOTE}`, `${INTRO}\n${QUOTE}`, false],
    ['quote without introduction, above', `${QUOTE}\n\n${ANSWER}`, ANSWER, true],
    ['quote without introduction, below', `${ANSWER}\n\n${QUOTE}`, ANSWER, true],
    ['nested quotes', `${ANSWER}\n\n${INTRO}\n> One\n>> Two\n> > > Three`, ANSWER, true],
    ['an introduction inside the quote', `${ANSWER}\n\n> ${INTRO}\n>\n> One`, ANSWER, true],
    ['wide and indented quote signs', `${ANSWER}\n\n＞ One\n > Two`, ANSWER, true],
    ['blank lines in the quote', `${ANSWER}\n\n${INTRO}\n\n> One\n\n> Two\n\n> Three`, ANSWER, true],
    [
      'an answer between quotes',
      `> Red or blue?\n\nBlue.\n\n> How many?\n\nTwo.`,
      `> Red or blue?\n\nBlue.\n\n> How many?\n\nTwo.`,
      false,
    ],
    ['an answer between two quotes', `> Red or blue?\nBlue.\n> How many?`, `> Red or blue?\nBlue.\n> How many?`, false],
    ['a greeting, quote and answer', `Hello,\n\n> Red or blue?\n\nBlue.`, `Hello,\n\n> Red or blue?\n\nBlue.`, false],
    [
      'an introduction and answers between',
      `${INTRO}\n> Red?\nYes.\n> Two?\nNo.`,
      `${INTRO}\n> Red?\nYes.\n> Two?\nNo.`,
      false,
    ],
    [
      'answers between, and repeated headers',
      `> Red?\nYes.\n> Two?\nNo.\n\n-----Original Message-----\nOld`,
      `> Red?\nYes.\n> Two?\nNo.`,
      true,
    ],
    ['quote between answer and signature', `${ANSWER}\n\n${INTRO}\n${QUOTE}\n\n-- \nAnna Smith\nAcme`, ANSWER, true],
    ['quote between answer and telephone', `${ANSWER}\n\n${INTRO}\n${QUOTE}\n\nSent from my iPhone`, ANSWER, true],
    [
      'the foot of a list',
      `${ANSWER}\n\n${INTRO}\n${QUOTE}\n_______________________________________________\nusers list\nusers@lists.example`,
      ANSWER,
      true,
    ],
    ['our line within the quote', `${INTRO}\n> ${REPLY_MARKER}\n> Old\n\n${ANSWER}`, ANSWER, true],
    ['a short introduction', `${ANSWER}\n\nAnna wrote:\n\n${QUOTE}`, ANSWER, true],
    ['name and date', `${ANSWER}\n\nHelp Desk wrote on 03/05/2024 12:00:\n${QUOTE}`, ANSWER, true],
    ['two introductions', `${ANSWER}\n\n${INTRO}\n\nOlder words\n\n${INTRO}\n\nOldest words`, ANSWER, true],
  ])('%s', (_, text, newText, hasQuote) => expect(newTextOf(text)).toEqual({ newText, hasQuote }));
});

test('a sign is found behind 19,999 lines, and no longer looked for behind 20,000', () => {
  const long = (count: number) => `${'line\n'.repeat(count)}-----Original Message-----\nOld`;
  expect(newTextOf(long(MAX_READ_LINES - 1)).hasQuote).toBe(true);
  expect(newTextOf(long(MAX_READ_LINES)).hasQuote).toBe(false);
});

describe('a plain sentence is not taken for a sign', () => {
  test.each([
    'On Monday my colleague wrote:\n\nthe part is broken',
    'He wrote:\nthe part is broken',
    'The error log wrote:\n12:00 disk full',
    'Please note:\nFrom: address is wrong\nAll else is fine',
    'From: Berlin\nTo: Paris\nWhat does a ticket cost?',
    'To: do\nSubject: to change',
    'I sent from my office a letter\nand nobody answered',
    'The original message was lost',
    'Original Message',
    'forwarded message came late',
    '-----\nA line above\n-----',
    '--- please read ---\nthe part is broken',
    'a > b and c > d',
    'x >= 5',
    '     > indented far',
    '________________\nThe part is broken',
    'Date: 3 May\nThe part is broken since then',
    'At 12:00 the server stopped:\nno answer',
    'You can write to help@desk.example:\nnobody answers',
    'Subject: Part\nthe part is broken',
    '--\n'.repeat(3).trim(),
  ])('%j', (text) => expect(newTextOf(text)).toEqual({ newText: text, hasQuote: false }));
});

describe('a forward is never cut', () => {
  const inner =
    'From: Bob <bob@acme.example>\nDate: Fri, May 3, 2024 at 12:00 PM\nSubject: Part\nTo: Anna <anna@acme.example>\n\n> quoted\n\nThe part is broken.';
  test.each([
    '---------- Forwarded message ---------',
    '---------- Forwarded message ----------',
    '-------- Forwarded Message --------',
    '-------- Weitergeleitete Nachricht --------',
    'Begin forwarded message:',
    'Anfang der weitergeleiteten Nachricht:',
    '---------- Message transféré ---------',
    'Début du message transféré :',
    '---------- Mensaje reenviado ---------',
    '---------- Mensagem encaminhada ---------',
    '---------- Doorgestuurd bericht ---------',
    'Inizio messaggio inoltrato:',
    '-------- Пересылаемое сообщение --------',
    '---------- 转发的邮件 ---------',
    '---------- 転送メッセージ ---------',
    '---------- 전달된 메시지 ---------',
    '----- Forwarded by Anna Smith/Acme on 03/05/2024 12:00 -----',
  ])('%s', (line) => {
    const text = `Please look at this.\n\n-- \nAnna\n\n${line}\n${inner}`;
    expect(newTextOf(text)).toEqual({ newText: text, hasQuote: false });
  });
  test('a forward by its subject is whole, whatever stands in it', () => {
    const text = `Please look.\n\n${inner}`;
    expect(newTextOf(text).hasQuote).toBe(true);
    expect(newTextOf(text, { isForward: true })).toEqual({ newText: text, hasQuote: false });
  });
  test('a forward inside the quotation is quotation', () => {
    expect(newTextOf(`${ANSWER}\n\n${INTRO}\n\n> ---------- Forwarded message ---------\n> Old`).newText).toBe(ANSWER);
    expect(
      newTextOf(`${ANSWER}\n\n-----Original Message-----\n---------- Forwarded message ---------\nOld`).newText,
    ).toBe(ANSWER);
  });
});

describe('a signature is folded', () => {
  test.each([
    '-- \nAnna Smith\nAcme, Berlin',
    '--\nAnna Smith',
    '-- \nAnna\n-- \nAcme',
    'Sent from my iPhone',
    'Sent from my Samsung Galaxy smartphone.',
    'Sent from Mail for Windows',
    'Sent from Outlook for Android<https://aka.example/x>',
    'Get Outlook for iOS<https://aka.example/x>',
    'Get [Outlook for Android](https://aka.example/x)'.replace('[', '').replace(']', ''),
    'Sent from Yahoo Mail on Android',
    'Sent with Proton Mail secure email.',
    'Von meinem iPhone gesendet',
    'Gesendet von Outlook für Android',
    'Gesendet mit der GMX Mail App',
    'Diese Nachricht wurde von meinem Android-Gerät gesendet.',
    'Envoyé de mon iPhone',
    'Envoyé depuis mon mobile',
    'Enviado desde mi iPhone',
    'Enviado do meu iPhone',
    'Inviato da iPhone',
    'Verstuurd vanaf mijn iPhone',
    'Skickat från min iPhone',
    'Sendt fra min iPhone',
    'Lähetetty iPhonesta',
    'Wysłane z iPhone’a',
    'Odesláno z iPhonu',
    'iPhone’umdan gönderildi',
    'Отправлено с iPhone',
    'iPhoneから送信',
    '发自我的iPhone',
    '從我的 iPhone 傳送',
    '나의 iPhone에서 보냄',
    '<Sent from my phone>',
    'Sent from my iPhone\n\n-- \nAnna Smith',
    'Sent from my iPhone\nGet Outlook for iOS',
  ])('%j', (signature) => {
    expect(newTextOf(`${ANSWER}\n\n${signature}`)).toEqual({ newText: ANSWER, hasQuote: true });
    expect(newTextOf(`${ANSWER}\n\n${signature}\n\n${INTRO}\n\n${QUOTE}`)).toEqual({ newText: ANSWER, hasQuote: true });
    expect(newTextOf(`${INTRO}\n\n${QUOTE}\n\n${ANSWER}\n\n${signature}`)).toEqual({ newText: ANSWER, hasQuote: true });
  });
  test('only a signature and a quote: all is shown', () => {
    const text = `Sent from my iPhone\n\n${INTRO}\n\n${QUOTE}`;
    expect(newTextOf(text)).toEqual({ newText: text, hasQuote: false });
  });
  test('a signature of forty lines is folded, what is longer is text', () => {
    const lines = (count: number) => `Words\n-- \n${'more\n'.repeat(count - 1)}`.trimEnd();
    expect(newTextOf(lines(40)).newText).toBe('Words');
    expect(newTextOf(lines(41)).hasQuote).toBe(false);
  });
});

describe('nothing is lost', () => {
  const pieces = [
    'word',
    '> quoted',
    '>',
    '',
    '-- ',
    INTRO,
    REPLY_MARKER,
    'From: a@x.example',
    'Sent: 12:00',
    'To: b',
    'Subject: c',
    '________',
    'Sent from my iPhone',
    '-----Original Message-----',
    'On 3 May 2024',
    'wrote:',
    '---------- Forwarded message ---------',
    '\r',
    '\u00a0',
  ];
  const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((lines) => lines.join('\n'));
  test('the blocks are the whole text, in turns, and something is always shown', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const blocks = splitReply(text);
        expect(blocks.map((block) => block.text).join('\n')).toBe(text);
        expect(blocks.every(({ kind }, at) => kind !== blocks[at + 1]?.kind)).toBe(true);
        const { newText, hasQuote } = newTextOf(text);
        if (/\p{L}/u.test(text)) expect(newText).toMatch(/\p{L}/u);
        if (!hasQuote) expect(newText.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
      { numRuns: 2_000 },
    );
  });
  test.each([
    ['Words', true],
    [`Words\n${QUOTE}`, true],
    ['😀', true],
    [QUOTE, false],
    [`${INTRO}\n${QUOTE}`, false],
    ['Sent from my iPhone', false],
    ['', false],
  ])('%j has words of its own: %s', (text, has) => expect(hasOwnWords(text)).toBe(has));
});

test('every label of repeated headers has one meaning', () => {
  const all = Object.values(HEADER_LABELS).flat();
  expect(all.filter((label, at) => all.indexOf(label) !== at)).toEqual([]);
});

describe('two megabytes are read in linear time', () => {
  const hostile = [
    'a\n',
    '> a\n',
    '>',
    'On 3 May 2024 a\n',
    'On 1:00 <\n',
    'wrote:\n',
    'From: a\n',
    'Sent: a\n',
    '-- \n',
    '-',
    '_',
    ' ',
    '\n',
    ':',
    '>\n\n',
    'On ',
    `${REPLY_MARKER.slice(0, 20)}\n`,
    'Sent from my iPhone\n',
    '-- \n> a\n',
    'a:\n',
    '@1:00 schrieb:\n',
    '*',
    '写道：\n',
  ];
  test.each(hostile)(
    '%j',
    (piece) => {
      const size = 2 * 1_048_576;
      const text = piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
      expect(steepCost(newTextOf, text)).toBeNull();
    },
    30_000,
  );
});
