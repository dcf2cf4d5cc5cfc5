const BLOCK = 512;

/** One file of a tar archive (POSIX.1-2001, pax): its header and its bytes, filled up to whole blocks. */
export function tarEntry(name: string, content: Buffer, modifiedAt: Date): Buffer {
  const isPlain = /^[\x20-\x7e]{1,100}$/.test(name);
  const parts = [header(isPlain ? name : 'article.md', content.length, modifiedAt, '0'), padded(content)];
  if (!isPlain) {
    const record = paxRecord('path', name);
    parts.unshift(header('pax-header', record.length, modifiedAt, 'x'), padded(record));
  }
  return Buffer.concat(parts);
}

/** What stands at the end of an archive. */
export function tarEnd(): Buffer {
  return Buffer.alloc(2 * BLOCK);
}

function header(name: string, sizeBytes: number, modifiedAt: Date, type: '0' | 'x'): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  block.write(name, 0, 100, 'latin1');
  block.write(octal(0o644, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(sizeBytes, 11), 124);
  block.write(octal(Math.floor(modifiedAt.getTime() / 1000), 11), 136);
  block.write('        ', 148);
  block.write(type, 156);
  block.write('ustar\0' + '00', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
}

/** "LENGTH KEY=VALUE\n", where the length counts its own digits. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.from(` ${key}=${value}\n`);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}
