import { IconAlertCircle, IconX } from '@tabler/icons-react';
import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { isAddress, readAddresses, withAddresses } from './address-list.ts';

interface AddressFieldProps {
  label: string;
  addresses: readonly string[];
  onChange: (addresses: string[]) => void;
  /** Shown in front and not to be taken out. */
  fixed?: readonly string[];
  hasFocus?: boolean;
}

/** A line of addresses. What is typed becomes one at a comma, a blank or on leaving; a pasted list becomes many. One that mail cannot go to stays, marked, to be mended. */
export function AddressField({ label, addresses, onChange, fixed = [], hasFocus = false }: AddressFieldProps) {
  const [typed, setTyped] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const take = (text: string) => {
    const found = readAddresses(text);
    if (found.length > 0) onChange(withAddresses(addresses, found));
    setTyped('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const isEnd = [',', ';'].includes(event.key) || (event.key === 'Enter' && !event.ctrlKey && !event.metaKey);
    if (typed.trim() && (isEnd || (event.key === ' ' && isAddress(typed.trim())))) {
      event.preventDefault();
      take(typed);
    } else if (isEnd) {
      event.preventDefault();
    } else if (event.key === 'Backspace' && typed === '' && addresses.length > 0) {
      event.preventDefault();
      onChange(addresses.slice(0, -1));
    } else if (event.key === 'Escape' && typed !== '') {
      event.stopPropagation();
      setTyped('');
    }
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData('text/plain');
    if (!/[,;\n<\s]/.test(pasted.trim())) return;
    event.preventDefault();
    take(`${typed} ${pasted}`);
  };
  const remove = (at: number) => {
    onChange(addresses.filter((_, index) => index !== at));
    input.current?.focus();
  };
  const count = addresses.filter((address) => !isAddress(address)).length;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the chips goes to the field among them
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field is reached by Tab
    <div className="addresses" onClick={(event) => event.target === event.currentTarget && input.current?.focus()}>
      <label htmlFor={id}>{label}</label>
      {fixed.map((address) => (
        <span className="address address--fixed" key={address}>
          <span className="address__text">{address}</span>
        </span>
      ))}
      {addresses.map((address, at) => (
        <span className={`address${isAddress(address) ? '' : ' address--wrong'}`} key={address}>
          {!isAddress(address) && <IconAlertCircle size={14} aria-label="Not an address" />}
          <span className="address__text" title={address}>
            {address}
          </span>
          <button type="button" aria-label={`Take out ${address}`} onClick={() => remove(at)}>
            <IconX size={13} aria-hidden="true" />
          </button>
        </span>
      ))}
      <input
        ref={input}
        id={id}
        type="text"
        inputMode="email"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the line was asked for
        autoFocus={hasFocus}
        aria-invalid={count > 0 || undefined}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => take(typed)}
      />
    </div>
  );
}
