import type { ResolvedPos } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';

/** A place in the words. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** `/` and what was typed behind it. */
export interface SlashCommand extends Range {
  readonly typed: string;
}

interface SlashState {
  /** What is being typed now; null: no command. */
  readonly command: SlashCommand | null;
  /** Where a `/` stands that is to be no command. */
  readonly dismissedAt: number | null;
  /** The place of a chosen command until its words come. */
  readonly held: Range | null;
}

const IDLE: SlashState = { command: null, dismissedAt: null, held: null };
const LONGEST = 60;
/** The sign of an input method for full-width letters counts too. */
const SLASHES = ['/', '／'];
const slashKey = new PluginKey<SlashState>('slash');

/** What the caret stands in: at the start of a line or after a space, never inside an address, code or link. Pure. */
function commandBefore($caret: ResolvedPos): SlashCommand | null {
  const { parent, parentOffset } = $caret;
  if (!parent.isTextblock || parent.type.spec.code) return null;
  if ($caret.marks().some(({ type }) => type.spec.code || type.name === 'link')) return null;
  const before = parent.textBetween(0, parentOffset, undefined, (leaf) =>
    leaf.type.name === 'hardBreak' ? '\n' : '\ufffc',
  );
  const at = Math.max(...SLASHES.map((sign) => before.lastIndexOf(sign)));
  if (at === -1 || before.length - at > LONGEST || !/^\s?$/u.test(before.charAt(at - 1))) return null;
  const typed = before.slice(at + 1);
  if (/^\s|[\n\ufffc]/u.test(typed)) return null;
  return { from: $caret.pos - (before.length - at), to: $caret.pos, typed };
}

/** Whether somebody typed this, rather than pasted, undid or loaded it. */
function isTyped(tr: Transaction): boolean {
  const isOther = tr.getMeta('history$') || tr.getMeta('preventUpdate') || tr.getMeta('uiEvent');
  return tr.docChanged && !isOther;
}

/** The place after a change; what is typed at its ends is not in it. */
function mapped({ from, to }: Range, { mapping }: Transaction): Range {
  const start = mapping.map(from);
  return { from: start, to: Math.max(start, mapping.map(to, -1)) };
}

function next(tr: Transaction, before: SlashState, state: EditorState): SlashState {
  const asked: Partial<SlashState> | undefined = tr.getMeta(slashKey);
  const held = before.held && mapped(before.held, tr);
  if (asked) return { ...IDLE, held, ...asked };
  const command = state.selection.empty ? commandBefore(state.selection.$head) : null;
  if (!command) return { ...IDLE, held };
  const dismissedAt = before.dismissedAt === null ? null : tr.mapping.map(before.dismissedAt);
  const isWanted = before.command !== null || isTyped(tr);
  if (dismissedAt === command.from || !isWanted) return { command: null, dismissedAt, held };
  return { command, dismissedAt: null, held };
}

/** Watches for `/…` in the words; while there is a command, `onKey` is asked first about each key. */
export function slashCommands(onKey: (event: KeyboardEvent) => boolean): Plugin<SlashState> {
  return new Plugin<SlashState>({
    key: slashKey,
    state: { init: () => IDLE, apply: (tr, before, _old, state) => next(tr, before, state) },
    props: {
      // What an input method is still composing is its own affair, its Enter too.
      handleKeyDown: (view, event) =>
        !view.composing && !event.isComposing && commandIn(view.state) !== null && onKey(event),
      handleDOMEvents: {
        blur: (view) => {
          if (commandIn(view.state)) view.dispatch(dismissCommand(view.state.tr, view.state));
          return false;
        },
      },
    },
  });
}

/** The key under which the plugin is taken away again. */
export const slashCommandsKey = slashKey;

/** The command that is being typed; null: none. */
export const commandIn = (state: EditorState): SlashCommand | null => slashKey.getState(state)?.command ?? null;

/** Where the words of a chosen command go; null: they were waited for no longer. */
export const heldPlace = (state: EditorState): Range | null => slashKey.getState(state)?.held ?? null;

/** The `/` is a sign like any other from now on. */
export const dismissCommand = (tr: Transaction, state: EditorState): Transaction =>
  tr.setMeta(slashKey, { dismissedAt: commandIn(state)?.from ?? null });

/** The command is chosen: its place is kept, whatever is typed meanwhile. */
export const holdPlace = (tr: Transaction, held: Range | null): Transaction => tr.setMeta(slashKey, { held });
