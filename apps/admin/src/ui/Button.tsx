import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'default' | 'primary' | 'soft' | 'plain' | 'danger';
  size?: 'small' | 'normal' | 'big';
  icon?: ReactNode;
  isBusy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button with words. `isBusy` keeps it in place and deaf, so that one click sends once. */
export function Button({
  look = 'default',
  size = 'normal',
  icon,
  isBusy = false,
  children,
  className,
  ...rest
}: ButtonProps) {
  const classes = [
    'button',
    look !== 'default' && `button--${look}`,
    size !== 'normal' && `button--${size}`,
    className,
  ];
  return (
    <button
      type="button"
      {...rest}
      className={classes.filter(Boolean).join(' ')}
      disabled={rest.disabled || isBusy}
      aria-busy={isBusy || undefined}
    >
      {icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  isFramed?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that shows an icon and says `label`. */
export function IconButton({ label, isFramed = false, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={`icon-button${isFramed ? ' icon-button--framed' : ''} ${className ?? ''}`}
    >
      {children}
    </button>
  );
}
