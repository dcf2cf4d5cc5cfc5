import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuMs } from '../testing/cpu-time.ts';
import { FORWARD_PREFIXES, GENERIC_SUBJECTS, REPLY_PREFIXES } from './languages.ts';
import {
  isGenericSubject,
  normalizeSubject,
  replySubject,
  sameSubject,
  tagSubject,
  ticketNumberIn,
  ticketNumbersIn,
  withoutTags,
} from './subject.ts';

const keyOf = (subject: string) => normalizeSubject(subject).key;

describe('a prefix makes no difference', () => {
  // The list that the product promises; one-letter prefixes stand apart.
  const promised =
    're aw antw antwort sv vs vb svar rv res rif rép rep ref odp vá ynt yan bls ats atb hb tr fw fwd fs wg wtr doorst vl enc pd továbbítás rvs trs İLT ilt ' +
    'пд ответ отв пересл на απ σχετ προθ πρθ 回复 回覆 答复 答覆 转发 轉寄 轉發 返信 転送 회신 답장 전달 رد השב תגובה הועבר SV VS';
  const prefixes = [
    ...new Set([...promised.split(' '), 'إعادة توجيه', 'Automatische Antwort', 'Automatic reply', 're:отв']),
  ];
  test.each(prefixes)('%s:', (prefix) => {
    for (const spelling of [prefix, prefix.toUpperCase(), prefix.normalize('NFD'), `  ${prefix} `]) {
      expect(keyOf(`${spelling}: The printer is broken`)).toBe('the printer is broken');
      expect(keyOf(`${spelling}:The printer is broken`)).toBe('the printer is broken');
      expect(keyOf(`${spelling}： The printer is broken`)).toBe('the printer is broken');
    }
  });

  test.each(['[2]', '(2)', ' [12]', '2', ' 2', '^2', '123', ' (3) '])('with the counter %j', (counter) => {
    expect(keyOf(`Re${counter}: The printer is broken`)).toBe('the printer is broken');
  });

  test.each([...REPLY_PREFIXES, ...FORWARD_PREFIXES])('%s is told', (prefix) => {
    const { isReply, isForward, prefixes: told } = normalizeSubject(`${prefix}: The printer is broken`);
    expect(told).toHaveLength(1);
    expect([isReply, isForward]).toEqual([REPLY_PREFIXES.includes(prefix), FORWARD_PREFIXES.includes(prefix)]);
  });

  test('no sign is both a reply and a forward', () => {
    expect(REPLY_PREFIXES.filter((prefix) => FORWARD_PREFIXES.includes(prefix))).toEqual([]);
  });
});

describe('a subject has one key', () => {
  test.each([
    ['The printer is broken', 'the printer is broken'],
    ['Re: AW: Fwd: re[3]: The printer is broken', 'the printer is broken'],
    ['Re:Re:Re:The printer is broken', 'the printer is broken'],
    ['  The \t printer\r\n is   broken ', 'the printer is broken'],
    ['The\u00a0printer is broken', 'the printer is broken'],
    ['The\u200b prin\u00adter is\u202e broken\ufeff', 'the printer is broken'],
    ['\u200fRe\u200e: The printer is broken', 'the printer is broken'],
    ['ＴＨＥ ｐｒｉｎｔｅｒ is broken', 'the printer is broken'],
    ['STRASSE gesperrt', 'strasse gesperrt'],
    ['Straße gesperrt', 'strasse gesperrt'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['οδός', 'οδόσ'],
    ['Cafe\u0301 closed', 'café closed'],
    ['ﬁle missing', 'file missing'],
    ['İstanbul', 'istanbul'],
    ['[#1042] The printer is broken', 'the printer is broken'],
    ['Re: [#1042] The printer is broken', 'the printer is broken'],
    ['[#1042] Re: The printer is broken', 'the printer is broken'],
    ['Re: [#1042] AW: [#7] The printer is broken [#9]', 'the printer is broken'],
    ['The [#1] printer [#2] is broken', 'the printer is broken'],
    ['Re:[#1042]The printer is broken', 'the printer is broken'],
    ['[users] The printer is broken', 'the printer is broken'],
    ['Re: [users] Re: [EXTERNAL] The printer is broken', 'the printer is broken'],
    ['[a] [b] The printer is broken', 'the printer is broken'],
    ['[order 4711] is late', '[order 4711] is late'],
    ['[users]', '[users]'],
    ['[a] [b]', '[b]'],
    ['Re: [users]', '[users]'],
    ['printer [hall]', 'printer [hall]'],
    ['i: moved house', 'moved house'],
    ['R: moved house', 'moved house'],
    ['r:moved house', 'r:moved house'],
    ['i : moved house', 'i : moved house'],
    ['i2: moved house', 'i2: moved house'],
    ['Report: The printer', 'report: the printer'],
    ['Regarding: The printer', 'regarding: the printer'],
    ['Re The printer', 're the printer'],
    ['Red: The printer', 'red: the printer'],
    ['x Re: The printer', 'x re: the printer'],
    ['Re[1234]: x', 're[1234]: x'],
    ['Error: disk full', 'error: disk full'],
    ['Out of office: how do I set it?', 'out of office: how do i set it?'],
    ['Re:', ''],
    ['Re: Fwd: ', ''],
    ['', ''],
    [':', ':'],
    [': x', ': x'],
    ['[#0] x', '[#0] x'],
    ['[#01] x', '[#01] x'],
    ['[#]', '[#]'],
    ['[#[#1]2] x', '[# 2] x'],
    ['打印机坏了', '打印机坏了'],
    ['回复：打印机坏了', '打印机坏了'],
  ])('%j has the key %j', (subject, key) => expect(keyOf(subject)).toBe(key));

  test.each([
    ['Re: x', true, false],
    ['Fwd: x', false, true],
    ['AW: WG: x', true, true],
    ['x', false, false],
    ['Automatic reply: x', false, false],
    ['[users] Re: x', true, false],
  ])('%j is a reply: %s, a forward: %s', (subject, isReply, isForward) => {
    expect(normalizeSubject(subject)).toMatchObject({ isReply, isForward });
  });

  test('the prefixes are told from the outside in', () => {
    expect(normalizeSubject('AW: Re[2]: FWD: x').prefixes).toEqual(['aw', 're', 'fwd']);
  });

  test('a key has at most 200 units and no half character', () => {
    expect(keyOf('a'.repeat(200))).toHaveLength(200);
    expect(keyOf('a'.repeat(201))).toHaveLength(200);
    expect(keyOf(`${'a'.repeat(199)}😀`)).toBe('a'.repeat(199));
  });

  const pieces = [
    'Re: ',
    're[2]:',
    'Fwd:',
    'I: ',
    '[#12]',
    '[#',
    '12]',
    '[users] ',
    '[',
    ']',
    ':',
    ' ',
    '：',
    'ß',
    'ς',
    'İ',
    'i\u0307',
    '\u0301',
    '\u200b',
    'ﬁ',
    'x',
    'ŉ',
    '😀',
    'ﾞ',
  ];
  const subjects = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 120 }).map((list) => list.join('')),
  );
  test('normalising a key changes nothing', () => {
    fc.assert(
      fc.property(subjects, (subject) => {
        const key = keyOf(subject);
        expect(keyOf(key)).toBe(key);
        expect(key.length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a subject and its reply, tagged and forwarded, have one key', () => {
    fc.assert(
      fc.property(subjects, (subject) => {
        expect(keyOf(`Re: [#12] ${subject}`)).toBe(keyOf(subject.trim() === '' ? '' : subject));
      }),
      { numRuns: 500 },
    );
  });

  test.each([['Re: '], ['['], ['[a] '], [' '], ['[#1]'], ['re['], ['\u200b'], ['ß'], [':'], ['i\u0307']])(
    'a megabyte of %j is read in a moment',
    (piece) => {
      const start = cpuMs();
      const subject = piece.repeat(1_000_000 / piece.length);
      normalizeSubject(subject);
      ticketNumbersIn(subject);
      tagSubject(subject, 1);
      isGenericSubject(subject);
      expect(cpuMs() - start).toBeLessThan(1_000);
    },
  );
});

describe('ticket tags are found', () => {
  test.each([
    ['[#1042] x', [1042]],
    ['Re: [#1042] x', [1042]],
    ['x [#7] y [#8] [#7]', [7, 8]],
    ['[＃１０４２] x', [1042]],
    ['[#10\u200b42]', [1042]],
    ['#1042', []],
    ['[1042]', []],
    ['[# 1042]', []],
    ['[#0]', []],
    ['[#007]', []],
    ['[#-1]', []],
    ['[#1.5]', []],
    ['[#12a]', []],
    ['[#999999999999999]', [999_999_999_999_999]],
    ['[#9999999999999999]', []],
    ['[[#5]]', [5]],
    ['', []],
  ])('%j has %j', (subject, numbers) => {
    expect(ticketNumbersIn(subject)).toEqual(numbers);
    expect(ticketNumberIn(subject)).toBe(numbers[0] ?? null);
  });

  test('at most twenty', () => {
    const tags = (count: number) => Array.from({ length: count }, (_, n) => `[#${n + 1}]`).join('');
    expect(ticketNumbersIn(tags(20))).toHaveLength(20);
    expect(ticketNumbersIn(tags(21))).toHaveLength(20);
  });
});

describe('an answer has one Re: and one tag', () => {
  test.each([
    ['Toner', 'Re: [#9] Toner'],
    ['Re: [#5] Toner', 'Re: [#9] Toner'],
    ['[#5] AW: Re[2]: Toner', 'Re: [#9] Toner'],
    ['Re: Fwd: Toner', 'Re: Fwd: [#9] Toner'],
    ['Report: Toner', 'Re: [#9] Report: Toner'],
    ['Re:', 'Re: [#9]'],
  ])('to %j it is %j', (subject, answer) => {
    expect(replySubject(subject, 9)).toBe(answer);
    expect(replySubject(answer, 9)).toBe(answer);
  });

  test.each([
    ['Re: [#5] Toner', 'Re: Toner'],
    ['[#5][#6]', ''],
    ['[users]  Order [4711] #5', '[users]  Order [4711] #5'],
  ])('tags of ours are gone from %j: %j', (subject, rest) => {
    expect(withoutTags(subject)).toBe(rest);
  });
});

describe('an outgoing subject carries one tag', () => {
  test.each([
    ['The printer is broken', '[#1042] The printer is broken'],
    ['Re: The printer is broken', 'Re: [#1042] The printer is broken'],
    ['AW: Re[2]:The printer is broken', 'AW: Re[2]: [#1042] The printer is broken'],
    ['[#1042] The printer is broken', '[#1042] The printer is broken'],
    ['Re: [#7] The printer [#8] is broken', 'Re: [#1042] The printer is broken'],
    ['[#7] Re: The printer', 'Re: [#1042] The printer'],
    ['', '[#1042]'],
    ['Re:', 'Re: [#1042]'],
    ['a\r\nBcc: b@example.com', '[#1042] a Bcc: b@example.com'],
    ['a\0b\u2028c', '[#1042] a b c'],
    ['a\u202eb', '[#1042] ab'],
    ['Straße', '[#1042] Straße'],
    ['[users] The printer', '[#1042] [users] The printer'],
  ])('%j leaves as %j', (subject, tagged) => {
    expect(tagSubject(subject, 1042)).toBe(tagged);
    expect(tagSubject(tagged, 1042)).toBe(tagged);
    expect(ticketNumbersIn(tagged)).toEqual([1042]);
  });

  test('tagging twice changes nothing, and the key stays', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 1, max: 1e9 }), (subject, number) => {
        const tagged = tagSubject(subject, number);
        expect(tagSubject(tagged, number)).toBe(tagged);
        expect(tagged).not.toMatch(/[\r\n\0]/);
        expect(keyOf(tagged)).toBe(keyOf(subject));
      }),
      { numRuns: 500 },
    );
  });

  test('a subject of 500 units is kept, a longer one is cut', () => {
    expect(tagSubject('a'.repeat(500), 1)).toHaveLength(505);
    expect(tagSubject('a'.repeat(501), 1)).toHaveLength(505);
  });

  test.each([0, -1, 1.5, Number.NaN, 1e15, Number.POSITIVE_INFINITY])('%d is no ticket number', (number) => {
    expect(() => tagSubject('x', number)).toThrow(RangeError);
  });
});

describe('a subject that says nothing is known', () => {
  test.each(GENERIC_SUBJECTS)('%s', (subject) => {
    expect(isGenericSubject(subject)).toBe(true);
    expect(isGenericSubject(`Re: ${subject.toUpperCase()}!!`)).toBe(true);
    expect(isGenericSubject(`(${subject})`)).toBe(true);
  });

  test.each([
    ['', true],
    ['Re:', true],
    ['12345678', true],
    ['abcde', true],
    ['abcdef', false],
    ['a b c d e f', false],
    ['Question about the printer in hall 4', false],
    ['Invoice 4711 of May is wrong', false],
    ['?!?!?!?!', true],
    ['😀😀😀😀😀😀😀', true],
    ['打印机坏了请帮忙', false],
  ])('%j says nothing: %s', (subject, isGeneric) => {
    expect(isGenericSubject(subject)).toBe(isGeneric);
    expect(isGenericSubject(keyOf(subject))).toBe(isGeneric);
  });
});

describe('two subjects are the same', () => {
  const long = 'the label printer in the warehouse of our second site prints nothing but blank labels since monday';
  test.each([
    ['x', 'Re: X', true],
    ['x', 'y', false],
    ['', '', false],
    ['Re:', 'Fwd:', false],
    ['[#1] the printer', 'AW: the printer', true],
    [long, long.slice(0, 60), true],
    [long.slice(0, 60), `Re: ${long}`, true],
    [long, long.slice(0, 59), false],
    [long, `${long.slice(0, 60)}...`, true],
    [long, `${long.slice(0, 60)}…`, true],
    [long, `${long.slice(0, 60)} ...`, true],
    [long, `${long.slice(0, 59)}...`, false],
    [`${long} 12`, `${long} 123`, false],
    [`${long} 12`, `${long} 12 and more`, true],
    [`${long} 12`, `${long} 13`, false],
    [`${'a'.repeat(200)}b`, `${'a'.repeat(200)}c`, true],
    [`${'a'.repeat(199)}b`, `${'a'.repeat(199)}c`, false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameSubject(a, b)).toBe(same);
    expect(sameSubject(b, a)).toBe(same);
    expect(sameSubject(keyOf(a), keyOf(b))).toBe(same);
  });
});
