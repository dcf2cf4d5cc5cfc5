import { type Action, currentActions } from './registry.ts';

const SEQUENCE_MS = 1200;
const names: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc', ' ': 'Space' };

/** The name of a pressed key as the key sheet writes it: "J", "Shift H", "Ctrl Enter". Follows the typed character. */
export function nameOfKey(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string {
  const isDigit = event.altKey && /^Digit\d$/.test(event.code);
  const key = isDigit ? event.code.slice(5) : (names[event.key] ?? event.key);
  const isLetter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  if (event.shiftKey && (isLetter || key.length > 1)) parts.push('Shift');
  parts.push(isLetter ? key.toUpperCase() : key);
  return parts.join(' ');
}

/** True where single keys must not act: fields, editors, menus. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[contenteditable="true"], [role="menu"], [role="listbox"]'))
    return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function find(name: string, inField: boolean): Action | undefined {
  return currentActions().findLast(
    ({ keys, worksInFields, isTypedIntoWords }) =>
      keys?.includes(name) && !isTypedIntoWords && (!inField || worksInFields),
  );
}

function isModalOpen(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null;
}

/** Listens to the whole page and runs the action whose key is pressed. Returns the way to stop. */
export function listenToKeys(areSingleKeysOn: () => boolean): () => void {
  let first: { name: string; at: number } | undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (wasModal || isModalOpen()) return;
    const name = nameOfKey(event);
    const inField = isTyping(event.target);
    const isSingle = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isSingle && !inField && !areSingleKeysOn() && name !== 'Esc') return;
    const onControl =
      event.target instanceof HTMLElement && event.target.closest('button, a, [role="menuitem"], summary');
    if (onControl && (name === 'Enter' || name === 'Space')) return;
    const isSecond = first && Date.now() - first.at < SEQUENCE_MS;
    const action = (isSecond && find(`${first?.name} then ${name}`, inField)) || find(name, inField);
    first = name === 'G' && !inField ? { name, at: Date.now() } : undefined;
    if (!action) return;
    event.preventDefault();
    action.run();
  };
  // A dialog that this very key closes may be gone before the key gets here.
  let wasModal = false;
  const note = () => {
    wasModal = isModalOpen();
  };
  window.addEventListener('keydown', note, { capture: true });
  document.addEventListener('keydown', onKeyDown);
  return () => {
    window.removeEventListener('keydown', note, { capture: true });
    document.removeEventListener('keydown', onKeyDown);
  };
}
