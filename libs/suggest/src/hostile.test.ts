import { describe, expect, test } from 'vitest';
import { cleanTicketText, guessLanguage, letterWords, longestBody, longestLetter, SuggestIndex } from './index.ts';

function filled(): SuggestIndex {
  const index = new SuggestIndex();
  for (let i = 0; i < 300; i++) {
    const body = `Text number ${i} about printers, invoices and the sign-in of user ${i % 17}.`;
    index.add({ id: `a${i}`, base: 'kb', language: 'en', title: `Printer ${i}`, body, keywords: [], feedback: [] });
  }
  return index;
}

/** CPU time far above what is needed, far below what a careless algorithm needs. */
const boundMs = 1500;
const cpuMs = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000;

const letters: Record<string, string> = {
  empty: '',
  blanks: ' \n\t \r\n',
  'two million signs of words': 'printer does not print any more, please help '.repeat(45_000),
  'two million signs without a blank': 'x'.repeat(2_000_000),
  'one word two hundred thousand times': 'printer '.repeat(200_000),
  'twenty thousand different words': Array.from({ length: 20_000 }, (_, i) => `pr${i.toString(36)}inter`).join(' '),
  'control characters': '\u0000\u0001\u0007 printer \u001B[31m \uFFFE\uFEFF\u202E',
  'lone surrogates': '\uD83D printer \uDE00\uD83D',
  'mark-up': '<script>alert(1)</script> printer <img src=x onerror=alert(1)>',
  'joiners only': "-_./'".repeat(4000),
  'joined endlessly': 'a-1.'.repeat(5000),
  'combining marks': `e${'\u0301'.repeat(19_000)}`,
  'Chinese without an end': '打印机无法工作'.repeat(3000),
  'Thai without an end': 'เครื่องพิมพ์ไม่ทำงาน'.repeat(1000),
  'quotes only': '> printer\n'.repeat(2000),
  'names of built-in properties': 'constructor __proto__ toString hasOwnProperty printer',
};

describe('any letter', () => {
  for (const [name, text] of Object.entries(letters)) {
    test(`${name}: answered in bounded time, without an error`, () => {
      const index = filled();
      const start = cpuMs();
      for (const result of index.suggest({ base: 'kb', subject: text, text, first: 10, floor: 0 })) {
        expect(Number.isFinite(result.score)).toBe(true);
      }
      cleanTicketText(text, text);
      guessLanguage(text);
      expect(cpuMs() - start).toBeLessThan(boundMs);
    });

    test(`${name}: can be an article and what it learns`, () => {
      const index = filled();
      const start = cpuMs();
      index.add({
        id: 'odd',
        base: 'kb',
        language: '',
        title: text,
        body: text,
        keywords: [text, text],
        feedback: [text],
      });
      index.setFeedback('odd', [text, text]);
      index.suggest({ base: 'kb', text: 'printer', first: 10, floor: 0 });
      expect(index.remove('odd')).toBe(true);
      expect(cpuMs() - start).toBeLessThan(boundMs);
    });
  }

  test('an empty base and an unknown one answer with nothing', () => {
    const index = new SuggestIndex();
    expect(index.suggest({ base: 'kb', text: 'printer', first: 5 })).toEqual([]);
    index.add({ id: 'a', base: 'kb', language: 'en', title: '', body: '', keywords: [], feedback: [] });
    expect(index.suggest({ base: 'kb', text: 'printer', first: 5, floor: 0 })).toEqual([]);
    index.remove('a');
    expect(index.suggest({ base: 'kb', text: 'printer', first: 5 })).toEqual([]);
  });

  test('names of built-in properties serve as base, id, language and word', () => {
    const index = new SuggestIndex();
    const article = { language: 'constructor', title: 'toString', body: '', keywords: [], feedback: [] };
    index.add({ ...article, id: '__proto__', base: 'constructor' });
    expect(index.suggest({ base: 'constructor', text: 'toString', first: 1 })[0]?.id).toBe('__proto__');
    expect(index.suggest({ base: 'toString', text: 'toString', first: 1 })).toEqual([]);
  });

  test('mark-up in an article comes back as plain text, to be escaped by whoever shows it', () => {
    const index = new SuggestIndex();
    const title = '<b onmouseover="x()">Printer</b>';
    index.add({ id: 'a', base: 'kb', language: 'en', title, body: `${title} & more`, keywords: [], feedback: [] });
    const [found] = index.suggest({ base: 'kb', text: 'printer', first: 1 });
    expect(found?.excerpt).toBe(`${title} & more`);
    expect(found?.marks.map(([start, end]) => found.excerpt.slice(start, end))).toEqual(['Printer']);
  });
});

describe('limits', () => {
  test('the 20,000th sign of a letter is looked at, the next is not', () => {
    const pad = '. '.repeat(longestLetter / 2);
    const word = 'toner';
    expect(letterWords(`${pad.slice(word.length)}${word}`)).toContain(word);
    expect(letterWords(`${pad}${word}`)).not.toContain(word);
  });

  test('the 40,000th sign of a body is looked at, the next is not', () => {
    const index = filled();
    const pad = '. '.repeat(longestBody / 2);
    const add = (id: string, body: string) =>
      index.add({ id, base: 'kb', language: 'en', title: '', body, keywords: [], feedback: [] });
    add('inside', `${pad.slice(5)}toner`);
    add('outside', `${pad}ozone`);
    expect(index.suggest({ base: 'kb', text: 'toner', first: 1 })[0]?.id).toBe('inside');
    expect(index.suggest({ base: 'kb', text: 'ozone', first: 1, floor: 0.9 })).toEqual([]);
  });
});
