/** Makes lines of tables, "A10 | F-1", for editors and mails that have none: a row keeps its cells together. Changes the
 * fragment. */
export function linesFromTables(fragment: ParentNode): void {
  // From the innermost outwards, so that a table in a cell has become lines before its row is read.
  for (const table of [...fragment.querySelectorAll('table')].reverse()) {
    const line = document.createElement('p');
    for (const [at, row] of [...table.querySelectorAll('tr')].entries()) {
      if (at > 0) line.append(document.createElement('br'));
      for (const [cellAt, cell] of [...row.children].entries()) {
        if (cellAt > 0) line.append(' | ');
        line.append(...(cell.querySelector('p, ul, ol, pre, blockquote') ? [cell.textContent ?? ''] : cell.childNodes));
      }
    }
    table.replaceWith(line);
  }
}
