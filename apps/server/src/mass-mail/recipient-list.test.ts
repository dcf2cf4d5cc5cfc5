import { expect, test } from 'vitest';
import { type ListLine, ListUnreadableError, MAX_LIST_BYTES, readCsvList, readPastedList } from './recipient-list.ts';

async function readAll(text: string | Buffer): Promise<ListLine[]> {
  const lines: ListLine[] = [];
  for await (const line of readCsvList(Buffer.from(text as string))) lines.push(line);
  return lines;
}

test('a CSV gives addresses, names and further columns', async () => {
  const [first, second] = await readAll(
    'E-Mail,Name,Order No.\r\nAnn@ACME.example,"Nyström, Ann",77\r\nbob@acme.example,,\r\n',
  );
  expect(first).toEqual({
    recipient: {
      line: 2,
      address: 'ann@acme.example',
      name: 'Nyström, Ann',
      fields: { name: 'Nyström, Ann', order_no: '77' },
    },
  });
  expect(second).toEqual({ recipient: { line: 3, address: 'bob@acme.example', name: null, fields: {} } });
});

test.each([
  ['semicolons', 'name;email\nAnn;ann@acme.example'],
  ['tabs', 'name\temail\nAnn\tann@acme.example'],
  ['a byte order mark', '\ufeffemail,name\nann@acme.example,Ann'],
  ['lone carriage returns', 'email,name\rann@acme.example,Ann'],
])('%s are read', async (_what, text) => {
  expect(await readAll(text)).toMatchObject([{ recipient: { address: 'ann@acme.example', name: 'Ann' } }]);
});

test.each(['utf-16le', 'utf-16be'])('a list in %s, as spreadsheets save it, is read', async (encoding) => {
  const bytes = Buffer.from('\uFEFFemail\tname\r\nann@acme.example\tJürgen 高\r\n', 'utf16le');
  const [line] = await readAll(encoding === 'utf-16be' ? bytes.swap16() : bytes);
  expect(line).toMatchObject({ recipient: { line: 2, address: 'ann@acme.example', name: 'Jürgen 高' } });
});

test('a list in windows-1252 keeps its letters', async () => {
  const [line] = await readAll(Buffer.from('email,name\nann@acme.example,J\xfcrgen', 'latin1'));
  expect(line).toMatchObject({ recipient: { name: 'Jürgen' } });
});

test.each(['utf8', 'latin1'] as const)(
  'a list of several megabytes in %s keeps the letters at every place',
  async (encoding) => {
    const rows = Array.from({ length: 120_000 }, (_, i) => `p${i}@acme.example,JÜRGEN ÄÖÜ`);
    const lines = await readAll(Buffer.from(`email,name\n${rows.join('\n')}`, encoding));
    const names = new Set(lines.map((line) => ('recipient' in line ? line.recipient.name : line.error.text)));
    expect([lines.length, ...names]).toEqual([120_000, 'JÜRGEN ÄÖÜ']);
  },
);

test('a broken line is named by its number and costs no other', async () => {
  const lines = await readAll('email,name\nann@acme.example,Ann\nnot an address,Bob\n,Carl\ndora@acme.example,Dora');
  expect(lines).toMatchObject([
    { recipient: { address: 'ann@acme.example' } },
    { error: { line: 3, text: 'not an address, Bob' } },
    { error: { line: 4, message: 'There is no address in this line.' } },
    { recipient: { address: 'dora@acme.example' } },
  ]);
});

test('a hundred thousand lines with broken ones are read, each broken one named', async () => {
  const rows = Array.from({ length: 100_000 }, (_, i) => (i % 1000 === 0 ? `oops ${i}` : `p${i}@acme.example,P ${i}`));
  const lines = await readAll(`email,name\n${rows.join('\n')}`);
  const errors = lines.flatMap((line) => ('error' in line ? [line.error.line] : []));
  expect(lines).toHaveLength(100_000);
  expect(errors).toEqual(Array.from({ length: 100 }, (_, i) => i * 1000 + 2));
});

test('quotes that never close are an error, not a crash', async () => {
  const lines = await readAll('email,name\n"ann@acme.example,Ann\nbob@acme.example,Bob\n');
  expect(lines).toMatchObject([
    { error: { line: 2, text: '"ann@acme.example,Ann' } },
    { recipient: { line: 3, address: 'bob@acme.example' } },
  ]);
});

test.each([
  ['quotes that never close', 'ann@acme.example,"Ann'],
  ['words behind closed quotes', 'ann@acme.example,"Ann" Berg'],
  ['quotes in the middle', 'ann@acme.example,Ann "Annie" Berg'],
  ['more than 20,000 characters', `ann@acme.example,${'x'.repeat(20_001)}`],
])('a line with %s is named once by its number and costs none of the five thousand after it', async (_what, line) => {
  const after = Array.from({ length: 5000 }, (_, i) => `p${i}@acme.example,"P ${i}"`);
  const lines = await readAll(`email,name\nfirst@acme.example,First\n${line}\n${after.join('\n')}\n`);
  expect(lines.flatMap((each) => ('error' in each ? [each.error.line] : []))).toEqual([3]);
  expect(lines).toHaveLength(5002);
  expect(lines.at(-1)).toMatchObject({ recipient: { line: 5003, address: 'p4999@acme.example', name: 'P 4999' } });
});

test.each(['\n', '\r\n', '\r'])(
  'lines are counted as an editor does, also behind a value of two lines (%j)',
  async (end) => {
    const rows = ['email,name', '', 'ann@acme.example,"Ann', 'Berg"', 'nobody,Bob'];
    expect(await readAll(rows.join(end))).toMatchObject([
      { recipient: { line: 3, name: 'Ann Berg' } },
      { error: { line: 5, text: 'nobody, Bob' } },
    ]);
  },
);

test('quotes within quotes are doubled, and blanks around a value do not count', async () => {
  const [line] = await readAll('email , name\n ann@acme.example , "Ann ""Annie"" Berg, Dr." \n');
  expect(line).toMatchObject({ recipient: { address: 'ann@acme.example', name: 'Ann "Annie" Berg, Dr.' } });
});

test('a list of nothing but quotes is read in a time that grows with its size alone', async () => {
  const startedAt = performance.now();
  for (const row of ['"', 'a,"', ',, "x', 'x""x', '"" ""']) await readAll(`email\n${`${row}\n`.repeat(100_000)}`);
  expect(performance.now() - startedAt).toBeLessThan(20_000);
});

test('line ends inside a value cannot begin a header', async () => {
  const [line] = await readAll('email,name\nann@acme.example,"Ann\r\nBcc: all@acme.example"');
  expect(line).toMatchObject({ recipient: { name: 'Ann Bcc: all@acme.example' } });
});

test('a list without an address column, an empty or a too long one is refused with a sentence', async () => {
  await expect(readAll('name,city\nAnn,Rome')).rejects.toThrow(/No column is called email.*name, city/);
  await expect(readAll('')).rejects.toThrow(ListUnreadableError);
  await expect(readAll(Buffer.alloc(MAX_LIST_BYTES + 1, 'a'))).rejects.toThrow(/at most 20 MB/);
});

test('pasted addresses may have names and stand on one line or many', () => {
  const lines = [...readPastedList('ann@acme.example, "Bob B." <BOB@acme.example>;\n\nnobody\n carl@acme.example')];
  expect(lines).toMatchObject([
    { recipient: { address: 'ann@acme.example', line: 1, name: null } },
    { recipient: { address: 'bob@acme.example', line: 1, name: 'Bob B.' } },
    { error: { line: 3, text: 'nobody' } },
    { recipient: { address: 'carl@acme.example', line: 4 } },
  ]);
});

test.each([
  ['"Lee, Ann" <ann@x.example>', 'Lee, Ann'],
  ['"Lee; Ann"<ann@x.example>', 'Lee; Ann'],
  [String.raw`"Ann \"Annie\" Lee, Dr." <ann@x.example>`, 'Ann "Annie" Lee, Dr.'],
  ['"Ann" Lee <ann@x.example>', 'Ann Lee'],
  ["Ann O'Neil <ann@x.example>", "Ann O'Neil"],
  ['<ann@x.example>', null],
])('a pasted %s is one address, as RFC 5322 writes it', (written, name) => {
  const lines = [...readPastedList(`bob@x.example, ${written}; carl@x.example`)];
  expect(lines).toMatchObject([
    { recipient: { address: 'bob@x.example' } },
    { recipient: { address: 'ann@x.example', name } },
    { recipient: { address: 'carl@x.example' } },
  ]);
});

test.each([
  ['a quote that never closes', '"Ann <ann@x.example>, Bob <bob@x.example>'],
  ['one that closes in the middle of a word', '"Ann <ann@x.example>, "Bob" <bob@x.example>'],
  ['inches', 'Tv 5" <ann@x.example>, Tv 6" <bob@x.example>'],
])('%s swallows no pasted address', (_what, row) => {
  expect([...readPastedList(row)]).toMatchObject([
    { recipient: { address: 'ann@x.example' } },
    { recipient: { address: 'bob@x.example' } },
  ]);
});

test('a paste of nothing but quotes is read in a time that grows with its size alone', () => {
  const startedAt = performance.now();
  for (const piece of ['"', ' "', '"x ', '\\" ', "' ", '"\\', ' "a" <'])
    for (const _line of readPastedList(`${piece.repeat(300_000)}x<ann@x.example>`));
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test('a list of more columns than are read is refused, with how many and which are too many', async () => {
  const headings = Array.from({ length: 33 }, (_, i) => `Col ${i + 1}`);
  const list = (columns: string[]) => readAll(`email,${columns.join(',')}\nann@acme.example`);
  await expect(list(headings)).rejects.toThrow(
    'This list has 34 columns with a name; a list has at most 30. Take some out, such as: Col 30, Col 31, Col 32, Col 33.',
  );
  await expect(list([...headings.slice(0, 29), '', '', ''])).resolves.toHaveLength(1);
});
