import { describe, expect, test } from 'vitest';
import { type Rescore, type RescoreCandidate, type SuggestDocument, SuggestIndex, weakening } from './index.ts';

function article(id: string, title: string, body = '', more: Partial<SuggestDocument> = {}): SuggestDocument {
  return { id, base: 'kb', language: 'en', title, body, keywords: [], feedback: [], ...more };
}

function filled(): SuggestIndex {
  const index = new SuggestIndex();
  index.add(
    article(
      'password',
      'Reset your password',
      'Open the sign-in page and choose "Forgotten password". A letter with a link comes.',
    ),
  );
  index.add(article('invoice', 'Where to find invoices', 'Every invoice is kept under Billing. Download it as a PDF.'));
  index.add(
    article('delivery', 'Delivery times', 'Parcels arrive within three working days.', { keywords: ['shipping'] }),
  );
  index.add(article('cancel', 'Cancel an order', 'An order can be cancelled until it has been handed to the carrier.'));
  return index;
}

const ids = (index: SuggestIndex, text: string, more = {}) =>
  index.suggest({ base: 'kb', text, first: 5, ...more }).map(({ id }) => id);

describe('ranking', () => {
  test('the article that has the words of the letter comes first', () => {
    expect(ids(filled(), 'I have forgotten my password and cannot sign in')[0]).toBe('password');
    expect(ids(filled(), 'please send the invoice as PDF')[0]).toBe('invoice');
  });

  test('a keyword counts as a word of the title', () => {
    expect(ids(filled(), 'how long does shipping take?')[0]).toBe('delivery');
  });

  test('a misspelt word finds its article', () => {
    expect(ids(filled(), 'pasword')[0]).toBe('password');
    expect(ids(filled(), 'invioces')[0]).toBe('invoice');
  });

  test('a word that says nearly the same finds its article, after one that has the word itself', () => {
    const index = filled();
    index.add(article('kid', 'Accounts for children', ''));
    expect(ids(index, 'an account for my kid')[0]).toBe('kid');
    index.add(article('own', 'Accounts for kids', ''));
    expect(ids(index, 'an account for my kid').slice(0, 2)).toEqual(['own', 'kid']);
  });

  test('a part of a compound word finds the whole, and the whole its part', () => {
    const index = filled();
    index.add(article('de', 'Gesichtsmaske tragen', '', { language: 'de' }));
    expect(ids(index, 'Maske', { language: 'de' })[0]).toBe('de');
    index.update(article('de', 'Maske tragen', '', { language: 'de' }));
    expect(ids(index, 'Gesichtsmaske', { language: 'de' })[0]).toBe('de');
  });

  test('the subject counts more than the text', () => {
    const index = filled();
    expect(ids(index, 'the order and the invoice', { subject: 'invoice', floor: 0 })[0]).toBe('invoice');
    expect(ids(index, 'the order and the invoice', { subject: 'order', floor: 0 })[0]).toBe('cancel');
  });

  test('the same question gives the same answer twice', () => {
    const index = filled();
    const ask = () => index.suggest({ base: 'kb', text: 'cancel my order', first: 5 });
    expect(ask()).toEqual(ask());
  });

  test('no more results than asked for, and none for a number that makes no sense', () => {
    expect(ids(filled(), 'order invoice password', { first: 1, floor: 0 })).toHaveLength(1);
    for (const first of [0, -3, Number.NaN]) expect(ids(filled(), 'order', { first })).toEqual([]);
  });

  test('50 results are given when 51 are asked for', () => {
    const index = new SuggestIndex();
    for (let i = 0; i < 60; i++) index.add(article(`a${i}`, 'printer'));
    expect(ids(index, 'printer', { first: 50, floor: 0 })).toHaveLength(50);
    expect(ids(index, 'printer', { first: 51, floor: 0 })).toHaveLength(50);
  });

  test('an article is found behind any number of better ones that the query leaves out', () => {
    const index = new SuggestIndex();
    for (let i = 0; i < 300; i++) index.add(article(`r${i}`, 'printer jammed', '', { restricted: true }));
    index.add(article('open', 'What helps in the office', 'When the printer is jammed, open the flap.'));
    const asked = { first: 3, floor: 0, withoutRestricted: true };
    expect(ids(index, 'printer jammed', asked)).toEqual(['open']);
    expect(ids(index, 'printer jammed', { floor: 0 })).not.toContain('open');
    index.update(article('r7', 'printer jammed'));
    expect(ids(index, 'printer jammed', asked)).toEqual(['r7', 'open']);
    index.update(article('r7', 'printer jammed', '', { restricted: true }));
    expect(ids(index, 'printer jammed', asked)).toEqual(['open']);
  });

  test('a word that every article has says little in a letter; who searches for it finds them all', () => {
    const index = new SuggestIndex();
    for (let i = 0; i < 40; i++) index.add(article(`a${i}`, `Topic ${i}`, 'Made by Acme.'));
    expect(ids(index, 'acme', { floor: 0.05 })).toEqual([]);
    expect(ids(index, 'acme', { floor: 0.05, first: 50, enoughCoverage: 0.5 })).toHaveLength(40);
    expect(ids(index, 'acme zyxwv zyxwu', { floor: 0.05, first: 50, enoughCoverage: 0.5 })).toEqual([]);
  });

  test('an article weakened for this ticket falls behind its equal', () => {
    const index = new SuggestIndex();
    index.add(article('a', 'printer is jammed'));
    index.add(article('b', 'printer is jammed'));
    expect(ids(index, 'jammed printer')).toEqual(['a', 'b']);
    expect(ids(index, 'jammed printer', { weaken: new Map([['a', weakening(1)]]) })).toEqual(['b', 'a']);
  });

  test('an article found not useful falls behind for letters like that one, and for no others', () => {
    const index = new SuggestIndex();
    index.add(article('a', 'printer is jammed'));
    index.add(article('b', 'printer is jammed'));
    expect(index.setDismissed('a', ['The printer in the cellar is jammed'])).toBe(true);
    expect(ids(index, 'my printer in the cellar got jammed')).toEqual(['b', 'a']);
    expect(ids(index, 'printer jammed by envelopes with a window')).toEqual(['a', 'b']);
    index.setDismissed('a', []);
    expect(ids(index, 'my printer in the cellar got jammed')).toEqual(['a', 'b']);
    expect(index.setDismissed('nobody', ['printer'])).toBe(false);
  });

  test('what an article was dismissed for comes with it and goes with it', () => {
    const index = new SuggestIndex();
    index.add(article('a', 'printer is jammed', '', { dismissed: ['jammed printer'] }));
    index.add(article('b', 'printer is jammed'));
    expect(ids(index, 'jammed printer')).toEqual(['b', 'a']);
    index.update(article('a', 'printer is jammed'));
    index.update(article('b', 'printer is jammed'));
    const [first, second] = index.suggest({ base: 'kb', text: 'jammed printer', first: 2 });
    expect(first?.rawScore).toBe(second?.rawScore);
  });

  test('a dismissal and a factor for the same letter are not counted twice', () => {
    const index = new SuggestIndex();
    index.add(article('a', 'printer is jammed', '', { dismissed: ['jammed printer'] }));
    const points = (weaken?: Map<string, number>) =>
      index.suggest({ base: 'kb', text: 'jammed printer', first: 1, ...(weaken && { weaken }) })[0]?.rawScore;
    expect(points(new Map([['a', 0.8]]))).toBe(points());
  });

  test('each "not useful" takes a fifth, and never more than half in all', () => {
    expect([0, 1, 2, 3, 4, 50].map(weakening).map((factor) => Number(factor.toFixed(3)))).toEqual([
      1, 0.8, 0.64, 0.512, 0.5, 0.5,
    ]);
  });
});

describe("an owner's own model", () => {
  const reversed: Rescore = (_query, top50) => top50.map((_, place) => place);
  const query = { base: 'kb', text: 'cancel the order, invoice', first: 2, floor: 0 };

  test('it may put the best articles in another order', async () => {
    const index = filled();
    const usual = index.suggest({ ...query, first: 50 }).map(({ id }) => id);
    const found = await index.suggestRescored(query, reversed);
    expect(usual.length).toBeGreaterThan(1);
    expect(found.map(({ id }) => id)).toEqual([...usual].reverse().slice(0, 2));
  });

  test('it is given at most 50 articles with their texts, and none under the floor', async () => {
    const index = filled();
    for (let i = 0; i < 60; i++) index.add(article(`p${i}`, 'printer'));
    let seen: readonly RescoreCandidate[] = [];
    const note: Rescore = (_query, top50) => {
      seen = top50;
      return top50.map(() => 1);
    };
    await index.suggestRescored({ ...query, text: 'printer' }, note);
    expect(seen).toHaveLength(50);
    expect(seen[0]).toMatchObject({ title: 'printer', body: '' });
    expect(await index.suggestRescored({ ...query, text: 'asparagus', floor: 0.5 }, note)).toEqual([]);
  });

  test('an article removed while the model thinks is not shown', async () => {
    const index = filled();
    const found = await index.suggestRescored({ ...query, first: 5 }, async (_query, top50) => {
      index.remove('cancel');
      return top50.map(() => 1);
    });
    expect(found.map(({ id }) => id)).not.toContain('cancel');
  });

  test('an answer that makes no sense is refused', async () => {
    for (const scores of [[], [1, Number.NaN], [1, -1]]) {
      await expect(filled().suggestRescored(query, () => scores)).rejects.toThrow(RangeError);
    }
  });
});

describe('silence', () => {
  test('a letter about something else gets no suggestion', () => {
    expect(ids(filled(), 'Which wine goes with grilled salmon and asparagus?')).toEqual([]);
  });

  test('small talk gets no suggestion, though articles have its words', () => {
    const index = filled();
    index.setFeedback('cancel', [
      'hello, how are you, who are you? I want to cancel',
      'what can you do about my order',
    ]);
    for (const letter of ['How are you?', 'Hello!', 'who are you', 'what can you do'])
      expect(ids(index, letter)).toEqual([]);
    expect(ids(index, 'hello, can you cancel it?')).toEqual(['cancel']);
  });

  test('a floor of 0 shows what little there is, a floor of 1 asks for every word', () => {
    const letter = 'invoice for asparagus';
    expect(ids(filled(), letter, { floor: 0 })).toEqual(['invoice']);
    expect(ids(filled(), letter, { floor: 1 })).toEqual([]);
  });

  test('a weak article is not added to fill the list', () => {
    expect(ids(filled(), 'cancel order')).toEqual(['cancel']);
  });
});

describe('explanation', () => {
  test('it names the words that matched, as the letter has them, with shares that add up to 1', () => {
    const [best] = filled().suggest({ base: 'kb', text: 'Passwords and sign-in', first: 1 });
    expect(best?.matchedTerms.map(({ term }) => term)).toContain('Passwords');
    expect(best?.matchedTerms[0]?.field).toBe('title');
    expect(best?.matchedTerms.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
  });

  test('score and coverage lie between 0 and 1 and fall down the list', () => {
    const found = filled().suggest({ base: 'kb', text: 'cancel order invoice delivery', first: 5, floor: 0 });
    const scores = found.map(({ score }) => score);
    expect(found.length).toBeGreaterThan(2);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const { score, coverage, confidence } of found) {
      expect(score).toBeGreaterThan(0);
      expect(Math.max(score, coverage, confidence)).toBeLessThanOrEqual(1);
    }
  });

  test('marks cut out exactly the matched words of excerpt and title', () => {
    const [best] = filled().suggest({ base: 'kb', text: 'invoices as pdf', first: 1 });
    expect(best?.marks.map(([start, end]) => best.excerpt.slice(start, end))).toEqual(['invoice', 'Billing', 'PDF']);
    expect(best?.titleMarks.map(([start, end]) => 'Where to find invoices'.slice(start, end))).toEqual(['invoices']);
  });

  test.each([
    [
      'th',
      'วิธีรีเซ็ตรหัสผ่าน',
      'คุณสามารถติดต่อเราได้ทุกวันในเวลาทำการของสำนักงาน',
      'คุณสามารถรีเซ็ตรหัสผ่านได้ที่หน้าเข้าสู่ระบบ',
      'ฉันลืมรหัสผ่าน รีเซ็ตรหัสผ่านอย่างไร',
    ],
    [
      'ja',
      'パスワードの再設定',
      '営業時間内はいつでもお問い合わせください。',
      'ログイン画面でパスワードを再設定できます。',
      'パスワードを忘れました。再設定の方法を教えてください。',
    ],
  ])(
    'without blanks (%s) an excerpt is cut at words, and pairs of a named word are not named',
    (language, title, filler, body, letter) => {
      const index = new SuggestIndex();
      const text = filler.repeat(6) + body + filler.repeat(6);
      index.add(article('password', title, text, { language }));
      index.add(article('hours', filler, filler, { language }));
      const [best] = index.suggest({ base: 'kb', text: letter, first: 1 });
      const ends = new Set<number>();
      for (const { index: at } of new Intl.Segmenter(language, { granularity: 'word' }).segment(text)) ends.add(at);
      const from = text.indexOf(best!.excerpt);
      expect(from).toBeGreaterThan(0);
      expect([ends.has(from), ends.has(from + best!.excerpt.length)]).toEqual([true, true]);
      const terms = best!.matchedTerms.map(({ term }) => term);
      expect(terms.some((term) => term.length > 2)).toBe(true);
      for (const term of terms)
        expect(terms.filter((other) => other !== term && other.includes(term) && term.length === 2)).toEqual([]);
    },
  );

  test('of a long body the excerpt shows the place that fits', () => {
    const index = new SuggestIndex();
    const filler = 'words that say nothing of the matter '.repeat(60);
    index.add(article('long', 'Devices', `${filler}The toner cartridge sits behind the flap. ${filler}`));
    const [best] = index.suggest({ base: 'kb', text: 'toner cartridge', first: 1 });
    expect(best?.excerpt).toContain('toner cartridge');
    expect(best?.excerpt.split(/\s+/).length).toBeLessThanOrEqual(40);
  });
});

describe('learning', () => {
  test('what an article answered once leads to it again', () => {
    const index = filled();
    const letter = 'The thing with the red lamp blinks';
    expect(ids(index, letter)).toEqual([]);
    expect(index.setFeedback('delivery', ['red lamp blinks on the thing'])).toBe(true);
    expect(ids(index, letter)).toEqual(['delivery']);
    index.setFeedback('delivery', []);
    expect(ids(index, letter)).toEqual([]);
  });

  test('learning keeps title and body', () => {
    const index = filled();
    index.setFeedback('invoice', ['bill']);
    expect(ids(index, 'invoice')).toEqual(['invoice']);
    expect(index.setFeedback('nobody', ['bill'])).toBe(false);
  });

  test('a word that most customers of one article use, and one customer of each other, leads to that article', () => {
    const index = new SuggestIndex();
    const titles = ['Invoices', 'Passwords', 'Orders', 'Returns', 'Opening hours', 'Discounts', 'Warranty'];
    titles.forEach((title, i) => {
      const others = Array.from({ length: 7 }, (_, n) => `matter${i}x${n}`);
      index.add(article(title, title, '', { feedback: ['courier', i === 0 ? 'lamp' : 'number', ...others] }));
    });
    const feedback = ['yesterday', ...Array.from({ length: 8 }, () => 'courier')];
    index.add(article('delivery', 'Delivery', '', { feedback }));
    expect(ids(index, 'courier number', { floor: 0 })[0]).toBe('delivery');
  });

  test('a word learnt is named as learnt', () => {
    const index = filled();
    index.setFeedback('invoice', ['receipt for the tax office']);
    const [best] = index.suggest({ base: 'kb', text: 'receipt tax', first: 1 });
    expect(best?.matchedTerms.map(({ field }) => field)).toEqual(['feedback', 'feedback']);
  });
});

describe('in a worker', () => {
  test('articles, questions and answers are plain data', () => {
    const index = new SuggestIndex();
    const one = article('a', 'printer is jammed', 'Open the flap.', { dismissed: ['toner'] });
    index.add(structuredClone(one));
    const query = { base: 'kb', text: 'jammed printer', first: 1, weaken: new Map([['a', 0.8]]) };
    const found = index.suggest(structuredClone(query));
    expect(found).toHaveLength(1);
    expect(structuredClone(found)).toEqual(found);
  });
});

describe('bases', () => {
  test('a base never shows articles of another', () => {
    const index = filled();
    index.add(article('secret', 'Invoice of the board', '', { base: 'internal' }));
    expect(ids(index, 'invoice board', { floor: 0 })).toEqual(['invoice']);
    expect(ids(index, 'invoice board', { base: 'internal' })).toEqual(['secret']);
    expect([index.size(), index.size('kb'), index.size('internal'), index.size('none')]).toEqual([5, 4, 1, 0]);
  });

  test('an article that moves to another base leaves its old one', () => {
    const index = filled();
    index.update(article('invoice', 'Where to find invoices', '', { base: 'internal' }));
    expect(ids(index, 'invoice', { floor: 0 })).toEqual([]);
    expect(ids(index, 'invoice', { base: 'internal' })).toEqual(['invoice']);
  });

  test('letters and articles of several languages meet', () => {
    const index = filled();
    index.add(article('passwort', 'Passwort zurücksetzen', 'So setzen Sie Ihr Passwort zurück.', { language: 'de' }));
    expect(ids(index, 'Ich möchte mein Passwort zurücksetzen')[0]).toBe('passwort');
    index.add(article('zh', '如何重置密码', '打开登录页面并选择忘记密码。', { language: 'zh' }));
    expect(ids(index, '我忘记了密码')[0]).toBe('zh');
  });
});

describe('one change at a time', () => {
  test('a removed article is never shown again, and an updated one only by its new words', () => {
    const index = filled();
    expect(index.remove('cancel')).toBe(true);
    expect(index.remove('cancel')).toBe(false);
    expect(ids(index, 'cancel order', { floor: 0 })).toEqual([]);
    index.update(article('invoice', 'Statistics', 'Statistics are kept for a year.'));
    expect(ids(index, 'invoice', { floor: 0 })).toEqual([]);
    expect(ids(index, 'statistics')).toEqual(['invoice']);
  });

  test('after many changes the index ranks as one filled afresh', () => {
    const words = ['lamp', 'cable', 'screen', 'paper', 'toner', 'switch', 'fuse', 'router', 'mouse', 'battery'];
    const make = (i: number, salt: number) =>
      article(
        `a${i}`,
        words[(i * 7 + salt) % 10]!,
        `${words[(i * 3 + salt) % 10]} ${words[(i + salt) % 10]} number${i}`,
      );
    const changed = new SuggestIndex();
    for (let i = 0; i < 60; i++) changed.add(make(i, 1));
    for (let i = 0; i < 60; i += 2) changed.remove(`a${i}`);
    for (let i = 0; i < 60; i++) changed.add(make(i, 2));
    for (let i = 0; i < 60; i += 3) changed.setFeedback(`a${i}`, ['fuse blown']);
    const fresh = new SuggestIndex();
    for (let i = 0; i < 60; i++) fresh.add({ ...make(i, 2), feedback: i % 3 === 0 ? ['fuse blown'] : [] });
    const ask = (index: SuggestIndex, text: string) =>
      new Map(
        index.suggest({ base: 'kb', text, first: 50, floor: 0 }).map(({ id, rawScore }) => [id, rawScore.toFixed(1)]),
      );
    for (const text of ['number17 router', 'toner paper number3']) {
      const [a, b] = [ask(changed, text), ask(fresh, text)];
      const best = [...b].filter(([, score]) => score !== [...b.values()].at(-1));
      expect(best.length).toBeGreaterThan(0);
      for (const [id, score] of best) expect([id, a.get(id)]).toEqual([id, score]);
    }
  });
});
