import { describe, expect, test } from 'vitest';
import { withinFeedbackLimits } from './clean-ticket-text.ts';
import { cleanTicketText, guessLanguage, letterWords } from './index.ts';
import { tokenise } from './tokens.ts';

const terms = (text: string, language = 'en') => tokenise(text, language).map(({ term }) => term.text);

describe('words', () => {
  test('forms of a word become one term, without accents, in the language of the text', () => {
    expect(terms('Printer PRINTERS printers')).toEqual(['printer', 'printer', 'printer']);
    expect(terms('Rechnungen Rechnung', 'de')).toEqual(['rechnung', 'rechnung']);
    expect(terms('café', '')).toEqual(['cafe']);
  });

  test('irregular forms lead to their base', () => {
    expect(terms('children women paid')).toEqual(terms('child woman pay'));
    expect(terms('children', 'de')).not.toEqual(terms('child', 'de'));
  });

  test('contractions are cut', () => {
    expect(terms("Allen'ın", 'tr')).toEqual(terms('Allen', 'tr'));
    expect(terms("l'imprimante", 'fr')).toEqual(terms('imprimante', 'fr'));
    expect(terms("don't")).toEqual(['do']);
  });

  test('a code with digits is kept whole and given in its parts', () => {
    expect(terms('E-1042')).toEqual(['e-1042', 'e', '1042']);
  });

  test('full-width letters and digits are the same as plain ones', () => {
    expect(terms('Ｅ１０４２')).toEqual(['e1042']);
  });

  test('a script without blanks gives words and character pairs', () => {
    expect(terms('打印机', 'zh')).toEqual(expect.arrayContaining(['打印', '印机']));
    expect(terms('เครื่องพิมพ์', 'th').length).toBeGreaterThan(1);
  });

  test('offsets cut the word out of the original text', () => {
    const text = 'Ask: «Größe» 3.5';
    expect(tokenise(text, 'de').map(({ start, end }) => text.slice(start, end))).toEqual([
      'Ask',
      'Größe',
      '3.5',
      '3',
      '5',
    ]);
  });
});

describe('the language of a text', () => {
  const samples: Record<string, string> = {
    en: 'How can I change the address of my order?',
    de: 'Wie kann ich die Adresse meiner Bestellung ändern?',
    fr: 'Comment puis-je changer mon adresse pour cette commande ?',
    es: '¿Cómo puedo cambiar la dirección de mi pedido?',
    it: 'Come posso cambiare il mio indirizzo per questo ordine?',
    nl: 'Hoe kan ik het adres van mijn bestelling wijzigen?',
    ru: 'Как изменить адрес моего заказа?',
    uk: 'Як змінити адресу мого замовлення? Дякую, її немає.',
    zh: '如何更改我的订单地址？',
    ja: '注文の住所を変更するにはどうすればよいですか',
    th: 'ฉันจะเปลี่ยนที่อยู่ได้อย่างไร',
    ar: 'كيف يمكنني تغيير عنوان طلبي؟',
    ko: '주문 주소를 어떻게 변경하나요?',
  };
  for (const [language, text] of Object.entries(samples)) {
    test(`${language} is known by its words or script`, () => expect(guessLanguage(text)).toBe(language));
  }

  test('nothing is guessed from nothing, nor outside the possible ones', () => {
    expect(guessLanguage('12345 !!')).toBe('');
    expect(guessLanguage('如何更改', ['en', 'de'])).toBe('');
    expect(guessLanguage('Wie kann ich das ändern?', ['en', 'de'])).toBe('de');
  });
});

describe('the words of a letter', () => {
  test('greeting, quotes, closing and signature are left out', () => {
    const letter = 'Dear support team,\n\nthe lamp is broken.\n> old words\n\nBest regards\nAda\n-- \nAda Ltd';
    expect(letterWords(letter).trim()).toBe('the lamp is broken.');
  });

  test('a letter that opens with the matter keeps its first line', () => {
    expect(letterWords('Hi, my lamp is broken since last Monday evening')).toContain('lamp');
    expect(letterWords('Hello\nthanks')).toContain('thanks');
  });
});

describe('what is learnt from a ticket', () => {
  test('addresses, links, telephone numbers and long runs of digits are removed, short numbers stay', () => {
    const letter =
      'Order 4711 from ada@example.org, call +49 (170) 123 45-67 or 0201 555 01 23, see https://example.org/a?b=1 account 123456.';
    const learnt = cleanTicketText('Lamp', letter);
    expect(learnt).toContain('Lamp Order 4711');
    for (const secret of ['@', 'example', '170', '555', 'http', '12345']) expect(learnt).not.toContain(secret);
  });

  test('400 words of a ticket are kept, not the 401st', () => {
    const words = Array.from({ length: 401 }, (_, i) => `w${i}`);
    expect(cleanTicketText('', words.slice(0, 400).join(' ')).split(' ')).toHaveLength(400);
    expect(cleanTicketText('', words.join(' '))).not.toContain('w400');
  });

  test('the newest 50 texts are kept, not the 51st', () => {
    const texts = Array.from({ length: 51 }, (_, i) => `text ${i}`);
    expect(withinFeedbackLimits(texts.slice(0, 50))).toHaveLength(50);
    expect(withinFeedbackLimits(texts)).toEqual(texts.slice(0, 50));
  });

  test('4,000 words are kept, and the text that goes over is cut', () => {
    const text = 'word '.repeat(400).trim();
    expect(withinFeedbackLimits(Array.from({ length: 10 }, () => text))).toHaveLength(10);
    const eleven = withinFeedbackLimits(['one', ...Array.from({ length: 10 }, () => text)]);
    expect(eleven.join(' ').split(' ')).toHaveLength(4000);
  });
});
