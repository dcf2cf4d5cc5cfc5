import DOMPurify from 'dompurify';
import { useEffect, useRef, useState } from 'react';

const FIRST_HEIGHT = 120;
const TALLEST = 20_000;

/** Only an address of this server's own mail documents is ever put into the frame. */
export function isMailUrl(url: string): boolean {
  return /^\/m\/[\w-]+(?:\?(?:images=1|hidden=1|images=1&hidden=1))?$/.test(url);
}

/** What no mail may bring, whatever else is allowed. */
const FORBIDDEN = [
  ...['form', 'input', 'button', 'textarea', 'select', 'dialog', 'style', 'svg', 'math', 'template'],
  ...['audio', 'video', 'source', 'picture'],
];

/** The second lock behind the server's cleaning: takes out whatever could act, marks links that name another host, and
 * makes every link open outside without telling where it came from. Works on the parsed document, so nothing is parsed anew. */
export function lockDown(page: Document): void {
  DOMPurify.sanitize(page.body, {
    IN_PLACE: true,
    FORBID_TAGS: FORBIDDEN,
    FORBID_ATTR: ['id', 'name', 'class', 'srcset', 'background', 'action', 'popover', 'autofocus'],
    ADD_ATTR: ['target'],
  });
  // Cleaning in place passes over some of those that stand within one another.
  for (const left of page.body.querySelectorAll(FORBIDDEN.join())) left.remove();
  for (const link of page.querySelectorAll('a[href]')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer nofollow');
    const href = link.getAttribute('href') ?? '';
    link.setAttribute('title', href);
    const words = (link.textContent ?? '').trim();
    if (namesAnotherHost(words, href)) link.setAttribute('data-shows-other-host', hostOf(href) ?? '');
  }
}

function hostOf(address: string): string | undefined {
  try {
    return new URL(address).hostname.replace(/^www\./, '');
  } catch {
    return undefined;
  }
}

/** True for a link whose words look like an address of one host while it leads to another. */
export function namesAnotherHost(words: string, href: string): boolean {
  if (!/^(https?:\/\/)?([\w-]+\.)+[a-z]{2,}(\/\S*)?$/i.test(words)) return false;
  const named = hostOf(words.includes('://') ? words : `https://${words}`);
  const real = hostOf(href);
  return named !== undefined && real !== undefined && named !== real && !real.endsWith(`.${named}`);
}

/** A mail as its sender formed it: its own document in a frame where no script can run, on white, as tall as its content. */
export function MailFrame({ url, title }: { url: string; title: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(FIRST_HEIGHT);
  const [isLoaded, setLoaded] = useState(false);
  const observer = useRef<ResizeObserver | undefined>(undefined);
  useEffect(() => () => observer.current?.disconnect(), []);

  const onLoad = () => {
    const page = frame.current?.contentDocument;
    if (!page?.body) return;
    lockDown(page);
    const measure = () => setHeight(Math.min(TALLEST, Math.ceil(page.documentElement.scrollHeight)));
    observer.current?.disconnect();
    observer.current = new ResizeObserver(measure);
    observer.current.observe(page.body);
    measure();
    setLoaded(true);
  };
  if (!isMailUrl(url)) return <p className="second">This mail cannot be shown here. Open its source instead.</p>;
  return (
    <iframe
      ref={frame}
      className="mail-frame"
      src={url}
      title={`Mail: ${title}`}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      loading="eager"
      style={{ height, visibility: isLoaded ? 'visible' : 'hidden' }}
      onLoad={onLoad}
    />
  );
}
