import { describe, expect, test } from 'vitest';
import { newWordsOf } from './new-words.ts';

const QUOTED_HEADERS =
  'From: Help Desk <help@desk.example>\nSent: Friday, May 3, 2024 12:00 PM\nTo: Anna\nSubject: Part\n\nDo you need a part?';

describe('the new words of a letter', () => {
  test('are cut in HTML where its mail program marked the quote, although no line of the text tells', () => {
    const text = 'Yes, two of them.\n\nDo you need a spare part?';
    const html = '<div>Yes, two of them.</div><div class="gmail_quote"><div>Do you need a spare part?</div></div>';
    expect(newWordsOf({ subject: 'Re: Part', text, html })).toBe('Yes, two of them.');
    expect(newWordsOf({ subject: 'Re: Part', text, html: null })).toBe(text);
  });

  test('lose their signature in HTML too', () => {
    const html = '<div>Yes.</div><div>-- <br>Anna<br>Acme</div><blockquote type="cite">Do you need it?</blockquote>';
    expect(newWordsOf({ subject: 'Re: Part', text: 'Yes.', html })).toBe('Yes.');
  });

  test('are the whole of a forward, whose point is what stands below', () => {
    const text = `Please look at this.\n\n${QUOTED_HEADERS}`;
    for (const subject of ['Fwd: Part', 'WG: Part', 'TR: Part', '[list] Fw: Part'])
      expect(newWordsOf({ subject, text, html: null })).toBe(text);
    const html = '<p>Please look at this.</p><div id="divRplyFwdMsg">From: Help Desk</div><p>Old</p>';
    expect(newWordsOf({ subject: 'Fwd: Part', text, html })).toBe(text);
  });

  test('are cut in an answer to a forward', () => {
    const text = `It is mended.\n\n${QUOTED_HEADERS}`;
    expect(newWordsOf({ subject: 'Re: Fwd: Part', text, html: null })).toBe('It is mended.');
  });

  test('are the whole letter where only an image stands above the quote', () => {
    const html = '<img src="cid:a"><blockquote type="cite">Do you need it?</blockquote>';
    expect(newWordsOf({ subject: 'Re: Part', text: 'Do you need it?', html })).toBe('Do you need it?');
  });
});
