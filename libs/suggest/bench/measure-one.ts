import { measure } from './measure.ts';

const [name = 'suggest', articles = '100000'] = process.argv.slice(2);
console.log(JSON.stringify(measure(name, Number(articles))));
