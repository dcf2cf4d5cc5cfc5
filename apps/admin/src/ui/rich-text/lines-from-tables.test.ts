import { expect, test } from 'vitest';
import { linesFromTables } from './lines-from-tables.ts';

function fragmentOf(...rows: (string | Node)[][]): HTMLElement {
  const place = document.createElement('div');
  const body = place.appendChild(document.createElement('table')).appendChild(document.createElement('tbody'));
  for (const row of rows) {
    const tr = body.appendChild(document.createElement('tr'));
    for (const content of row) tr.appendChild(document.createElement('td')).append(content);
  }
  return place;
}

test('a row of a table becomes a line, and the form of its words stays', () => {
  const bold = document.createElement('strong');
  bold.textContent = 'A10';
  const place = fragmentOf(['Model', 'Fuser'], [bold, 'F-1']);
  linesFromTables(place);
  expect(place.innerHTML).toBe('<p>Model | Fuser<br><strong>A10</strong> | F-1</p>');
});

test('a table in a table becomes words of its row', () => {
  const inner = fragmentOf(['x', 'y']);
  const place = fragmentOf(['a', inner.firstElementChild!]);
  linesFromTables(place);
  expect(place.innerHTML).toBe('<p>a | x | y</p>');
});
