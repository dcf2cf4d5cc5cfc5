import { expect, test } from 'vitest';
import { understandMail } from './understand-mail.ts';

const read = (html: string) =>
  understandMail({ bytes: Buffer.from(`Content-Type: text/html\r\n\r\n${html}`), inboundMailId: 'x' });

test.each(['<script>1</script>', '<p> &nbsp; <br></p><table></table>', '<!-- words -->'])(
  'HTML with nothing to see is none, and its text says so: %s',
  async (html) => {
    expect(await read(html)).toMatchObject({ html: null, text: '(no visible content)' });
  },
);

test.each(['<b>x</b>', '<img src="https://x.example/a.png">', '<hr>', '&lt;'])(
  'HTML with something to see stays: %s',
  async (html) => {
    expect((await read(html)).html).not.toBeNull();
  },
);
