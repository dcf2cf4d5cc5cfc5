import { measure } from './measure.ts';

/** One engine in this process. Each line is what is known by then, and a word about how far it is. */
const [name = 'suggest', articles = '100000'] = process.argv.slice(2);
measure(name, Number(articles), (known, progress) => console.log(JSON.stringify({ known, progress })));
