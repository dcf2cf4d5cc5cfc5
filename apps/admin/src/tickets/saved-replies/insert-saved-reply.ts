import { closeHistory } from '@tiptap/pm/history';
import { DOMParser, type Node, Slice } from '@tiptap/pm/model';
import { Selection, TextSelection, type Transaction } from '@tiptap/pm/state';
import { wordsFromHtml } from '../editor-content.ts';
import { GAP } from '../send-guards.ts';
import type { Range } from './slash-command.ts';

const isParagraph = (node: Node | null) => node?.type.name === 'paragraph';

/**
 * Puts the words of a saved reply into a place, as one step to undo. Lines at its ends go on the line that they come into;
 * what is left to be filled in is selected, else the caret stands behind them.
 */
export function insertSavedReply(tr: Transaction, html: string, { from, to }: Range): void {
  const { content } = DOMParser.fromSchema(tr.doc.type.schema).parse(wordsFromHtml(html));
  const slice = new Slice(content, isParagraph(content.firstChild) ? 1 : 0, isParagraph(content.lastChild) ? 1 : 0);
  closeHistory(tr).replaceRange(from, to, slice);
  const end = tr.mapping.map(to);
  const gap = firstGap(tr.doc, { from: Math.min(from, end), to: end });
  tr.setSelection(gap ? TextSelection.create(tr.doc, gap.from, gap.to) : Selection.near(tr.doc.resolve(end), -1));
  tr.setStoredMarks([]).scrollIntoView();
}

/** What is typed next is a step to undo of its own. */
export const endStep = (tr: Transaction): Transaction => closeHistory(tr);

/** The first place that is still to be filled in. */
function firstGap(doc: Node, { from, to }: Range): Range | null {
  let found: Range | null = null;
  doc.nodesBetween(from, to, (node, at) => {
    if (found || !node.isTextblock) return !found;
    const start = Math.max(from, at + 1);
    const text = node.textBetween(start - at - 1, node.content.size, undefined, '\ufffc');
    const gap = GAP.exec(text);
    if (gap && start + gap.index < to) found = { from: start + gap.index, to: start + gap.index + gap[0].length };
    return false;
  });
  return found;
}
